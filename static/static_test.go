package static

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func get(t *testing.T, path string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for k, v := range header {
		r.Header[k] = v
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w
}

func TestEveryFileIsServedUnderItsHash(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"vivarium.css", "vivarium.js", "LICENSE-htmx.txt", "LICENSE-lucide.txt"} {
		url := URL(name)
		w := get(t, url, nil)
		if w.Code != http.StatusOK {
			t.Errorf("GET %s: got %d, want 200", url, w.Code)
		}
		if got, want := w.Header().Get("Cache-Control"), "public, max-age=31536000, immutable"; got != want {
			t.Errorf("Cache-Control of %s: got %q, want %q", name, got, want)
		}
		if got := w.Header().Get("Content-Type"); got == "" || got != contentTypes[filepath.Ext(name)] {
			t.Errorf("Content-Type of %s: got %q", name, got)
		}
	}
}

func TestNamesWithoutTheRightHashDoNotExist(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/static/", "/static/vivarium.css", "/static/vivarium.0000000000000000.css", "/static/nothing.js", URL("nothing.js"), "/static/../static.go"} {
		if w := get(t, path, nil); w.Code != http.StatusNotFound {
			t.Errorf("GET %s: got %d, want 404", path, w.Code)
		}
	}
}

func TestEncodingsHoldTheSameBytes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		accept, encoding string
		open             func(io.Reader) (io.Reader, error)
	}{
		{"", "", func(r io.Reader) (io.Reader, error) { return r, nil }},
		{"identity, br", "", func(r io.Reader) (io.Reader, error) { return r, nil }},
		{"gzip, deflate", "gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{"gzip, zstd;q=0", "gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{"gzip, deflate, br, ZSTD;q=0.8", "zstd", func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) }},
	}
	for _, tt := range tests {
		w := get(t, URL("vivarium.css"), http.Header{"Accept-Encoding": {tt.accept}})
		if got := w.Header().Get("Content-Encoding"); got != tt.encoding {
			t.Errorf("accept %q: got encoding %q, want %q", tt.accept, got, tt.encoding)
			continue
		}
		r, err := tt.open(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, styles) {
			t.Errorf("accept %q: got %d bytes and %v, want the %d of the file", tt.accept, len(got), err, len(styles))
		}
	}
}

func TestKnownETagAnswers304(t *testing.T) {
	t.Parallel()
	first := get(t, URL("vivarium.js"), nil)
	again := get(t, URL("vivarium.js"), http.Header{"If-None-Match": {first.Header().Get("ETag")}})
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("got %d with %d bytes, want 304 with none", again.Code, again.Body.Len())
	}
	other := get(t, URL("vivarium.js"), http.Header{"If-None-Match": {first.Header().Get("ETag")}, "Accept-Encoding": {"gzip"}})
	if other.Code != http.StatusOK {
		t.Errorf("another encoding under the plain form's ETag: got %d, want 200", other.Code)
	}
}

// The sums of what we did not write are noted beside it, and the one of htmx is
// the one its package was published with.
func TestVendoredFilesAreTheOnesWeChose(t *testing.T) {
	t.Parallel()
	manifest, err := os.Open("vendor/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	defer manifest.Close()
	noted := map[string]string{}
	for lines := bufio.NewScanner(manifest); lines.Scan(); {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		noted[name] = sum
	}
	const htmx = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
	if noted["htmx-4.0.1.min.js"] != htmx {
		t.Errorf("htmx: the manifest says %q, want %q", noted["htmx-4.0.1.min.js"], htmx)
	}
	scripts, err := filepath.Glob("vendor/*.js")
	if err != nil || len(scripts) != len(noted) {
		t.Fatalf("got scripts %v (%v) and %d noted sums, want as many", scripts, err, len(noted))
	}
	for _, s := range scripts {
		body, err := os.ReadFile(s)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != noted[filepath.Base(s)] {
			t.Errorf("%s has not the noted sum", s)
		}
	}
}
