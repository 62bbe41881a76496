package binstar_test

import (
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
)

const labsSettings = "/api/channel/labs/settings"

func TestChannelSettings(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	golden(t, "settings", s.do(t, token, http.MethodGet, labsSettings, nil))
	golden(t, "settings_changed", s.do(t, token, http.MethodPatch, labsSettings, `{"closed": true, "immutable": true, "default_access": "authenticated"}`))
	refusal(t, s.do(t, "", http.MethodGet, "/api/packages/labs", nil), http.StatusUnauthorized)
	s.must(t, http.StatusOK, s.Token(t, "casey"), http.MethodGet, "/api/packages/labs", nil)
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "tiny"})
	if got := object(t, s.do(t, token, http.MethodGet, "/api/package/labs/tiny", nil)); got["access"] != "authenticated" {
		t.Errorf("a new package is %v", got["access"])
	}
	refusal(t, s.do(t, token, http.MethodDelete, "/api/package/labs/tiny", nil), http.StatusConflict) // immutable

	// What the body leaves out stays; an empty access is the site's choice again.
	for _, body := range []string{``, `{}`, `{"closed": null, "default_access": null}`} {
		golden(t, "settings_changed", s.do(t, token, http.MethodPatch, labsSettings, body))
	}
	golden(t, "settings", s.do(t, token, http.MethodPatch, labsSettings, `{"closed": false, "immutable": false, "default_access": ""}`))
	s.must(t, http.StatusOK, "", http.MethodGet, "/api/packages/labs", nil)
}

func TestChannelSettingsAreForOwners(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for method, scope := range map[string]string{http.MethodGet: "api:read", http.MethodPatch: "api:write"} {
		refusal(t, s.do(t, "", method, labsSettings, nil), http.StatusUnauthorized)
		for _, who := range []string{"casey", "ada"} {
			refusal(t, s.do(t, s.Token(t, who), method, labsSettings, nil), http.StatusForbidden)
		}
		if sentence := refusal(t, s.do(t, s.Token(t, "brook", "repos"), method, labsSettings, nil), http.StatusForbidden); !strings.Contains(sentence, scope) {
			t.Errorf("%s: %q does not name the scope", method, sentence)
		}
		s.must(t, http.StatusOK, s.Token(t, "brook", scope), method, labsSettings, nil)
		s.must(t, http.StatusOK, s.Token(t, "labs", scope), method, labsSettings, nil)
		refusal(t, s.do(t, s.Token(t, "brook"), method, "/api/channel/nowhere/settings", nil), http.StatusNotFound)
	}
	refusal(t, s.do(t, s.Token(t, "brook", "api:read"), http.MethodPatch, labsSettings, `{}`), http.StatusForbidden)
	for _, body := range []string{`{"default_access": "secret"}`, `{"closed": "yes"}`, `[]`} {
		refusal(t, s.do(t, s.Token(t, "brook"), http.MethodPatch, labsSettings, body), http.StatusBadRequest)
	}
}
