package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"testing"
)

// TestPagesArePacked sends pages as gzip to who takes it, and not to who was sent here
// by another site.
func TestPagesArePacked(t *testing.T) {
	t.Parallel()
	b := newSite(t).as(t, "brook")
	plain := b.get("/landscape").want(t, http.StatusOK)
	tests := []struct {
		accept, from string
		packed       bool
	}{
		{"gzip, deflate, br", "same-origin", true},
		{"gzip", "none", true},
		{"gzip", "", true},
		{"gzip", "cross-site", false},
		{"gzip", "same-site", false},
		{"br, gzip;q=0", "none", false},
		{"", "none", false},
	}
	for _, tt := range tests {
		got := b.asked(http.MethodGet, "http://vivarium.test/landscape", http.Header{"Accept-Encoding": {tt.accept}, "Sec-Fetch-Site": {tt.from}}).want(t, http.StatusOK)
		if packed := got.Header().Get("Content-Encoding") == "gzip"; packed != tt.packed {
			t.Errorf("%+v: got %v", tt, got.Header())
			continue
		}
		if length := got.Header().Get("Content-Length"); length != strconv.Itoa(got.Body.Len()) {
			t.Errorf("%+v: Content-Length %s of %d bytes", tt, length, got.Body.Len())
		}
		if page := got.unpacked(t); page != plain.Body.String() {
			t.Errorf("%+v: another page:\n%s", tt, page)
		}
	}
	few := b.asked(http.MethodGet, "http://vivarium.test/search/quick?q=nothing", http.Header{"Accept-Encoding": {"gzip"}, "Hx-Request-Type": {"partial"}})
	if got := few.want(t, http.StatusOK).Header().Get("Content-Encoding"); got != "" {
		t.Errorf("%d bytes are packed as %s", few.Body.Len(), got)
	}
}

// unpacked is the body as it was before it was packed.
func (a answer) unpacked(t *testing.T) string {
	t.Helper()
	var body io.Reader = a.Body
	if a.Header().Get("Content-Encoding") == "gzip" {
		packed, err := gzip.NewReader(body)
		if err != nil {
			t.Fatal(err)
		}
		body = packed
	}
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
