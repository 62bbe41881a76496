package binstar_test

import (
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
)

func TestStars(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "x", Summary: "Counts corals"})
	casey, labs, brook := s.Token(t, "casey"), s.Token(t, "labs"), s.Token(t, "brook")

	golden(t, "star", s.must(t, http.StatusOK, casey, "PUT", "/api/stars/labs/X", nil))
	golden(t, "stars", s.must(t, http.StatusOK, casey, "GET", "/api/stars", nil))
	golden(t, "stargazers", s.must(t, http.StatusOK, brook, "GET", "/api/stars/labs/x", nil))
	if o := object(t, s.must(t, http.StatusOK, casey, "GET", "/api/package/labs/x", nil)); o["upvoted"] != 1.0 || o["watchers"] != 1.0 {
		t.Errorf("upvoted %v, watchers %v", o["upvoted"], o["watchers"])
	}
	golden(t, "unstar", s.must(t, http.StatusOK, casey, "DELETE", "/api/stars/labs/x", nil))
	if body := s.must(t, http.StatusOK, casey, "GET", "/api/stars", nil).Body.String(); strings.TrimSpace(body) != "[]" {
		t.Errorf("after all was taken back: %s", body)
	}

	refusal(t, s.do(t, "", "PUT", "/api/stars/labs/x", nil), http.StatusUnauthorized)
	refusal(t, s.do(t, casey, "GET", "/api/stars/labs/x", nil), http.StatusForbidden)
	refusal(t, s.do(t, casey, "PUT", "/api/stars/labs/none", nil), http.StatusNotFound)
	if got := refusal(t, s.do(t, labs, "PUT", "/api/stars/labs/x", nil), http.StatusForbidden); !strings.Contains(got, "Only people have favorites and news") {
		t.Errorf("an organization hears %q", got)
	}
}
