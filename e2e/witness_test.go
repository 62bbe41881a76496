package e2e

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// witness stands between clients and a server and notes what is asked, and how it
// is answered.
type witness struct {
	// refuse is answered 404, as by a server that does not have it.
	refuse string

	mu   sync.Mutex
	seen []string // method, path, status
}

// before puts a witness before a server. The server that it returns is the same
// one at the witness's address.
func (w *witness) before(t *testing.T, s *server) *server {
	t.Helper()
	to, err := url.Parse(s.URL)
	sure(t, err)
	proxy := &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(to); r.Out.Host = r.In.Host },
		ModifyResponse: func(r *http.Response) error { w.note(r.Request, r.StatusCode); return nil },
	}
	front := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if w.refuse != "" && strings.HasSuffix(r.URL.Path, w.refuse) {
			w.note(r, http.StatusNotFound)
			http.NotFound(rw, r)
			return
		}
		proxy.ServeHTTP(rw, r)
	}))
	t.Cleanup(front.Close)
	return &server{t: t, URL: front.URL, API: front.URL + "/api", host: front.Listener.Addr().String()}
}

func (w *witness) note(r *http.Request, status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, r.Method+" "+r.URL.Path+" "+strconv.Itoa(status))
}

// take returns what was asked since the last time, sorted, with the hashes of
// shards left out.
func (w *witness) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	taken := w.seen
	w.seen = nil
	for i, line := range taken {
		if before, after, ok := strings.Cut(line, "/shards/"); ok {
			_, status, _ := strings.Cut(after, " ")
			taken[i] = before + "/shards/ " + status
		}
	}
	slices.Sort(taken)
	return taken
}

// asked fails the test unless exactly these requests were made since the last
// time; each is a method, a path below base, and a status.
func (w *witness) asked(t *testing.T, what, base string, want ...string) {
	t.Helper()
	for i, line := range want {
		method, path, _ := strings.Cut(line, " ")
		want[i] = method + " " + base + path
	}
	slices.Sort(want)
	if got := w.take(); !slices.Equal(got, want) {
		t.Errorf("%s: asked\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
