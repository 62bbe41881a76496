package protocol

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
)

const content = "PK the bytes of a package"

func openFile(t *testing.T, basename string) registry.OpenedFile {
	t.Helper()
	name := filepath.Join(t.TempDir(), "blob")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return registry.OpenedFile{File: model.File{Basename: basename, SHA256: "e3b0c442", UploadedAt: lastChange}, Bytes: f}
}

func TestServeFile(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	ServeFile(w, httptest.NewRequest(http.MethodGet, "/x", nil), openFile(t, "linux-64/x-1.0-0.conda"))
	if w.Code != 200 || w.Body.String() != content {
		t.Errorf("%d %q, want 200 and the bytes", w.Code, w.Body)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/octet-stream", "Content-Length": "25", "ETag": `"e3b0c442"`, "Last-Modified": "Sun, 22 Nov 2026 15:04:05 GMT",
		"Content-Disposition": "attachment; filename=x-1.0-0.conda", "Cache-Control": "public, max-age=31536000, immutable", "Vary": "",
		"Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestServeFilePrivately(t *testing.T) {
	t.Parallel()
	for _, byHeader := range []bool{true, false} {
		f := openFile(t, "x.conda")
		r := httptest.NewRequest(http.MethodHead, "/x", nil)
		f.TokenInPath = !byHeader
		if byHeader {
			r.Header.Set("Authorization", "token x")
		}
		w := httptest.NewRecorder()
		ServeFile(w, r, f)
		if w.Code != 200 || w.Body.Len() != 0 {
			t.Errorf("HEAD: %d %q", w.Code, w.Body)
		}
		if got := w.Header().Get("Cache-Control"); got != "private, max-age=31536000, immutable" || w.Header().Get("Vary") != "Authorization, X-API-Key" {
			t.Errorf("Cache-Control %q, Vary %q", got, w.Header().Get("Vary"))
		}
	}
}

func TestServeFileRanges(t *testing.T) {
	t.Parallel()
	tests := []struct {
		header, value string
		status        int
		body          string
	}{
		{"Range", "bytes=3-5", 206, "the"},
		{"Range", "bytes=-7", 206, "package"},
		{"Range", "bytes=20-", 206, "ckage"},
		{"Range", "bytes=25-", 416, "invalid range: failed to overlap\n"},
		{"If-None-Match", `W/"e3b0c442"`, 304, ""},
		{"If-Modified-Since", lastChange.Format(http.TimeFormat), 304, ""},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(http.MethodGet, "/x", nil)
		r.Header.Set(tt.header, tt.value)
		w := httptest.NewRecorder()
		f := openFile(t, "x.conda")
		ServeFile(w, r, f)
		if w.Code != tt.status || w.Body.String() != tt.body {
			t.Errorf("%s %.30s: %d %q, want %d %q", tt.header, tt.value, w.Code, w.Body, tt.status, tt.body)
		}
		if _, err := f.Bytes.Stat(); err == nil {
			t.Errorf("%s %.30s: the file is still open", tt.header, tt.value)
		}
	}
}

// TestAttachment keeps user-chosen names out of the header's syntax (RFC 6266).
func TestAttachment(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"x.tar.bz2":              "attachment; filename=x.tar.bz2",
		"noarch/gamma-1!2.0.bz2": "attachment; filename=gamma-1!2.0.bz2",
		"some file.bin":          `attachment; filename="some file.bin"`,
		`a"b\c`:                  `attachment; filename="a\"b\\c"`,
		"ü.bin":                  "attachment; filename*=utf-8''%C3%BC.bin",
		"a\r\nSet-Cookie: x=1":   "attachment; filename*=utf-8''a%0D%0ASet-Cookie%3A%20x%3D1",
	} {
		if got := attachment(name); got != want {
			t.Errorf("attachment(%q) = %s, want %s", name, got, want)
		}
	}
}

// fileSink is a ResponseWriter that notes what ReadFrom is given, as the
// server's own does before it decides on sendfile.
type fileSink struct {
	*httptest.ResponseRecorder
	source io.Reader
}

// ReadFrom notes the reader and copies it.
func (s *fileSink) ReadFrom(r io.Reader) (int64, error) {
	s.source = r
	return io.Copy(s.ResponseRecorder, r)
}

// countingWriter is a wrapper of the kind that a request log needs: it counts
// and forwards ReadFrom.
type countingWriter struct {
	http.ResponseWriter
	n int64
}

// ReadFrom counts what it forwards.
func (c *countingWriter) ReadFrom(r io.Reader) (int64, error) {
	n, err := io.Copy(c.ResponseWriter, r)
	c.n += n
	return n, err
}

func TestServeFileReachesSendfile(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"", "bytes=5-10"} {
		sink := &fileSink{ResponseRecorder: httptest.NewRecorder()}
		var w http.ResponseWriter = &countingWriter{ResponseWriter: sink}
		if _, ok := w.(io.ReaderFrom); !ok {
			t.Fatal("the wrapper hides ReadFrom")
		}
		r := httptest.NewRequest(http.MethodGet, "/x", nil)
		r.Header.Set("Range", header)
		ServeFile(w, r, openFile(t, "x.conda"))
		limited, ok := sink.source.(*io.LimitedReader)
		if !ok {
			t.Fatalf("Range %q: ReadFrom was given %T, want *io.LimitedReader", header, sink.source)
		}
		if _, ok := limited.R.(*os.File); !ok {
			t.Errorf("Range %q: behind the limit is %T, want *os.File", header, limited.R)
		}
	}
}
