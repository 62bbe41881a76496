package binstar_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
)

// tinyWheel is a wheel and an sdist of one release, as anaconda-client announces
// them: under the name in the metadata.
func tinyWheel(t testing.TB) []artifact {
	spec := pypitest.Spec{Name: "Tiny-Wheel", Version: "0.3", Summary: "a tiny wheel", RequiresPython: ">=3.8", Requires: []string{"leaf>=1"}}
	wheel, wheelData := pypitest.Wheel(t, spec)
	sdist, sdistData := pypitest.Sdist(t, spec)
	return []artifact{{"Tiny-Wheel", "0.3", wheel, wheelData}, {"Tiny-Wheel", "0.3", sdist, sdistData}}
}

// uploadPython goes through the three steps.
func (s *site) uploadPython(t testing.TB, token, owner string, a artifact) {
	t.Helper()
	if w := s.tryUpload(t, token, owner, a, "pypi"); w.Code != http.StatusOK {
		t.Fatalf("commit: %d %s", w.Code, w.Body)
	}
}

// tryUpload goes through the three steps with a file of any type, and returns the
// answer to the first that is refused, or to the last.
func (s *site) tryUpload(t testing.TB, token, owner string, a artifact, kind string) *httptest.ResponseRecorder {
	t.Helper()
	sum := sha256.Sum256(a.data)
	w := s.do(t, token, http.MethodPost, a.path("stage", owner), map[string]any{
		"distribution_type": kind, "description": nil, "channels": []string{}, "sha256": hex.EncodeToString(sum[:]), "dependencies": map[string]any{"has_dep_errors": false},
		"attrs": map[string]any{"packagetype": "bdist_wheel", "python_version": "py3", "abi": nil, "build_no": 0},
	})
	if w.Code != http.StatusOK {
		return w
	}
	staged := object(t, w)
	ticket, distID := staged["form_data"].(map[string]any)["key"].(string), staged["dist_id"].(string)
	contentType, body := form(t, storeFields(ticket, a.data), a.basename, a.data)
	if w := s.store(t, contentType, body); w.Code != http.StatusCreated {
		return w
	}
	return s.do(t, token, http.MethodPost, a.path("commit", owner), map[string]string{"dist_id": distID})
}

// TestUploadPython puts up a wheel and an sdist of one release (row 26 of
// anaconda-api.md), reads them back and replaces one as --force does.
func TestUploadPython(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api")
	files := tinyWheel(t)
	for _, a := range files {
		refusal(t, s.do(t, token, http.MethodGet, a.path("dist", "brook"), nil), http.StatusNotFound)
		s.uploadPython(t, token, "brook", a)
		if w := s.must(t, http.StatusOK, "", http.MethodGet, a.path("download", "brook"), nil); !bytes.Equal(w.Body.Bytes(), a.data) {
			t.Errorf("the download of %s differs from what was uploaded", a.basename)
		}
		refusal(t, s.do(t, token, http.MethodPost, a.path("stage", "brook"), map[string]any{"distribution_type": "pypi"}), http.StatusConflict)
	}
	golden(t, "python_package", s.do(t, "", http.MethodGet, "/api/package/brook/tiny_wheel", nil))
	golden(t, "python_file", s.do(t, "", http.MethodGet, files[0].path("dist", "brook"), nil))
	s.must(t, http.StatusOK, token, http.MethodDelete, files[0].path("dist", "brook"), nil)
	s.uploadPython(t, token, "brook", files[0])
}

func TestPythonStageIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	wheel := tinyWheel(t)[0]
	for name, change := range map[string]func(*artifact){
		"another version":     func(a *artifact) { a.version = "0.4" },
		"another project":     func(a *artifact) { a.name = "other" },
		"no wheel by its end": func(a *artifact) { a.basename = strings.TrimSuffix(a.basename, ".whl") + ".egg" },
		"a subdir":            func(a *artifact) { a.basename = "noarch/" + a.basename },
		"name with a trick":   func(a *artifact) { a.basename = "..%5C" + a.basename },
	} {
		a := wheel
		change(&a)
		if w := s.do(t, token, http.MethodPost, a.path("stage", "brook"), map[string]any{"distribution_type": "pypi"}); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	refusal(t, s.do(t, token, http.MethodGet, "/api/package/brook/Tiny-Wheel", nil), http.StatusNotFound)
}
