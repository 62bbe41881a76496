package httpd_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// oddPaths are what scanners send: second spellings of a path, and ways out of
// one. None may reach a surface (security.md U3).
var oddPaths = func() []string {
	parts := []string{
		"..", ".", "", "%2e%2e", ".%2e", "%2E.", "%2e", "%2f", "%2F%2Fetc", "..%2f..%2fetc%2fpasswd", "..%5c..%5cetc", `..\..`, "%5c", "%00", "a%00b", "a%0ab",
		"%0d%0aSet-Cookie:x=y", "%1b[2J", "%7f", "%c0%ae%c0%ae", "%ff", "%2fetc%2fpasswd",
	}
	bases := []string{"/conda/ada/noarch/%s/etc/passwd", "/ada/noarch/%s/x.conda", "/t/viv-x/%s/noarch/x.conda", "/conda/%s/noarch/repodata.json", "/static/%s/app.css", "/ada/%s/files", "/health/%s/live"}
	var all []string
	for _, base := range bases {
		for _, part := range parts {
			all = append(all, fmt.Sprintf(base, part))
		}
	}
	for _, part := range parts {
		if part != "%2f" && part != "%2F%2Fetc" {
			all = append(all, fmt.Sprintf("/api/download/ada/x/%s/y", part))
		}
	}
	return append(all, "//etc/passwd", "//conda/ada/noarch/repodata.json", "/conda//ada/noarch/repodata.json", "/..", "/../etc/passwd", "/./conda", "/%2e%2e/etc/passwd",
		"/conda%2fada/noarch/repodata.json", "/api//user", "/api/../health/live", "/api/%2e%2e/health/live", "/%2fetc/passwd", "/api%2fuser", "/api/download/a/b/c/x%2f%2fy")
}()

func TestOddPathsReachNothing(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(build(t, options()))
	defer server.Close()
	for _, path := range oddPaths {
		status, body := raw(t, server, "GET "+path+" HTTP/1.1")
		if status != 400 && status != 404 || strings.Contains(body, " from ") {
			t.Errorf("GET %s = %d %q, want 400 or 404", path, status, body)
		}
	}
	if len(oddPaths) < 180 {
		t.Errorf("only %d paths were tried", len(oddPaths))
	}
}

// raw sends one request line as it stands, which http.Client would not.
func raw(t *testing.T, server *httptest.Server, line string, headers ...string) (status int, body string) {
	t.Helper()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	headers = append(headers, "Host: x", "Connection: close")
	fmt.Fprintf(conn, "%s\r\n%s\r\n\r\n", line, strings.Join(headers, "\r\n"))
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	defer func() { _ = answer.Body.Close() }()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return answer.StatusCode, string(b)
}

func TestUsualPathsPass(t *testing.T) {
	t.Parallel()
	h := build(t, options())
	for _, path := range []string{
		"/api/stage/ada/x/1!2.0+local/linux-64/x-1%212.0%2Blocal-0.tar.bz2", "/api/download/ada/x/1.0/linux-64%2Fx-1.0-0.conda", "/api/copy/package/ada/x/1.0/",
		"/conda/ada/noarch/_x-1.0-0.conda", "/conda/ada/noarch/x..y-1.0-0.conda", "/ada/x%20y", "/api/authentications/name/binstar_client:root@host%20x",
	} {
		if w := ask(h, "GET", path); w.Code != 200 {
			t.Errorf("GET %s = %d %s", path, w.Code, w.Body)
		}
	}
}

func TestRefusalsInTheFormOfTheSurface(t *testing.T) {
	t.Parallel()
	h := build(t, options())
	tests := []struct{ path, contentType, body string }{
		{"/api//user", "application/json", `{"error":"There is nothing at this address."}`},
		{"/upload//stage", "application/xml", `<Code>NoSuchKey</Code><Message>There is nothing at this address.</Message></Error>`},
		{"/conda//ada", "text/plain; charset=utf-8", "There is nothing at this address.\n"},
		{"/ada//x", "text/html; charset=utf-8", "<h1>There is nothing at this address.</h1>"},
	}
	for _, test := range tests {
		w := ask(h, "GET", test.path)
		if w.Code != 404 || w.Header().Get("Content-Type") != test.contentType && test.contentType[5:9] != "html" || !strings.HasSuffix(w.Body.String(), test.body) {
			t.Errorf("GET %s = %d %s %q, want %s %q", test.path, w.Code, w.Header().Get("Content-Type"), w.Body, test.contentType, test.body)
		}
		if w.Header().Get("Cache-Control") != "private, no-store" {
			t.Errorf("GET %s may be cached: %q", test.path, w.Header().Get("Cache-Control"))
		}
	}
}
