package binstar

import (
	"net/http"

	"vivarium/app/format/openapi"
)

// What lists of packages are narrowed by.
var (
	byType     = openapi.Param{Name: "type", Text: "Only packages with files of this type. `package_type` is another word for it.", Example: "conda", Schema: typeWords}
	byPlatform = openapi.Param{Name: "platform", Text: "Only packages with files for this subdir.", Example: "linux-64"}
	byAccess   = openapi.Param{Name: "access", Text: "Only packages of this access; may be repeated.", Example: "private", Schema: accessWords}
)

var exampleRoot = rootAnswer{CondaURL: "https://pkgs.example.com/conda", PyPIURL: "https://pkgs.example.com/pypi", MainURL: "https://pkgs.example.com"}

var siteCalls = openapi.Calls{
	"GET /api":              {{Tag: tagSite, Summary: "Where the other surfaces are", Answer: exampleRoot}},
	"GET /api/{$}":          {{Tag: tagSite, Summary: "Where the other surfaces are", Text: "As without the slash.", Answer: exampleRoot}},
	"GET /api/openapi.json": {{Tag: tagSite, Summary: "This document", Answer: openapi.Schema{Type: "object"}, Also: map[int]any{http.StatusNotModified: nil}}},
	"GET /api/authentication-type": {{
		Tag: tagSite, Summary: "How to sign in", Text: "Always with a username and a password.", Answer: map[string]string{"authentication_type": "password"},
	}},
	"GET /api/scopes": {{Tag: tagSite, Summary: "All scopes, with what they open", Answer: map[string]string{"api:read": "Read packages, files, labels and accounts over the API"}}},
	"GET /api/search": {{
		Tag: tagSite, Summary: "Search packages", Text: "At most 1000 packages that you may see.", Answer: []summaryAnswer{exampleSummary},
		Query: []openapi.Param{{Name: "name", Text: "Words in the name or summary.", Example: "tide"}, byType, byPlatform},
	}},
}
