package binstar_test

import (
	"encoding/json"
	"net/http"
	"sync"
	"testing"

	"vivarium/app/format/openapi"
	"vivarium/app/protocol/binstar"
	"vivarium/app/registry"
)

// document is the document of the table of routes; TestDescribed says what is
// wrong when there is none.
var document = sync.OnceValue(func() *openapi.Document {
	doc, err := binstar.Describe(registry.Routes(), "1.0")
	if err != nil {
		return &openapi.Document{}
	}
	return doc
})

func TestDocumentIsServed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := s.must(t, http.StatusOK, "", http.MethodGet, "/api/openapi.json", nil)
	if got := w.Header().Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type = %q", got)
	}
	if got := w.Header().Get("Cache-Control"); got != "max-age=300, must-revalidate" {
		t.Errorf("Cache-Control = %q", got)
	}
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			Responses map[string]any
			Security  []map[string][]string
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	stage := doc.Paths["/api/stage/{owner}/{package}/{version}/{basename}"]["post"]
	if doc.OpenAPI != "3.1.0" || stage.Responses["200"] == nil || stage.Responses["403"] == nil || len(stage.Security) == 0 || stage.Security[0]["token"][0] != "api:write" {
		t.Errorf("%s: staging is told as %+v", doc.OpenAPI, stage)
	}
	etag := w.Header().Get("ETag")
	s.must(t, http.StatusNotModified, "", http.MethodGet, "/api/openapi.json", nil, "If-None-Match", etag)
	if s.must(t, http.StatusOK, "wrong", http.MethodGet, "/api/openapi.json", nil); etag == "" {
		t.Error("there is no ETag")
	}
}
