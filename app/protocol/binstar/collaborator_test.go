package binstar_test

import (
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
)

const tinyHelpers = "/api/packages/brook/tiny/collaborators"

func TestCollaborators(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: "tiny"})
	token, casey := s.Token(t, "brook"), s.Token(t, "casey")
	golden(t, "collaborator_set", s.do(t, token, http.MethodPut, tinyHelpers+"/casey", nil))
	s.must(t, http.StatusOK, casey, http.MethodPatch, "/api/package/brook/tiny", `{"public_attrs": {"summary": "ours"}}`)
	s.must(t, http.StatusForbidden, casey, http.MethodPatch, "/api/package/brook/tiny", `{"access": "private"}`)
	s.must(t, http.StatusCreated, token, http.MethodPut, tinyHelpers+"/mallory", `{"permission": "read"}`)
	s.must(t, http.StatusForbidden, s.Token(t, "mallory"), http.MethodPatch, "/api/package/brook/tiny", `{}`)
	golden(t, "collaborators", s.do(t, "", http.MethodGet, tinyHelpers, nil))
	s.must(t, http.StatusCreated, token, http.MethodPut, tinyHelpers+"/mallory", `{"permission": ""}`)
	s.must(t, http.StatusOK, s.Token(t, "mallory"), http.MethodPatch, "/api/package/brook/tiny", `{}`)
	for _, login := range []string{"casey", "Mallory"} {
		golden(t, "deleted", s.do(t, token, http.MethodDelete, tinyHelpers+"/"+login, nil))
		refusal(t, s.do(t, token, http.MethodDelete, tinyHelpers+"/"+login, nil), http.StatusNotFound)
	}
	s.must(t, http.StatusForbidden, casey, http.MethodPatch, "/api/package/brook/tiny", `{}`)
	golden(t, "collaborators_none", s.do(t, "", http.MethodGet, tinyHelpers, nil))
}

// TestCollaboratorSees a private package and no other.
func TestCollaboratorSees(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, casey := s.Token(t, "brook"), s.Token(t, "casey")
	for _, name := range []string{"tiny", "other"} {
		s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: name})
		s.must(t, http.StatusOK, token, http.MethodPatch, "/api/package/brook/"+name, `{"access": "private"}`)
	}
	refusal(t, s.do(t, casey, http.MethodGet, tinyHelpers, nil), http.StatusNotFound)
	s.must(t, http.StatusCreated, token, http.MethodPut, tinyHelpers+"/casey", `{"permission": "read"}`)
	s.must(t, http.StatusOK, casey, http.MethodGet, tinyHelpers, nil)
	list := s.must(t, http.StatusOK, casey, http.MethodGet, "/api/packages/brook", nil).Body.String()
	if !strings.Contains(list, `"brook/tiny"`) || strings.Contains(list, "other") {
		t.Errorf("casey sees %s", list)
	}
	s.must(t, http.StatusNotFound, casey, http.MethodGet, "/api/package/brook/other", nil)
	s.must(t, http.StatusCreated, token, http.MethodDelete, tinyHelpers+"/casey", nil)
	s.must(t, http.StatusNotFound, casey, http.MethodGet, "/api/package/brook/tiny", nil)
}

func TestCollaboratorsAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: "tiny"})
	token, casey := s.Token(t, "brook"), s.Token(t, "casey")
	s.must(t, http.StatusCreated, token, http.MethodPut, tinyHelpers+"/casey", nil)
	for _, method := range []string{http.MethodPut, http.MethodDelete} {
		refusal(t, s.do(t, "", method, tinyHelpers+"/mallory", nil), http.StatusUnauthorized)
		refusal(t, s.do(t, casey, method, tinyHelpers+"/mallory", nil), http.StatusForbidden) // a collaborator makes no others
		sentence := refusal(t, s.do(t, s.Token(t, "brook", "api:read", "api:modify-group"), method, tinyHelpers+"/mallory", nil), http.StatusForbidden)
		if !strings.Contains(sentence, "api:write") {
			t.Errorf("%s: %q does not name the scope", method, sentence)
		}
		for _, path := range []string{tinyHelpers + "/nobody", tinyHelpers + "/labs", "/api/packages/brook/nothing/collaborators/casey", "/api/packages/nobody/x/collaborators/casey"} {
			refusal(t, s.do(t, token, method, path, nil), http.StatusNotFound)
		}
	}
	for _, body := range []string{`{"permission": "admin"}`, `{"permission": "none"}`, `{"permission": 1}`, `"write"`} {
		refusal(t, s.do(t, token, http.MethodPut, tinyHelpers+"/mallory", body), http.StatusBadRequest)
	}
}
