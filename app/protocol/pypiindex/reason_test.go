package pypiindex_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/registry"
)

// serve starts a server of the surface, as the reason phrase and the bytes read
// are a matter of connections.
func (s *site) serve(t testing.TB) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	return server
}

// post uploads over a real connection.
func post(t testing.TB, client *http.Client, url string, all []field, data []byte, headers ...string) (status, body string, header http.Header) {
	t.Helper()
	contentType, form := form(t, all, data)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", contentType)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	raw, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Status, string(raw), w.Header
}

// TestSentenceTwice: twine and hatch show the reason phrase alone, uv the body
// alone, as a problem document.
func TestSentenceTwice(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	server, token := s.serve(t), s.Token(t, "brook")
	a := wheel(t, pypitest.Spec{})
	s.publish(t, "brook", wheel(t, pypitest.Spec{Summary: "other bytes"}))
	for _, tt := range []struct {
		name, path, credential string
		all                    []field
		code                   int
		sentence               string
	}{
		{"nobody", "/pypi/brook/", "", fields(a, "demo", "1.0"), 401, "Sign in, or send a valid access token."},
		{"no such channel", "/pypi/nobody/", token, fields(a, "demo", "1.0"), 404, `User "nobody" does not exist.`},
		{"scope", "/pypi/brook/", s.Token(t, "brook", "conda"), fields(a, "demo", "1.0"), 403, "The access token lacks the scope pypi:upload. Create one that has it."},
		{"other bytes", "/pypi/brook/", token, fields(a, "demo", "1.0"), 400, "File already exists: demo-1.0-py3-none-any.whl"},
		{"register", "/pypi/brook/", token, with(":action", "submit")(fields(a, "demo", "1.0")), 410, "Registration is not needed here"},
		{"installing address", "/pypi/brook/simple/", token, fields(a, "demo", "1.0"), 405, "This address is for installing. Upload to /pypi/brook/legacy/ instead."},
		{"answer in the answer", "/pypi/brook/", token, with("version", "1\r\nSet-Cookie: x=1\r\n\r\n<b>ü</b>")(fields(a, "demo", "1.0")), 400, "File already exists"},
		{"name in the answer", "/pypi/brook/", token, with("content", "x<ü>\u2026.whl")(fields(a, "demo", "1.0")), 400, "Invalid file name"},
	} {
		status, body, header := post(t, server.Client(), server.URL+tt.path, tt.all, a.data, "X-API-Key", tt.credential)
		if tt.credential == "" {
			status, body, header = post(t, server.Client(), server.URL+tt.path, tt.all, a.data)
		}
		if !strings.HasPrefix(status, fmt.Sprintf("%d %s", tt.code, tt.sentence)) || len(status) > 204 {
			t.Errorf("%s: status line %q, want %d %s", tt.name, status, tt.code, tt.sentence)
		}
		if !strings.HasPrefix(body, tt.sentence) || header.Get("Content-Type") != "text/plain; charset=utf-8" || header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %v %q, want %s", tt.name, header, body, tt.sentence)
		}
		if (header.Get("WWW-Authenticate") != "") != (tt.code == 401) || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Date") == "" {
			t.Errorf("%s: %v", tt.name, header)
		}
		_, body, header = post(t, server.Client(), server.URL+tt.path, tt.all, a.data, "X-API-Key", tt.credential, "Accept", "application/json;q=0.9, text/plain;q=0.8, text/html;q=0.7")
		var problem struct {
			Type, Title, Detail string
			Status              int
		}
		if err := json.Unmarshal([]byte(body), &problem); err != nil || header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %v %v %s", tt.name, err, header, body)
		}
		if tt.credential != "" && (problem.Status != tt.code || problem.Title != http.StatusText(tt.code) || !strings.HasPrefix(problem.Detail, tt.sentence)) {
			t.Errorf("%s: %+v", tt.name, problem)
		}
	}
}

// TestReasonOverTLS: the connection is taken over there too; HTTP/2 has no reason
// phrase, so the body says it.
func TestReasonOverTLS(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	a := wheel(t, pypitest.Spec{})
	for _, http2 := range []bool{false, true} {
		server := httptest.NewUnstartedServer(s.handler)
		server.EnableHTTP2 = http2
		server.StartTLS()
		defer server.Close()
		status, body, _ := post(t, server.Client(), server.URL+"/pypi/brook/", fields(a, "demo", "1.0"), a.data)
		if want := map[bool]string{false: "401 Sign in, or send a valid access token.", true: "401 Unauthorized"}[http2]; status != want || body != "Sign in, or send a valid access token.\n" {
			t.Errorf("HTTP/2 %v: %q %q, want %q", http2, status, body, want)
		}
	}
}

// TestTooLargeIsAnswered while the body is still being sent.
func TestTooLargeIsAnswered(t *testing.T) {
	t.Parallel()
	s := emptySite(t, func(p *registry.Policy) { p.UploadSize = 1 << 20 })
	server := s.serve(t)
	a := wheel(t, pypitest.Spec{})
	status, body, _ := post(t, server.Client(), server.URL+"/pypi/brook/", fields(a, "demo", "1.0"), make([]byte, 20<<20), "X-API-Key", s.Token(t, "brook"))
	if want := "The file is larger than the 1048576 bytes that this site takes (limits.upload_size)."; status != "413 "+want || body != want+"\n" {
		t.Errorf("%q %q", status, body)
	}
	s.nothingLeft(t)
}

// TestAuthorizedBeforeTheBody announces 5 GB without a right to upload: the answer
// comes at once, and next to nothing is read.
func TestAuthorizedBeforeTheBody(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	server := s.serve(t)
	for credential, want := range map[string]string{
		"": "401 Sign in", "X-API-Key: viv-wrong\r\n": "401 ", "X-API-Key: " + s.Token(t, "casey") + "\r\n": "403 ", "X-API-Key: " + s.Token(t, "brook", "pypi:download") + "\r\n": "403 ",
	} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.SetDeadline(time.Now().Add(20 * time.Second))
		fmt.Fprintf(conn, "POST /pypi/brook/legacy/ HTTP/1.1\r\nHost: x\r\n%sContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000000\r\nExpect: 100-continue\r\n\r\n", credential)
		w, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(w.Status, want) || !w.Close {
			t.Errorf("%q: answered %s, close is %v; want %s before any 100", credential, w.Status, w.Close, want)
		}
		w.Body.Close()
	}
	s.nothingLeft(t)
}

// TestBreaksOff in the middle of an upload leave nothing.
func TestBreaksOff(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	server := s.serve(t)
	a := wheel(t, pypitest.Spec{})
	contentType, body := form(t, fields(a, "demo", "1.0"), a.data)
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "POST /pypi/brook/ HTTP/1.1\r\nHost: x\r\nX-API-Key: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", s.Token(t, "brook"), contentType, len(body))
	conn.Write(body[:len(body)/2])
	conn.(*net.TCPConn).CloseWrite()
	w, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Body.Close()
	conn.Close()
	if w.StatusCode != http.StatusBadRequest {
		t.Errorf("answered %s", w.Status)
	}
	s.nothingLeft(t)
}
