package binstar_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/protocol/binstar"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// site is a real registry with the surface before it.
type site struct {
	*registrytest.Site
	handler http.Handler
}

func newSite(t testing.TB, options ...func(*registry.Policy)) *site {
	t.Helper()
	s := registrytest.New(t, options...)
	return &site{Site: s, handler: serve(s)}
}

// serve builds a mux from the table of routes, as the server does.
func serve(s *registrytest.Site) http.Handler {
	handlers := binstar.New(binstar.Options{Registry: s.Registry, Document: document()}).Handlers()
	mux := http.NewServeMux()
	for _, row := range rows() {
		h := handlers[row.Pattern]
		mux.HandleFunc(row.Pattern, func(w http.ResponseWriter, r *http.Request) {
			h.ServeHTTP(w, r.WithContext(model.WithRoute(r.Context(), row)))
		})
	}
	return binstar.Canonical(mux)
}

func rows() []model.Route {
	return slices.DeleteFunc(registry.Routes(), func(r model.Route) bool { return r.Surface != model.APISurface && r.Surface != model.StoreSurface })
}

// request makes a request as the server hands it on. body is JSON text, a value
// to be written as JSON, or nil.
func request(t testing.TB, method, path string, body any, headers ...string) *http.Request {
	t.Helper()
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.NewReader(raw)
	}
	r := httptest.NewRequest(method, path, content)
	r.URL.Scheme, r.URL.Host, r.RemoteAddr = "http", "vivarium.test:8080", "192.0.2.9"
	r.Header.Set("Content-Type", "application/json") // as anaconda-client does, body or not
	r.Header.Set("User-Agent", "Anaconda-Client/1.16.0")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// do answers a request; a token may be empty.
func (s *site) do(t testing.TB, token, method, path string, body any, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := request(t, method, path, body, headers...)
	if token != "" {
		r.Header.Set("Authorization", "token "+token)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// must is do that fails the test on another status.
func (s *site) must(t testing.TB, status int, token, method, path string, body any, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	w := s.do(t, token, method, path, body, headers...)
	if w.Code != status {
		t.Fatalf("%s %s: %d %s, want %d", method, path, w.Code, w.Body, status)
	}
	return w
}

// object reads an answer that is a JSON object.
func object(t testing.TB, w *httptest.ResponseRecorder) map[string]any {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &o); err != nil {
		t.Fatalf("not a JSON object: %v: %s", err, w.Body)
	}
	return o
}

// refusal is the sentence of an answer, which must have the status and be JSON.
func refusal(t testing.TB, w *httptest.ResponseRecorder, status int) string {
	t.Helper()
	sentence, ok := object(t, w)["error"].(string)
	if w.Code != status || !ok || sentence == "" || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%d %v %s, want %d and a sentence in JSON", w.Code, w.Header(), w.Body, status)
	}
	if challenge := w.Header().Get("WWW-Authenticate"); (challenge == `Basic realm="Vivarium"`) != (status == http.StatusUnauthorized) {
		t.Errorf("%d with WWW-Authenticate %q", w.Code, challenge)
	}
	return sentence
}

// volatile is what differs from run to run.
var volatile = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00`), "<moment>"},
	{regexp.MustCompile(`"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"`), `"<second>"`},
	{regexp.MustCompile(`"id": \d+`), `"id": "<number>"`},
	{regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "<uuid>"},
	{regexp.MustCompile(`"revision": \d{10}`), `"revision": "<seconds>"`},
	{regexp.MustCompile(`"viv-[A-Za-z0-9]+"`), `"<token>"`},
	{regexp.MustCompile(`("key"|"dist_id"): "[^"]+"`), `$1: "<random>"`},
	{regexp.MustCompile(`Last-Modified: .*`), "Last-Modified: <moment>"},
	{regexp.MustCompile(`Content-Length: .*\n`), ""},
}

// golden compares a whole answer, headers included, with testdata/name.txt.
func golden(t *testing.T, name string, w *httptest.ResponseRecorder) {
	t.Helper()
	var got bytes.Buffer
	fmt.Fprintf(&got, "%d\n", w.Code)
	for _, key := range slices.Sorted(maps.Keys(w.Header())) {
		fmt.Fprintf(&got, "%s: %s\n", key, strings.Join(w.Header()[key], " | "))
	}
	got.WriteByte('\n')
	if json.Indent(&got, bytes.TrimSpace(w.Body.Bytes()), "", "  ") != nil {
		got.Write(w.Body.Bytes())
	}
	text := strings.TrimRight(got.String(), "\n") + "\n"
	for _, v := range volatile {
		text = v.pattern.ReplaceAllString(text, v.instead)
	}
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s differs, rewrite with -update:\ngot  %s\nwant %s", name, text, want)
	}
}
