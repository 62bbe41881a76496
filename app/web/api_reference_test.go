package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
	"vivarium/app/registry/registrytest"
	"vivarium/app/web"
)

type shelf struct {
	Name string `json:"name"`
}

// smallAPI has a call of every kind that the page draws in a way of its own.
func smallAPI(t *testing.T) *openapi.Document {
	t.Helper()
	read := []model.Scope{model.ScopeAPIRead}
	routes := []model.Route{
		{Surface: model.APISurface, Pattern: "GET /api", Open: true},
		{Surface: model.APISurface, Pattern: "GET /api/shelf/{owner}/{file...}", Needs: model.Read, On: model.OnPackage, Scopes: read},
		{Surface: model.APISurface, Pattern: "POST /api/shelf/{owner}", Needs: model.Write, On: model.OnAccount, Scopes: read},
		{Surface: model.APISurface, Pattern: "POST /api/login", Open: true},
		{Surface: model.APISurface, Pattern: "PUT /api/shelf/{owner}", Needs: model.Write, On: model.OnAccount},
		{Surface: model.StoreSurface, Pattern: "POST /upload", Open: true},
	}
	doc, err := openapi.Build(openapi.Options{
		Tags: []openapi.Tag{{Name: "Shelves", Description: "Where books are."}}, Routes: routes,
		Calls: openapi.Calls{
			"GET /api": {{Tag: "Shelves", Summary: "The start", Answer: shelf{"<tall>"}}},
			"GET /api/shelf/{owner}/{file...}": {{
				Tag: "Shelves", Summary: "A shelf", Text: "See `owner`.", Query: []openapi.Param{{Name: "q", Example: "a b"}, {Name: "page"}}, Answer: openapi.Text(),
			}},
			"POST /api/shelf/{owner}": {{Tag: "Shelves", Summary: "Set up a shelf", Body: shelf{}, Example: `{"name": "Ada's"}`, Status: http.StatusNoContent}},
			"POST /api/login":         {{Tag: "Shelves", Summary: "Log in", Password: true}},
			"PUT /api/shelf/{owner}":  {{Tag: "Shelves", Summary: "Send a shelf", Body: openapi.Text(), Media: "application/octet-stream"}},
			"POST /upload":            {{Tag: "Shelves", Summary: "Send a form", Body: openapi.Text(), Media: "multipart/form-data"}},
		},
		Parts: map[string]openapi.Param{"owner": {Text: "Whose it is.", Example: "ada"}, "file": {Example: "linux-64/x"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestAPIReference(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	ui := web.New(web.Options{Registry: s.Registry, Sessions: sessionsOf(s), API: smallAPI(t)})
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/docs/api", nil)
	r.URL.Scheme, r.URL.Host = "https", "pkgs.reef.example"
	muxes(ui.Handlers()).ServeHTTP(w, r)
	answer{w, "GET /docs/api"}.want(t, http.StatusOK).shows(t,
		"<code>https://pkgs.reef.example/api</code>", `href="#shelves"`, "Where books are.",
		"curl &#39;https://pkgs.reef.example/api&#39;", "&#34;name&#34;: &#34;&lt;tall&gt;&#34;",
		"curl -H &#34;Authorization: token $VIVARIUM_TOKEN&#34; \\\n  &#39;https://pkgs.reef.example/api/shelf/ada/linux-64/x?q=a+b&#39;", "See <code>owner</code>.",
		"-X POST \\\n  -H &#34;Content-Type: application/json&#34; \\\n  -d &#39;{&#34;name&#34;:&#34;Ada&#39;\\&#39;&#39;s&#34;}&#39;", "Whose it is.", `<span class="badge">api:read</span>`,
		"-u &#34;$USER&#34; \\\n  -X POST", "-T tidemodel", "-F &#34;key=$TICKET&#34;", "It does not exist, or not for you.", `id="get-shelf-owner-file"`,
	)
}
