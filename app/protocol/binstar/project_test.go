package binstar_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
)

const reefProject = "/api/apps/brook/projects/reef"

// revise sends a revision of brook's project reef as anaconda-project does.
func (s *site) revise(t *testing.T, token string, data []byte) map[string]any {
	t.Helper()
	staged := object(t, s.must(t, http.StatusOK, token, http.MethodPost, reefProject+"/stage",
		`{"basename": "reef.tar", "configuration": {"size": 5, "num_of_files": 1}}`))
	ticket := staged["form_data"].(map[string]any)["key"].(string)
	contentType, body := form(t, storeFields(ticket, data), "reef.tar", data)
	if w := s.store(t, contentType, body); w.Code != http.StatusCreated {
		t.Fatalf("store: %d %s", w.Code, w.Body)
	}
	return object(t, s.must(t, http.StatusCreated, token, http.MethodPost, reefProject+"/commit/"+staged["dist_id"].(string), `{}`))
}

// TestProject is the conversation of "anaconda upload" of a folder, two times.
func TestProject(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api")
	refusal(t, s.do(t, token, http.MethodGet, reefProject, nil), http.StatusNotFound)
	made := s.must(t, http.StatusCreated, token, http.MethodPost, "/api/apps/brook/projects",
		`{"name": "reef", "access": "public", "profile": {"summary": "Corals", "description": "All of them."}}`)
	golden(t, "project_created", made)
	first, second := s.revise(t, token, []byte("first")), s.revise(t, token, []byte("second"))
	if first["version"] == second["version"] || second["url"] != "http://vivarium.test:8080/brook/reef" {
		t.Errorf("the revisions are %v and %v, at %v", first["version"], second["version"], second["url"])
	}
	got := object(t, s.must(t, http.StatusOK, "", http.MethodGet, reefProject, nil))
	if got["latest_version"] != second["version"] {
		t.Errorf("the project says %v", got)
	}
	path := (&url.URL{Path: "/api/download/brook/reef/" + second["version"].(string) + "/reef.tar"}).EscapedPath()
	if w := s.must(t, http.StatusOK, "", http.MethodGet, path, nil); !bytes.Equal(w.Body.Bytes(), []byte("second")) {
		t.Errorf("downloaded %q", w.Body)
	}
	if names := s.listed(t, "", "/api/apps/brook/projects", nil); len(names) != 1 || names[0] != "reef" {
		t.Errorf("the projects are %v", names)
	}
	attrs := object(t, s.must(t, http.StatusOK, "", http.MethodGet, strings.Replace(path, "download", "dist", 1), nil))["attrs"]
	if attrs.(map[string]any)["num_of_files"] != 1.0 {
		t.Errorf("the revision says %v", attrs)
	}
}

func TestProjectIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, casey := s.Token(t, "brook", "api"), s.Token(t, "casey")
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny"})
	refusal(t, s.do(t, token, http.MethodGet, "/api/apps/brook/projects/tiny", nil), http.StatusNotFound)
	refusal(t, s.do(t, token, http.MethodPost, "/api/apps/brook/projects/tiny/stage", `{"basename": "tiny.tar"}`), http.StatusConflict)
	refusal(t, s.do(t, token, http.MethodPost, "/api/apps/brook/projects", `{"name": "tiny"}`), http.StatusConflict)
	refusal(t, s.do(t, token, http.MethodPost, "/api/apps/brook/projects", `{"name": "a b"}`), http.StatusBadRequest)
	refusal(t, s.do(t, casey, http.MethodPost, "/api/apps/brook/projects", `{"name": "reef"}`), http.StatusForbidden)
	refusal(t, s.do(t, token, http.MethodPost, reefProject+"/commit/nothing", `{}`), http.StatusNotFound)

	s.must(t, http.StatusCreated, token, http.MethodPost, "/api/apps/brook/projects", `{"name": "reef", "access": "private"}`)
	refusal(t, s.do(t, token, http.MethodPost, reefProject+"/stage", `{"basename": "reef.tar", "configuration": 1}`), http.StatusBadRequest)
	staged := object(t, s.must(t, http.StatusOK, token, http.MethodPost, reefProject+"/stage", `{"basename": "reef.tar"}`))
	refusal(t, s.do(t, token, http.MethodPost, reefProject+"/commit/nothing", `{}`), http.StatusNotFound)
	refusal(t, s.do(t, casey, http.MethodPost, reefProject+"/commit/"+staged["dist_id"].(string), `{}`), http.StatusNotFound)
	refusal(t, s.do(t, casey, http.MethodGet, reefProject, nil), http.StatusNotFound)
	if names := s.listed(t, casey, "/api/apps/brook/projects", nil); len(names) != 0 {
		t.Errorf("casey is told of %v", names)
	}
}
