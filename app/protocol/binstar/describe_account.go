package binstar

import (
	"net/http"

	"vivarium/app/format/openapi"
)

var accountCalls = openapi.Calls{
	"GET /api/user":               {{Tag: tagAccounts, Summary: "Who you are", Text: "With an organization's token, the organization.", Answer: exampleAccount}},
	"GET /api/user/orgs":          {{Tag: tagAccounts, Summary: "Your organizations", Answer: []accountAnswer{exampleAccount}}},
	"GET /api/user/{login}":       {{Tag: tagAccounts, Summary: "A user or organization", Answer: exampleAccount}},
	"GET /api/users/{login}/orgs": {{Tag: tagAccounts, Summary: "The organizations of a user", Answer: []accountAnswer{exampleAccount}}},
}

var tokenCalls = openapi.Calls{
	"POST /api/authentications": {{
		Tag: tagTokens, Summary: "Create a token", Password: true, Body: tokenRequest{}, Answer: map[string]string{"token": "viv-…"},
		Text:    "Takes your username and password as Basic authentication. The secret is shown once. `user` makes a token of an organization that you own. A name that is taken is refused with 400, unless `fail-if-exists` is false.",
		Example: `{"note": "ci-nightly", "scopes": ["repos"], "max-age": 2592000}`,
	}},
	"GET /api/authentications": {{Tag: tagTokens, Summary: "Your tokens", Text: "Without their secrets.", Answer: []tokenAnswer{exampleToken}}},
	"DELETE /api/authentications": {{
		Tag: tagTokens, Summary: "End the token that the request comes with", Text: "This is `anaconda logout`.", Status: http.StatusCreated, Answer: empty{},
	}},
	"GET /api/authentication": {{Tag: tagTokens, Summary: "The token that the request comes with", Answer: exampleToken}},
	"DELETE /api/authentications/name/{name...}": {{
		Tag: tagTokens, Summary: "Revoke a token by its name", Text: "The name may hold slashes.", Status: http.StatusCreated, Answer: empty{},
	}},
	"DELETE /api/authentications/org/{org}/name/{name...}": {{
		Tag: tagTokens, Summary: "Revoke an organization's token by its name", Status: http.StatusCreated, Answer: empty{},
	}},
}
