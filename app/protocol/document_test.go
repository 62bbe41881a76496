package protocol

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"vivarium/app/model"
)

var lastChange = time.Date(2026, 11, 22, 15, 4, 5, 999, time.UTC)

func document() model.Document {
	return model.Document{Body: model.Bytes("0123456789"), ContentType: "application/json", ETag: `"abc"`, ModTime: lastChange}
}

// serve answers one request for doc with the given headers.
func serve(t *testing.T, method string, doc model.Document, maxAge time.Duration, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "/x", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	ServeDocument(w, r, doc, maxAge)
	return w.Result()
}

func body(t *testing.T, res *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestServeDocumentConditions(t *testing.T) {
	t.Parallel()
	stamp := lastChange.Format(http.TimeFormat)
	older := lastChange.Add(-time.Hour).Format(http.TimeFormat)
	tests := []struct {
		name    string
		headers []string
		status  int
		body    string
	}{
		{"plain", nil, 200, "0123456789"},
		{"same tag", []string{"If-None-Match", `"abc"`}, 304, ""},
		{"weak tag compares weakly", []string{"If-None-Match", `W/"abc"`}, 304, ""},
		{"one of a list", []string{"If-None-Match", `"x", "a,b" , W/"abc"`}, 304, ""},
		{"one of two headers", []string{"If-None-Match", `"x"`, "If-None-Match", `"abc"`}, 304, ""},
		{"any", []string{"If-None-Match", "*"}, 304, ""},
		{"other tag", []string{"If-None-Match", `"abd"`}, 200, "0123456789"},
		{"tag without quotes", []string{"If-None-Match", `abc`}, 200, "0123456789"},
		{"same time", []string{"If-Modified-Since", stamp}, 304, ""},
		{"older copy", []string{"If-Modified-Since", older}, 200, "0123456789"},
		{"time that cannot be read", []string{"If-Modified-Since", "yesterday"}, 200, "0123456789"},
		{"the tag decides, not the time", []string{"If-None-Match", `"abd"`, "If-Modified-Since", stamp}, 200, "0123456789"},
		{"range", []string{"Range", "bytes=2-4"}, 206, "234"},
		{"range of the end", []string{"Range", "bytes=-3"}, 206, "789"},
		{"range beyond the end", []string{"Range", "bytes=10-"}, 416, "invalid range: failed to overlap\n"},
		{"range of a copy that is still right", []string{"Range", "bytes=2-4", "If-None-Match", `"abc"`}, 304, ""},
		{"range of the same bytes", []string{"Range", "bytes=2-4", "If-Range", `"abc"`}, 206, "234"},
		{"range of bytes that have changed", []string{"Range", "bytes=2-4", "If-Range", `"old"`}, 200, "0123456789"},
		{"If-Match of old bytes", []string{"If-Match", `"old"`}, 412, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := serve(t, http.MethodGet, document(), 0, tt.headers...)
			if got := body(t, res); res.StatusCode != tt.status || got != tt.body {
				t.Errorf("%v: %d %q, want %d %q", tt.headers, res.StatusCode, got, tt.status, tt.body)
			}
			head := serve(t, http.MethodHead, document(), 0, tt.headers...)
			if got := body(t, head); head.StatusCode != tt.status || tt.status < 400 && got != "" {
				t.Errorf("HEAD %v: %d %q, want %d and no body", tt.headers, head.StatusCode, got, tt.status)
			}
			if got, want := head.Header.Get("ETag"), res.Header.Get("ETag"); got != want {
				t.Errorf("HEAD %v: ETag %q, GET's is %q", tt.headers, got, want)
			}
		})
	}
}

func TestServeDocumentHeaders(t *testing.T) {
	t.Parallel()
	res := serve(t, http.MethodHead, document(), 0)
	for name, want := range map[string]string{
		"Content-Type": "application/json", "Content-Length": "10", "ETag": `"abc"`, "Last-Modified": "Sun, 22 Nov 2026 15:04:05 GMT",
		"Cache-Control": "max-age=0, must-revalidate", "Vary": "Authorization, X-API-Key", "Accept-Ranges": "bytes",
		"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "Referrer-Policy": "no-referrer",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	encoded := document()
	encoded.ContentEncoding = "gzip"
	unchanged := serve(t, http.MethodGet, encoded, 0, "If-None-Match", "*")
	for _, name := range []string{"Content-Type", "Content-Length", "Content-Encoding"} {
		if got := unchanged.Header.Get(name); got != "" {
			t.Errorf("304 with %s: %s", name, got)
		}
	}
}

// TestServeDocumentKeepsAPolicy of the surface, which knows its pages.
func TestServeDocumentKeepsAPolicy(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	w.Header().Set("Content-Security-Policy", "default-src 'self'")
	ServeDocument(w, httptest.NewRequest(http.MethodGet, "/x", nil), document(), 0)
	if got := w.Header()["Content-Security-Policy"]; len(got) != 1 || got[0] != "default-src 'self'" {
		t.Errorf("Content-Security-Policy: %q", got)
	}
}

func TestServeDocumentCacheControl(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name               string
		private, immutable bool
		maxAge             time.Duration
		header             string
		want               string
	}{
		{"public", false, false, 0, "", "max-age=0, must-revalidate"},
		{"with an age", false, false, 90 * time.Second, "", "max-age=90, must-revalidate"},
		{"private", true, false, 0, "", "private, max-age=0, must-revalidate"},
		{"credential in a header", false, false, 0, "Authorization", "private, max-age=0, must-revalidate"},
		{"key in a header", false, false, time.Minute, "X-API-Key", "private, max-age=60, must-revalidate"},
		{"immutable", false, true, time.Minute, "", "public, max-age=31536000, immutable"},
		{"immutable and private", true, true, 0, "", "private, max-age=31536000, immutable"},
		{"immutable with a credential", false, true, 0, "Authorization", "private, max-age=31536000, immutable"},
	}
	for _, tt := range tests {
		doc := document()
		doc.TokenInPath, doc.Immutable = tt.private, tt.immutable
		headers := []string{"Accept", "*/*"}
		if tt.header != "" {
			headers = append(headers, tt.header, "token x")
		}
		for _, more := range [][]string{nil, {"If-None-Match", `"abc"`}} {
			res := serve(t, http.MethodGet, doc, tt.maxAge, append(headers, more...)...)
			if got := res.Header.Get("Cache-Control"); got != tt.want {
				t.Errorf("%s, %d: Cache-Control %q, want %q", tt.name, res.StatusCode, got, tt.want)
			}
		}
	}
}

func TestServeDocumentEncoded(t *testing.T) {
	t.Parallel()
	doc := document()
	doc.ContentEncoding = "gzip"
	res := serve(t, http.MethodGet, doc, 0)
	if got := res.Header.Get("Content-Encoding"); got != "gzip" || res.Header.Get("Content-Length") != strconv.FormatInt(doc.Body.Size(), 10) {
		t.Errorf("Content-Encoding %q, Content-Length %q", got, res.Header.Get("Content-Length"))
	}
}

func TestServeDocumentWithoutValidators(t *testing.T) {
	t.Parallel()
	doc := model.Document{Body: model.Bytes("{}"), ContentType: "application/json"}
	for _, h := range [][]string{{"If-None-Match", `""`}, {"If-Modified-Since", lastChange.Format(http.TimeFormat)}} {
		if res := serve(t, http.MethodGet, doc, 0, h...); res.StatusCode != 200 || res.Header.Get("ETag") != "" || res.Header.Get("Last-Modified") != "" {
			t.Errorf("%v: %d %v", h, res.StatusCode, res.Header)
		}
	}
}
