package remote

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/moving"
)

// other is another server: what it answers by path, and what it was asked.
type other struct {
	*httptest.Server
	answers map[string]http.HandlerFunc
	asked   []string // path and credential
}

func newOther(t *testing.T) *other {
	t.Helper()
	o := &other{answers: map[string]http.HandlerFunc{}}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.asked = append(o.asked, r.URL.Path+" "+r.Header.Get("Authorization"))
		if answer, ok := o.answers[r.URL.Path]; ok {
			answer(w, r)
			return
		}
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"error": "not here"}`)
	}))
	t.Cleanup(o.Close)
	return o
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
}

func answers(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

// found is the server at an address, which is not patient.
func (o *other) found(t *testing.T, path string) *Server {
	t.Helper()
	s, channel, err := Find(t.Context(), o.URL+path, "secret")
	if err != nil || channel != "labs" {
		t.Fatalf("%s: %q, %v", path, channel, err)
	}
	s.pause = time.Millisecond
	return s
}

func TestFindTheAPI(t *testing.T) {
	t.Parallel()
	for prefix, paths := range map[string][]string{
		"/api":      {"/labs", "/labs/", "/conda/labs", "/api/labs", "/channels/labs"},
		"":          {"/labs", "/conda/labs"},
		"/repo/api": {"/repo/labs", "/repo/conda/labs", "/repo/api/labs"},
	} {
		o := newOther(t)
		o.answers[prefix+"/user/labs"] = says(`{"login": "labs"}`)
		for _, path := range paths {
			if s := o.found(t, path); s.api.Path != prefix {
				t.Errorf("%s with the API at %q: found %q", path, prefix, s.api.Path)
			}
		}
	}
}

func TestFindRefuses(t *testing.T) {
	t.Parallel()
	o := newOther(t)
	o.answers["/api/user/page"] = says("<html>")
	o.answers["/api/user/other"] = says("{}")
	o.answers["/api/user/closed"] = answers(http.StatusUnauthorized, `{"error": "Sign in."}`)
	for address, want := range map[string]string{
		"host/labs": "begins with https://", "ftp://host/labs": "begins with https://", "https://ada:pw@host/labs": "must not hold a password",
		"https://host": "ends with the channel", "https://host/labs/label/dev": "no label", "https://host/t/token/labs": "no token", "http://%zz/": "invalid",
		o.URL + "/nobody": "404 Not Found: not here", o.URL + "/page": "does not answer as the Anaconda API", o.URL + "/other": "is no account",
		o.URL + "/closed": "/api/user/closed answers 401 Unauthorized: Sign in. (is the token right, and not too old?)",
	} {
		_, _, err := Find(t.Context(), address, "secret")
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v, want %q", address, err, want)
		}
	}
}

// TestFindNobody: a server that is not there, or that nobody waits for any more, is
// not looked for at a second address.
func TestFindNobody(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := Find(ctx, gone.URL+"/labs", ""); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v, want one error", err)
	}
}

// TestTokenStaysWithTheServer when it sends elsewhere for a file.
func TestTokenStaysWithTheServer(t *testing.T) {
	t.Parallel()
	o, store := newOther(t), newOther(t)
	o.answers["/api/user/labs"] = says(`{"login": "labs"}`)
	o.answers["/api/download/labs/tiny/1.0+x/linux-64/a b.conda"] = func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, store.URL+"/blob?signature=1", http.StatusFound)
	}
	store.answers["/blob"] = says("bytes")
	body, err := o.found(t, "/labs").download(t.Context(), "labs", "tiny", "1.0+x", "linux-64/a b.conda")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(body); string(got) != "bytes" || err != nil || body.Close() != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if !slices.Equal(store.asked, []string{"/blob "}) || o.asked[1] != "/api/download/labs/tiny/1.0+x/linux-64/a b.conda token secret" {
		t.Errorf("asked %q and %q", o.asked, store.asked)
	}
}

func TestAskedAgain(t *testing.T) {
	t.Parallel()
	o := newOther(t)
	tries := 0
	o.answers["/api/user/labs"] = says(`{"login": "labs"}`)
	o.answers["/api/packages/labs"] = func(w http.ResponseWriter, _ *http.Request) {
		if tries++; tries < 3 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = io.WriteString(w, `[{"name": "b"}, {"name": "a"}]`)
	}
	o.answers["/api/channels/labs"] = says(`{"main": {"is_locked": false}, "dev": {"is_locked": true}}`)
	o.answers["/api/package/labs/a"] = answers(http.StatusForbidden, `{"error": "No."}`)
	o.answers["/api/package/labs/b"] = says(`{"name": "b", "files": [{"basename": "noarch/b-1-0.conda", "version": "1"}]}`)
	s := o.found(t, "/labs")
	c, err := s.Channel(t.Context(), "labs")
	if err != nil || tries != 3 || len(c.Packages) != 2 || len(c.Labels) != 2 || !c.Labels[0].Locked || c.From != o.URL+"/api/labs" {
		t.Fatalf("after %d tries: %+v, %v", tries, c, err)
	}
	if _, err := c.Packages[0].Read(t.Context()); err == nil || !strings.Contains(err.Error(), "No. (the token needs the scope api:read)") {
		t.Errorf("refused: %v", err)
	}
	p, err := c.Packages[1].Read(t.Context())
	if err != nil || len(p.Files) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	if _, err := p.Files[0].Open(t.Context()); err == nil || !strings.HasSuffix(err.Error(), "404 Not Found: not here") {
		t.Errorf("a file that is gone: %v", err)
	}
}

// TestServerThatGoesAway is waited for once, and not again for each thing.
func TestServerThatGoesAway(t *testing.T) {
	t.Parallel()
	o := newOther(t)
	o.answers["/api/user/labs"] = says(`{"login": "labs"}`)
	s := o.found(t, "/labs")
	o.Close()
	for _, gone := range []bool{false, true} {
		if s.gone.Load() != gone {
			t.Fatalf("gone: %v", !gone)
		}
		if _, err := s.readPackage(t.Context(), "labs", "tiny"); !errors.Is(err, moving.ErrUnreachable) || !strings.Contains(err.Error(), " cannot be reached: ") {
			t.Errorf("got %v", err)
		}
	}
}

func TestNoEndlessForwards(t *testing.T) {
	t.Parallel()
	o := newOther(t)
	o.answers["/api/user/labs"] = says(`{"login": "labs"}`)
	o.answers["/api/packages/labs"] = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }
	if _, err := o.found(t, "/labs").Channel(t.Context(), "labs"); err == nil || !strings.Contains(err.Error(), "from one address to the next") {
		t.Errorf("got %v", err)
	}
}

// TestLabelsWithoutAToken which some servers show to nobody.
func TestLabelsWithoutAToken(t *testing.T) {
	t.Parallel()
	o := newOther(t)
	o.answers["/api/user/labs"] = says(`{"login": "labs"}`)
	o.answers["/api/packages/labs"] = says(`[]`)
	o.answers["/api/channels/labs"] = answers(http.StatusUnauthorized, `{"error": "Sign in."}`)
	s := o.found(t, "/labs")
	if _, err := s.Channel(t.Context(), "labs"); err == nil {
		t.Error("a token that shows no labels is no problem")
	}
	s.token = ""
	if c, err := s.Channel(t.Context(), "labs"); err != nil || len(c.PassedOver) != 1 {
		t.Errorf("%+v, %v", c, err)
	}
}
