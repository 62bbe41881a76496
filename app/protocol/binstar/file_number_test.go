package binstar_test

import (
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
)

// TestFileByNumber: libraries name a file by its _id behind a dash.
func TestFileByNumber(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	a, other := s.upload(t, token, "brook", condatest.Spec{Name: "tiny"}), s.upload(t, token, "brook", condatest.Spec{Name: "tiny", Version: "2.0"})
	s.upload(t, token, "labs", condatest.Spec{Name: "tiny"})
	number := object(t, s.must(t, http.StatusOK, "", http.MethodGet, a.path("dist", "brook"), nil))["_id"].(string)
	path := "/api/dist/brook/tiny/1.0/-/"
	if got := object(t, s.must(t, http.StatusOK, "", http.MethodGet, path+number, nil)); got["basename"] != a.basename {
		t.Errorf("got %v", got["basename"])
	}
	for _, wrong := range []string{"-/" + number, "2.0/-/" + number} { // of another channel, and of another version
		for _, owner := range []string{"labs/tiny/1.0/", "brook/tiny/"} {
			refusal(t, s.do(t, token, http.MethodDelete, "/api/dist/"+owner+wrong, nil), http.StatusNotFound)
		}
	}
	for _, wrong := range []string{"0", "-1", "x", "", number + "/x", strings.Repeat("9", 40)} {
		refusal(t, s.do(t, token, http.MethodGet, path+wrong, nil), http.StatusNotFound)
	}
	refusal(t, s.do(t, s.Token(t, "casey"), http.MethodDelete, path+number, nil), http.StatusForbidden)
	if got := object(t, s.must(t, http.StatusOK, token, http.MethodDelete, path+number, nil)); got["basename"] != a.basename {
		t.Errorf("deleted %v", got["basename"])
	}
	refusal(t, s.do(t, token, http.MethodGet, a.path("dist", "brook"), nil), http.StatusNotFound)
	s.must(t, http.StatusOK, "", http.MethodGet, other.path("dist", "brook"), nil)
}
