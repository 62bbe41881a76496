package binstar_test

import (
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
)

const tools = "/api/collections/labs/tools"

// collected is labs with two packages, one of them private, and a collection of both.
func collected(t *testing.T) (s *site, token string) {
	t.Helper()
	s = newSite(t)
	token = s.Token(t, "brook", "api")
	for _, name := range []string{"one", "two"} {
		s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: name})
	}
	s.must(t, http.StatusOK, token, http.MethodPatch, "/api/package/labs/two", `{"access": "private"}`)
	golden(t, "deleted", s.do(t, token, http.MethodPost, tools, `{"public": true, "description": "What we use."}`))
	s.must(t, http.StatusCreated, token, http.MethodPut, tools+"/package", `{"package_owner": "labs", "package_name": "one"}`)
	s.must(t, http.StatusCreated, token, http.MethodPut, tools+"/package", `[{"package_owner": "labs", "package_name": "two"}]`)
	return s, token
}

// size is how many packages of a collection somebody is shown.
func (s *site) size(t *testing.T, token, path string) int {
	t.Helper()
	return len(object(t, s.must(t, http.StatusOK, token, http.MethodGet, path, nil))["packages"].([]any))
}

func TestCollections(t *testing.T) {
	t.Parallel()
	s, token := collected(t)
	golden(t, "collection", s.do(t, "", http.MethodGet, tools, nil))
	golden(t, "collections", s.do(t, "", http.MethodGet, "/api/collections/LABS", nil))
	golden(t, "collections_none", s.do(t, "", http.MethodGet, "/api/collections/casey", nil))
	if n := s.size(t, token, tools); n != 2 {
		t.Errorf("brook is shown %d packages", n)
	}
	s.must(t, http.StatusCreated, token, http.MethodPost, "/api/collections/brook/copy", `{"clone": {"owner": "labs", "collection": "tools"}}`)
	s.must(t, http.StatusCreated, token, http.MethodPost, "/api/collections/brook/pulled", `{}`)
	s.must(t, http.StatusCreated, token, http.MethodPatch, "/api/collections/brook/pulled/pull", `{"from_owner": "labs", "from_name": "tools"}`)
	for _, name := range []string{"copy", "pulled"} {
		if n := s.size(t, token, "/api/collections/brook/"+name); n != 2 {
			t.Errorf("%s has %d packages", name, n)
		}
	}
	s.must(t, http.StatusCreated, token, http.MethodDelete, tools+"/package", `{"package_owner": "labs", "package_name": "one"}`)
	s.must(t, http.StatusCreated, token, http.MethodPatch, tools, `{"access": "private"}`)
	refusal(t, s.do(t, "", http.MethodGet, tools, nil), http.StatusNotFound)
	s.must(t, http.StatusCreated, token, http.MethodDelete, tools, nil)
	refusal(t, s.do(t, token, http.MethodGet, tools, nil), http.StatusNotFound)
}

func TestCollectionsAreRefused(t *testing.T) {
	t.Parallel()
	s, token := collected(t)
	for body, status := range map[string]int{
		`[]`: http.StatusBadRequest, `{}`: http.StatusNotFound, `[1]`: http.StatusBadRequest, `"x"`: http.StatusBadRequest, ``: http.StatusBadRequest,
		`{"package_owner": "labs", "package_name": "three"}`: http.StatusNotFound,
	} {
		refusal(t, s.do(t, token, http.MethodPut, tools+"/package", body), status)
	}
	for body, says := range map[string]string{`{"access": "secret"}`: "secret", `{"public": "x"}`: "public"} {
		if sentence := refusal(t, s.do(t, token, http.MethodPatch, tools, body), http.StatusBadRequest); !strings.Contains(sentence, says) {
			t.Errorf("%s: %q", body, sentence)
		}
	}
	refusal(t, s.do(t, token, http.MethodPost, tools, `{}`), http.StatusConflict)
	refusal(t, s.do(t, s.Token(t, "casey"), http.MethodPost, "/api/collections/labs/other", `{}`), http.StatusForbidden)
	sentence := refusal(t, s.do(t, s.Token(t, "brook", "api:read"), http.MethodDelete, tools, nil), http.StatusForbidden)
	if !strings.Contains(sentence, "api:write") {
		t.Errorf("%q does not name the scope", sentence)
	}
}
