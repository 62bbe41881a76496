package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// detours are ways out of a path, and second spellings of one.
var detours = []string{
	"..", "../..", "../../..", "%2e%2e", ".%2e", "%2E.", "..%2f", "..%2f..%2f..%2f", "%2e%2e%2f%2e%2e%2f", "..%5c..%5c", `..\..\`, "..;", "..;/..;", "%252e%252e",
	"%252e%252e%252f", "..%252f", "..%c0%af", "%c0%ae%c0%ae", "%uff0e%uff0e", "..%00", "..%0d%0a", ".", "./.", "%2e", "", "/", "%2f", "%2F%2F", "....", "....//", "..%ef%bc%8f",
}

// rawPaths are request lines that look for files of the machine or of the data
// folder.
func rawPaths(token string) []string {
	bases := []string{"/", "/static/", "/conda/alice/noarch/", "/alice/noarch/", "/alice/", "/pypi/alice/simple/demo/", "/api/download/alice/demo/1.0/noarch/", "/t/" + token + "/alice/noarch/"}
	goals := []string{"etc/passwd", "data/vivarium.db"}
	var all []string
	for _, base := range bases {
		for i, d := range detours {
			all = append(all, base+d+"/"+goals[i%2])
		}
	}
	return append(all, "//etc/passwd", "///etc/passwd", "/%2f/etc/passwd", "/%2fetc%2fpasswd", "file:///etc/passwd", "http://localhost/../etc/passwd",
		"/static//etc/passwd", "/static/%2fetc/passwd", "/conda/alice/noarch//etc/passwd", "/vivarium.db", "/data/vivarium.db", "/blobs/tmp", "/static/", "/static/..", "/conda/alice/noarch/%2fetc%2fpasswd",
		"/etc/passwd", "../etc/passwd", "*", "/../../../../../../../../etc/passwd", "/conda/alice/noarch/demo-1.0-0.conda/../../../vivarium.db")
}

// TestU3Traversal asks with raw request lines, which a client would tidy.
func TestU3Traversal(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	v.takes(condaSpec{}.build(t))
	v.takes(wheelSpec{}.build(t))
	paths := rawPaths(v.token)
	if len(paths) < 200 {
		t.Errorf("only %d paths are tried, want 200", len(paths))
	}
	for _, path := range paths {
		for _, credential := range []string{"", "Authorization: token " + v.token} {
			got := v.raw("GET "+path+" HTTP/1.1", "", credential)
			if got.status != http.StatusBadRequest && got.status != http.StatusNotFound {
				t.Errorf("GET %s: %d, want 400 or 404\n%.200s", path, got.status, got.body)
			}
			if text := string(got.body); strings.Contains(text, "root:") || strings.Contains(text, "SQLite format") || strings.Contains(text, "PK\x03\x04") {
				t.Errorf("GET %s answers with a file: %.80q", path, text)
			}
		}
	}
}

// raw sends a request line, headers and a body as they stand, on a connection of
// its own.
func (s *server) raw(line, body string, headers ...string) answer {
	s.t.Helper()
	conn := s.dial()
	defer conn.Close()
	var text strings.Builder
	fmt.Fprintf(&text, "%s\r\nHost: %s\r\nConnection: close\r\n", line, s.host)
	for _, h := range headers {
		if h != "" {
			text.WriteString(h + "\r\n")
		}
	}
	text.WriteString("\r\n" + body)
	if _, err := io.WriteString(conn, text.String()); err != nil {
		s.t.Fatalf("%s: %v", line, err)
	}
	return s.readAnswer(conn, line)
}

// dial opens a connection that lives for half a minute at most.
func (s *server) dial() *net.TCPConn {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.host)
	sure(s.t, err)
	sure(s.t, conn.SetDeadline(time.Now().Add(30*time.Second)))
	return conn.(*net.TCPConn)
}

// readAnswer reads an answer from a connection.
func (s *server) readAnswer(conn net.Conn, request string) answer {
	s.t.Helper()
	method, _, _ := strings.Cut(request, " ")
	resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		s.t.Fatalf("%s: %v", request, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatalf("%s: %v", request, err)
	}
	return answer{request, resp.StatusCode, resp.Header, body}
}
