package cranindex_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vivarium/app/format/cran/crantest"
	"vivarium/app/model"
	"vivarium/app/protocol/cranindex"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// site is a real registry with the surface before it. brook has the public package
// tinyr in two versions, one of them built for Windows too, aper under the label dev
// and the private hush.
type site struct {
	*registrytest.Site
	handler http.Handler
}

const windowsBuilt = "R 4.3.1; x86_64-w64-mingw32; 2024-01-01 10:00:00 UTC; windows"

func newSite(t *testing.T) *site {
	t.Helper()
	r := registrytest.New(t)
	s := &site{r, cranindex.New(cranindex.Options{Registry: r.Registry, Routes: registry.Routes()})}
	s.publish(t, crantest.Spec{Version: "1.10", Fields: []string{"Depends: R (>= 3.5)", "Maintainer: Brook"}})
	s.publish(t, crantest.Spec{Version: "1.9"})
	s.publish(t, crantest.Spec{Version: "1.9", Built: windowsBuilt})
	s.publish(t, crantest.Spec{Name: "aper"}, "dev")
	s.publish(t, crantest.Spec{Name: "hush"})
	private := model.Private
	if _, err := s.UpdatePackage(t.Context(), s.Actor(t, "brook"), "brook", "hush", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) publish(t *testing.T, spec crantest.Spec, labels ...string) {
	t.Helper()
	fileName, data := crantest.Build(t, spec)
	name, rest, _ := strings.Cut(fileName, "_")
	version := strings.NewReplacer(".tar.gz", "", ".tgz", "", ".zip", "").Replace(rest)
	in := registry.StageRequest{Owner: "brook", Package: name, Version: version, Basename: fileName, Type: model.RPackage, Labels: labels}
	if _, err := s.Upload(t, s.Actor(t, "brook"), in, data); err != nil {
		t.Fatal(err)
	}
}

func (s *site) get(path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// names lists the packages of an index with their versions.
func names(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	var list []string
	for line := range strings.Lines(w.Body.String()) {
		if name, ok := strings.CutPrefix(line, "Package: "); ok {
			list = append(list, strings.TrimSpace(name))
		}
		if version, ok := strings.CutPrefix(line, "Version: "); ok {
			list[len(list)-1] += " " + strings.TrimSpace(version)
		}
	}
	return strings.Join(list, ", ")
}

func TestIndex(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "conda:download")
	for path, want := range map[string]string{
		"/cran/brook/src/contrib/PACKAGES":                           "tinyr 1.9, tinyr 1.10",
		"/cran/brook/bin/windows/contrib/4.3/PACKAGES":               "tinyr 1.9",
		"/cran/brook/bin/windows/contrib/4.4/PACKAGES":               "",
		"/cran/brook/label/dev/src/contrib/PACKAGES":                 "aper 0.1.2",
		"/cran/brook/label/unused/src/contrib/PACKAGES":              "",
		"/cran/labs/src/contrib/PACKAGES":                            "",
		"/cran/t/" + token + "/brook/src/contrib/PACKAGES":           "hush 0.1.2, tinyr 1.9, tinyr 1.10",
		"/t/" + token + "/cran/brook/src/contrib/PACKAGES":           "hush 0.1.2, tinyr 1.9, tinyr 1.10",
		"/t/" + token + "/cran/brook/label/dev/src/contrib/PACKAGES": "aper 0.1.2",
	} {
		w := s.get(path)
		if got := names(t, w); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
		etag, control := w.Header().Get("ETag"), w.Header().Get("Cache-Control")
		if !strings.Contains(control, "must-revalidate") || strings.Contains(path, "/t/") != strings.Contains(control, "private") {
			t.Errorf("%s: Cache-Control %q", path, control)
		}
		if again := s.get(path, "If-None-Match", etag); etag == "" || again.Code != http.StatusNotModified {
			t.Errorf("%s with its ETag %s: %d", path, etag, again.Code)
		}
	}
	plain := s.get("/cran/brook/src/contrib/PACKAGES")
	if want := "Package: tinyr\nVersion: 1.10\nDepends: R (>= 3.5)\nLicense: MIT\nNeedsCompilation: no\nMD5sum: "; !strings.Contains(plain.Body.String(), want) {
		t.Errorf("got %s", plain.Body)
	}
	packed, err := gzip.NewReader(s.get("/cran/brook/src/contrib/PACKAGES.gz").Body)
	if err != nil {
		t.Fatal(err)
	}
	if unpacked, err := io.ReadAll(packed); err != nil || !bytes.Equal(unpacked, plain.Body.Bytes()) {
		t.Errorf("the packed index differs: %v", err)
	}
}

// TestIndexAfterChange: what was removed is gone when the removal returns.
func TestIndexAfterChange(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if _, err := s.DeleteFile(t.Context(), s.Actor(t, "brook"), "brook", "tinyr", "1.10", "tinyr_1.10.tar.gz"); err != nil {
		t.Fatal(err)
	}
	if got := names(t, s.get("/cran/brook/src/contrib/PACKAGES")); got != "tinyr 1.9" {
		t.Errorf("got %q", got)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, other := s.Token(t, "brook", "conda:download"), s.Token(t, "casey", "pypi:download")
	_, built := crantest.Build(t, crantest.Spec{Version: "1.9", Built: windowsBuilt})
	w := s.get("/cran/brook/bin/windows/contrib/4.3/tinyr_1.9.zip")
	if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), built) || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for path, status := range map[string]int{
		"/cran/brook/src/contrib/tinyr_1.9.tar.gz":                  http.StatusOK,
		"/cran/brook/label/dev/src/contrib/aper_0.1.2.tar.gz":       http.StatusOK,
		"/cran/brook/src/contrib/aper_0.1.2.tar.gz":                 http.StatusOK, // any file of the channel
		"/cran/brook/label/main/src/contrib/aper_0.1.2.tar.gz":      http.StatusNotFound,
		"/cran/brook/src/contrib/tinyr_1.9.zip":                     http.StatusNotFound,
		"/cran/brook/bin/windows/contrib/4.4/tinyr_1.9.zip":         http.StatusNotFound,
		"/cran/brook/src/contrib/hush_0.1.2.tar.gz":                 http.StatusNotFound,
		"/cran/t/" + token + "/brook/src/contrib/hush_0.1.2.tar.gz": http.StatusOK,
		"/cran/t/" + other + "/brook/src/contrib/hush_0.1.2.tar.gz": http.StatusNotFound,
		"/cran/t/viv-wrong/brook/src/contrib/tinyr_1.9.tar.gz":      http.StatusUnauthorized,
		"/cran/t//brook/src/contrib/tinyr_1.9.tar.gz":               http.StatusUnauthorized,
		"/cran/brook/src/contrib/PACKAGES.rds":                      http.StatusNotFound,
		"/cran/brook/somewhere":                                     http.StatusNotFound,
		"/cran/nobody/src/contrib/PACKAGES":                         http.StatusNotFound,
	} {
		if got := s.get(path); got.Code != status {
			t.Errorf("%s: %d %s, want %d", path, got.Code, got.Body, status)
		}
	}
	post := httptest.NewRecorder()
	s.handler.ServeHTTP(post, httptest.NewRequest(http.MethodPut, "/cran/brook/src/contrib/x", nil))
	if post.Code != http.StatusMethodNotAllowed || post.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("PUT: %d %v", post.Code, post.Header())
	}
}

// TestClosedChannel: anonymous hears the same for whatever it asks.
func TestClosedChannel(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	closed := true
	if _, err := s.UpdateChannel(t.Context(), s.Actor(t, "brook"), "brook", registry.ChannelChange{Closed: &closed}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"src/contrib/PACKAGES", "src/contrib/tinyr_1.9.tar.gz", "src/contrib/absent_1.0.tar.gz", "nowhere"} {
		if w := s.get("/cran/brook/" + path); w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
}
