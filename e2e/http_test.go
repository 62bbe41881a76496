package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"testing"
)

// wholeToken matches a token and nothing else. conda reads no other characters in
// /t/…/.
var wholeToken = regexp.MustCompile(`^viv-[A-Za-z0-9]{20,}$`)

// answer is a response whose body has been read.
type answer struct {
	request string
	status  int
	header  http.Header
	body    []byte
}

// noRedirects answers a redirect as it is.
var noRedirects = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// ask sends a request; headers are name, value, name, value.
func (s *server) ask(method, path string, headers ...string) answer {
	s.t.Helper()
	return s.send(method, s.URL+path, nil, headers...)
}

// post sends a body to a whole URL, with a token unless it is empty.
func (s *server) post(token, url, kind string, body []byte) answer {
	s.t.Helper()
	headers := []string{"Content-Type", kind}
	if token != "" {
		headers = append(headers, "Authorization", "token "+token)
	}
	return s.send(http.MethodPost, url, bytes.NewReader(body), headers...)
}

func (s *server) send(method, url string, body io.Reader, headers ...string) answer {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, url, body)
	if err != nil {
		s.t.Fatal(err)
	}
	// Asking for no encoding keeps the transport from decoding on its own.
	req.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := noRedirects.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	read, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, url, err)
	}
	return answer{method + " " + url, resp.StatusCode, resp.Header, read}
}

// get asks with a token, or as anonymous when it is empty.
func (s *server) get(token, path string) answer {
	s.t.Helper()
	if token == "" {
		return s.ask(http.MethodGet, path)
	}
	return s.ask(http.MethodGet, path, "Authorization", "token "+token)
}

// status is the status that get answers.
func (s *server) status(token, path string) int {
	s.t.Helper()
	return s.get(token, path).status
}

// is fails the test unless the answer has the status.
func (a answer) is(t *testing.T, status int) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s: status %d, want %d\n%.500s", a.request, a.status, status, a.body)
	}
	return a
}

// json decodes an answer of status 200 that is a JSON object.
func (a answer) json(t *testing.T) map[string]any {
	t.Helper()
	a.is(t, http.StatusOK)
	var v map[string]any
	if err := json.Unmarshal(a.body, &v); err != nil {
		t.Fatalf("%s: %v\n%.500s", a.request, err, a.body)
	}
	return v
}
