package condachannel_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMissingBytes: who may see a file whose bytes are gone is told what to do; the
// log has the cause, and others hear nothing.
func TestMissingBytes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	f, err := s.File(t.Context(), s.Actor(t, "brook"), "brook", "hush", "1.0", hushFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, gone := range map[string]func() error{
		"the file":   func() error { return s.Blobs.Remove(f.SHA256) },
		"its folder": func() error { return os.RemoveAll(filepath.Join(s.Dir, "blobs", f.SHA256[:2])) },
	} {
		if err := gone(); err != nil {
			t.Fatal(err)
		}
		s.Log.Reset()
		w := s.get(t, http.StatusInternalServerError, "/conda/brook/"+hushFile, "Authorization", "token "+s.Token(t, "brook"))
		if got, want := w.Body.String(), "The bytes of "+hushFile+" are missing. Upload the file again, or restore it from a backup.\n"; got != want {
			t.Errorf("%s is gone: %s, want %s", name, got, want)
		}
		for _, want := range []string{"brook/hush/1.0/" + hushFile, f.SHA256, "no such file"} {
			if !strings.Contains(s.Log.String(), want) {
				t.Errorf("%s is gone: the log has no %q: %s", name, want, s.Log)
			}
		}
		s.get(t, http.StatusNotFound, "/conda/brook/"+hushFile)
	}
}
