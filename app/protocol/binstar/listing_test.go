package binstar_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
)

// listed are the names in an answer that is a list.
func (s *site) listed(t *testing.T, token, path string, body any) (names []string) {
	t.Helper()
	var list []struct{ Name string }
	w := s.must(t, http.StatusOK, token, http.MethodGet, path, body)
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		names = append(names, p.Name)
	}
	return names
}

func TestPackageListing(t *testing.T) {
	t.Parallel()
	s, token := collected(t)
	golden(t, "package_listing", s.do(t, "", http.MethodGet, "/api/package_listing", nil))
	later := time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	for after, want := range map[string]int{"": 2, "2020-01-01": 2, later: 0} {
		if got := s.listed(t, token, "/api/package_listing", map[string]any{"modified_after": after}); len(got) != want {
			t.Errorf("after %q in the body: %v", after, got)
		}
		if got := s.listed(t, token, "/api/package_listing?modified_after="+url.QueryEscape(after), nil); len(got) != want {
			t.Errorf("after %q in the address: %v", after, got)
		}
	}
	refusal(t, s.do(t, "", http.MethodGet, "/api/package_listing?modified_after=yesterday", nil), http.StatusBadRequest)
}

func TestLicense(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	refusal(t, s.do(t, "", http.MethodGet, "/api/license", nil), http.StatusUnauthorized)
	golden(t, "license", s.do(t, s.Token(t, "brook"), http.MethodGet, "/api/license", nil))
}

func TestDownloads(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.upload(t, s.Token(t, "brook"), "brook", condatest.Spec{Name: "tiny"})
	for range 3 {
		s.must(t, http.StatusOK, "", http.MethodGet, a.path("download", "brook"), nil)
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	today := s.Clock.Now().UTC().Format(time.DateOnly)
	got := object(t, s.must(t, http.StatusOK, "", http.MethodGet, "/api/user/Brook/downloads/"+today+"--"+today, nil))
	days := got["downloads"].([]any)
	if got["account"] != "brook" || got["total"] != 3.0 || len(days) != 1 || days[0].(map[string]any)["package"] != "tiny" || days[0].(map[string]any)["day"] != today {
		t.Errorf("got %v", got)
	}
	golden(t, "downloads_none", s.do(t, "", http.MethodGet, "/api/user/brook/downloads/2020-01-01--2020-01-31", nil))
	for _, days := range []string{"today", "2020-01-01", "2020-01-01--", "2020-1-1--2020-01-31", "2020-01-31--2020-01-01", "2000-01-01--2020-01-01"} {
		refusal(t, s.do(t, "", http.MethodGet, "/api/user/brook/downloads/"+days, nil), http.StatusBadRequest)
	}
	refusal(t, s.do(t, "", http.MethodGet, "/api/user/nobody/downloads/2020-01-01--2020-01-31", nil), http.StatusNotFound)
}

func TestPublish(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny"})
	const path = "/api/publish/brook/tiny"
	for _, step := range []struct {
		method string
		want   bool
	}{{http.MethodPut, true}, {http.MethodPut, true}, {http.MethodDelete, false}} {
		s.must(t, http.StatusCreated, token, step.method, path, nil)
		got := object(t, s.must(t, http.StatusOK, "", http.MethodGet, path, nil))
		p := object(t, s.must(t, http.StatusOK, "", http.MethodGet, "/api/package/brook/tiny", nil))
		if got["published"] != step.want || p["published"] != step.want {
			t.Errorf("after %s: %v, and the package says %v", step.method, got, p["published"])
		}
	}
	refusal(t, s.do(t, s.Token(t, "casey"), http.MethodPut, path, nil), http.StatusForbidden)
	refusal(t, s.do(t, "", http.MethodGet, "/api/publish/brook/nothing", nil), http.StatusNotFound)
}
