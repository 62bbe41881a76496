package openapi

import (
	"slices"

	"vivarium/app/model"
)

// SecurityScheme is a form that a credential comes in.
type SecurityScheme struct {
	Type        string `json:"type"`
	Scheme      string `json:"scheme,omitempty"`
	In          string `json:"in,omitempty"`
	Name        string `json:"name,omitempty"`
	Description string `json:"description"`
}

// passwordScheme is the one that says who somebody is without a token.
const passwordScheme = "basic"

// schemes are the forms of a credential that every call takes, by name.
var schemes = map[string]SecurityScheme{
	"token":        {Type: "apiKey", In: "header", Name: "Authorization", Description: "`Authorization: token T`, as anaconda-client sends it."},
	"bearer":       {Type: "http", Scheme: "bearer", Description: "`Authorization: Bearer T`."},
	"key":          {Type: "apiKey", In: "header", Name: "X-API-Key", Description: "`X-API-Key: T`."},
	passwordScheme: {Type: "http", Scheme: "basic", Description: "Username and password, or a token in either half: `__token__:T`, `T:x-auth-token`, `T:`."},
}

// SchemeNames are the names of the forms of a credential, in the order in which
// they are shown.
var SchemeNames = []string{"token", "bearer", "key", passwordScheme}

// securityOf says which credentials a row wants. An empty one among them says that
// public things need none.
func securityOf(row model.Route, call Call) []map[string][]string {
	switch {
	case call.Password:
		return []map[string][]string{{passwordScheme: {}}}
	case row.Open:
		return []map[string][]string{}
	}
	var all []map[string][]string
	if row.On != model.OnSelf && row.Needs <= model.Read {
		all = append(all, map[string][]string{})
	}
	for _, name := range SchemeNames {
		for _, scope := range scopesOf(row) {
			all = append(all, map[string][]string{name: {scope}})
		}
		if len(row.Scopes) == 0 {
			all = append(all, map[string][]string{name: {}})
		}
	}
	return all
}

func scopesOf(row model.Route) []string {
	return slices.Clone(model.ScopeSet(row.Scopes).Strings())
}

// TakesPassword reports whether a call takes a username and password, and no token.
func (o *Operation) TakesPassword() bool {
	return len(o.Security) == 1 && o.Security[0][passwordScheme] != nil
}
