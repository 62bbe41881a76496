package condachannel_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/protocol/condachannel"
	"vivarium/app/registry"
)

func TestHandlersAreTheRowsOfTheTable(t *testing.T) {
	t.Parallel()
	handlers := condachannel.New(condachannel.Options{}).Handlers()
	for _, row := range registry.Routes() {
		if row.Surface != model.CondaSurface {
			continue
		}
		if handlers[row.Pattern] == nil {
			t.Errorf("row %q has no handler", row.Pattern)
		}
		delete(handlers, row.Pattern)
	}
	for pattern := range handlers {
		t.Errorf("handler %q has no row", pattern)
	}
}

// TestWithoutARowNothingIsServed keeps the table the only way in.
func TestWithoutARowNothingIsServed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	rows := slices.DeleteFunc(registry.Routes(), func(r model.Route) bool { return strings.HasSuffix(r.Pattern, "/repodata.json") })
	s.handler = condachannel.New(condachannel.Options{Registry: s.Registry, Routes: rows})
	s.get(t, http.StatusNotFound, "/conda/brook/noarch/repodata.json")
	s.get(t, http.StatusOK, "/conda/brook/noarch/repodata.json.zst")
}

// TestEscapedNames serves one name, however its address is written.
func TestEscapedNames(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: "gamma", Version: "1!2.0+l"})
	for _, path := range []string{
		"/conda/brook/noarch/gamma-1!2.0+l-0.conda", "/conda/brook/noarch/gamma-1%212.0%2Bl-0.conda", "/conda/%62rook/noarch/gamma%2D1!2.0+l-0%2Econda",
	} {
		s.get(t, http.StatusOK, path)
	}
	s.get(t, http.StatusNotFound, "/conda/brook/noarch/gamma-1!2.0%20l-0.conda")
}

func TestAbsent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	for _, path := range []string{
		"/conda", "/conda/", "/conda/nobody", "/conda/brook/label", "/conda/brook/settings", "/conda/brook/noarch/repodata.json.bz2", "/conda/brook/noarch/current_repodata.json.bz2",
		"/conda/brook/noarch/channeldata.json", "/conda/brook/repodata.json", "/conda/brook/noarch/rss.xml", "/conda/brook/LINUX/repodata.json",
		"/conda/brook/noarch/..%2f..%2fetc%2fpasswd", "/conda/brook/noarch/%2e%2e/x.conda", "/conda/brook/noarch/..;/x.conda", "/conda/brook/noarch/%252e%252e.conda",
		"/conda/nobody/noarch/repodata.json", "/conda/brook/label/nolabel/noarch/repodata.json", "/conda/casey/" + tinyFile, "/t/" + token + "/pypi/brook/simple/",
		"/t/" + token + "/brook/simple/", "/t/" + token + "/brook/simple/tiny/", "/conda/t/" + token, "/t/" + token,
	} {
		checkNoTrace(t, s.get(t, http.StatusNotFound, path), token)
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodTrace, "PROPFIND"} {
		for path, allowed := range map[string]string{"/conda/brook/" + tinyFile: "GET, HEAD, PUT", "/conda/brook/noarch/repodata.json": "GET, HEAD"} {
			if method == http.MethodPut && strings.Contains(allowed, method) {
				continue
			}
			w := s.do(t, method, path)
			if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != allowed || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
				t.Errorf("%s %s: %d %v", method, path, w.Code, w.Header())
			}
		}
	}
}

// readerFrom notes what the surface gives to ReadFrom.
type readerFrom struct {
	*httptest.ResponseRecorder
	source io.Reader
}

// ReadFrom notes r and reads it.
func (w *readerFrom) ReadFrom(r io.Reader) (int64, error) {
	w.source = r
	return io.Copy(w.ResponseRecorder, r)
}

func TestFileReachesSendfile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	w := &readerFrom{ResponseRecorder: httptest.NewRecorder()}
	s.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/conda/brook/"+tinyFile, nil))
	limited, ok := w.source.(*io.LimitedReader)
	if !ok {
		t.Fatalf("ReadFrom was given %T", w.source)
	}
	if _, ok := limited.R.(*os.File); !ok {
		t.Errorf("behind the limit is %T, want *os.File", limited.R)
	}
}
