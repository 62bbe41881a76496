package binstar_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/registry"
)

const tinyTransfer = "/api/package/brook/tiny/transfer"

func TestTransferPackage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny"})
	token, casey := s.Token(t, "brook"), s.Token(t, "casey")
	for body, status := range map[string]int{
		``: http.StatusBadRequest, `{"owner": ""}`: http.StatusBadRequest, `{"owner": "brook"}`: http.StatusConflict, `{"owner": 1}`: http.StatusBadRequest,
		`{"owner": "nobody"}`: http.StatusNotFound, `{"owner": "casey"}`: http.StatusForbidden,
	} {
		refusal(t, s.do(t, token, http.MethodPost, tinyTransfer, body), status)
	}
	refusal(t, s.do(t, casey, http.MethodPost, tinyTransfer, `{"owner": "casey"}`), http.StatusForbidden)
	refusal(t, s.do(t, "", http.MethodPost, tinyTransfer, `{"owner": "casey"}`), http.StatusUnauthorized)
	refusal(t, s.do(t, token, http.MethodPost, "/api/package/brook/none/transfer", `{"owner": "labs"}`), http.StatusNotFound)
	refusal(t, s.do(t, s.Token(t, "brook", "api:read"), http.MethodPost, tinyTransfer, `{"owner": "labs"}`), http.StatusForbidden)

	golden(t, "transferred", s.do(t, token, http.MethodPost, tinyTransfer, `{"owner": "labs"}`))
	refusal(t, s.do(t, token, http.MethodGet, "/api/package/brook/tiny", nil), http.StatusNotFound)
	s.must(t, http.StatusOK, "", http.MethodGet, "/api/package/labs/tiny", nil)
	s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny"})
	refusal(t, s.do(t, token, http.MethodPost, tinyTransfer, `{"owner": "labs"}`), http.StatusConflict)

	robot, _, err := s.CreateToken(t.Context(), brook, "labs", registry.NewToken{Name: "robot"})
	if err != nil {
		t.Fatal(err)
	}
	refusal(t, s.do(t, robot, http.MethodPost, "/api/package/labs/tiny/transfer", `{"owner": "casey"}`), http.StatusForbidden)
}
