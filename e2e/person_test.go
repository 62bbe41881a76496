package e2e

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// person uses the pages without a browser: links, forms and cookies. Redirects are
// answered as they are.
type person struct {
	t      *testing.T
	s      *server
	client *http.Client
	// headers are sent with every request; Host is the one asked for.
	headers map[string]string
}

func (s *server) person() *person {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &person{s.t, s, &http.Client{Jar: jar, CheckRedirect: noRedirects.CheckRedirect}, map[string]string{}}
}

// page asks for a page.
func (p *person) page(path string) answer {
	p.t.Helper()
	return p.send(http.MethodGet, path, nil)
}

// form sends a form: name, value, name, value.
func (p *person) form(path string, fields ...string) answer {
	p.t.Helper()
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	return p.send(http.MethodPost, path, values)
}

func (p *person) send(method, path string, values url.Values) answer {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.s.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	if values != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range p.headers {
		req.Header.Set(name, value)
	}
	if host := p.headers["Host"]; host != "" {
		req.Host = host
	}
	resp, err := p.client.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer{method + " " + path, resp.StatusCode, resp.Header, body}
}

// signIn signs in with the tests' password.
func (p *person) signIn(name string) *person {
	p.t.Helper()
	p.form("/signin", "username", name, "password", password).leads(p.t, "/landscape")
	return p
}

// leads fails the test unless the answer sends a browser to path.
func (a answer) leads(t *testing.T, path string) answer {
	t.Helper()
	if a.is(t, http.StatusSeeOther).header.Get("Location") != path {
		t.Fatalf("%s leads to %s, want %s", a.request, a.header.Get("Location"), path)
	}
	return a
}

// has fails the test unless the body has each of words.
func (a answer) has(t *testing.T, words ...string) answer {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(string(a.body), w) {
			t.Fatalf("%s lacks %q:\n%s", a.request, w, a.body)
		}
	}
	return a
}
