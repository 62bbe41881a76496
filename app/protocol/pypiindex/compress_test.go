package pypiindex_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
)

// TestBigPages go out packed to who takes gzip, with an ETag of their own.
func TestBigPages(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	for i := range 40 {
		s.publish(t, "brook", sdist(t, pypitest.Spec{Name: "many", Version: fmt.Sprintf("1.%d", i)}))
	}
	s.publish(t, "brook", sdist(t, pypitest.Spec{Name: "few"}))
	const path = "/pypi/brook/simple/many/"
	plain := s.get(t, 200, path, "Accept", jsonV1)
	etags := map[string]bool{plain.Header().Get("ETag"): true}
	for _, accept := range []string{"gzip, deflate", "gzip, deflate, zstd", "deflate, GZIP;q=0.5"} { // pip, uv
		w := s.get(t, 200, path, "Accept", jsonV1, "Accept-Encoding", accept)
		r, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(r); err != nil || !bytes.Equal(body, plain.Body.Bytes()) {
			t.Errorf("%s: another page: %v %s", accept, err, body)
		}
		etag := w.Header().Get("ETag")
		if w.Header().Get("Content-Encoding") != "gzip" || !strings.HasSuffix(etag, `-gzip"`) || !strings.Contains(strings.Join(w.Header()["Vary"], ","), "Accept-Encoding") || w.Body.Len() > plain.Body.Len()/2 {
			t.Errorf("%s: %v, %d bytes of %d", accept, w.Header(), w.Body.Len(), plain.Body.Len())
		}
		if again := s.get(t, 304, path, "Accept", jsonV1, "Accept-Encoding", accept, "If-None-Match", etag); again.Header().Get("ETag") != etag || again.Body.Len() > 0 {
			t.Errorf("%s: 304 with %v", accept, again.Header())
		}
		s.get(t, 200, path, "Accept", jsonV1, "If-None-Match", etag)
		etags[etag] = true
	}
	if len(etags) != 2 {
		t.Errorf("ETags %v, want one for each of two forms", etags)
	}
	for _, accept := range []string{"", "identity", "gzip;q=0", "br, deflate"} {
		if w := s.get(t, 200, path, "Accept", jsonV1, "Accept-Encoding", accept); w.Header().Get("Content-Encoding") != "" || !bytes.Equal(w.Body.Bytes(), plain.Body.Bytes()) {
			t.Errorf("%q: %v", accept, w.Header())
		}
	}
	if w := s.get(t, 200, "/pypi/brook/simple/few/", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" {
		t.Errorf("a small page: %v", w.Header())
	}
	f := s.project(t, path).Files[0]
	if w := s.get(t, 200, path+f.URL, "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" || int64(w.Body.Len()) != f.Size {
		t.Errorf("a file: %v", w.Header())
	}
}
