package httpd_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestRanges asks every surface that sends bytes for parts of them.
func TestRanges(t *testing.T) {
	t.Parallel()
	const content = "0123456789"
	bytes := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(content))
	})
	o := options()
	o.API, o.Conda, o.PyPI, o.R, o.Pages, o.Static = bytes, bytes, bytes, bytes, bytes, bytes
	h := build(t, o)
	for _, path := range []string{"/api/x", "/conda/x", "/pypi/x", "/cran/x", "/x", "/static/x"} {
		for _, tt := range []struct {
			asked  string
			status int
			body   string
		}{
			{"bytes=2-4", http.StatusPartialContent, "234"},
			{"bytes=10-", http.StatusRequestedRangeNotSatisfiable, "invalid range: failed to overlap\n"},
			{"bytes=0-0" + strings.Repeat(",0-0", 8), http.StatusOK, content},
			{"lines=1-2", http.StatusOK, content},
			{"lines", http.StatusOK, content},
			{"bytes", http.StatusOK, content},
		} {
			if w := ask(h, http.MethodGet, path, header("Range", tt.asked)); w.Code != tt.status || w.Body.String() != tt.body {
				t.Errorf("%s of %s: %d %q, want %d %q", tt.asked, path, w.Code, w.Body, tt.status, tt.body)
			}
		}
	}
}
