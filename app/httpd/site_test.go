package httpd_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"vivarium/app/httpd"
	"vivarium/app/model"
)

// surface answers with its name and what it was given, so that tests see what
// reached it.
func surface(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %s %s://%s from %s", name, r.URL.Path, r.URL.Scheme, r.URL.Host, r.RemoteAddr)
	})
}

// options are those of a site whose surfaces answer with their names.
func options() httpd.Options {
	return httpd.Options{
		Log:        slog.New(slog.DiscardHandler),
		UploadSize: 1 << 20,
		Ready:      func(context.Context) error { return nil },
		API:        surface("api"),
		Conda:      surface("conda"),
		PyPI:       surface("pypi"),
		R:          surface("cran"),
		Uploads:    surface("uploads"),
		Pages:      surface("pages"),
		Static:     surface("static"),
		RefusePage: func(status int, err error) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(status)
				fmt.Fprintf(w, "<h1>%s</h1>", model.MessageOf(err))
			})
		},
	}
}

func build(t *testing.T, o httpd.Options) http.Handler {
	t.Helper()
	h, err := httpd.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// ask sends one request to h. Changes to it are made by the functions.
func ask(h http.Handler, method, target string, changes ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for _, change := range changes {
		change(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func remote(address string) func(*http.Request) {
	return func(r *http.Request) { r.RemoteAddr = address }
}

func host(name string) func(*http.Request) {
	return func(r *http.Request) { r.Host = name }
}

// lines keeps what is logged.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestSplit(t *testing.T) {
	t.Parallel()
	o := options()
	o.ExtraSubdirs = []string{"linux-loong64"}
	h := build(t, o)
	tests := []struct {
		path, want string
		status     int
	}{
		{"/", "pages", 200},
		{"/signin", "pages", 200},
		{"/organizations/new", "pages", 200},
		{"/organizations/noarch", "pages", 200},
		{"/ada", "pages", 200},
		{"/ada/", "pages", 200},
		{"/ada/packages/noarch", "pages", 200},
		{"/ada/numpy", "pages", 200},
		{"/ada/labels", "pages", 200},
		{"/api", "api", 200},
		{"/api/", "api", 200},
		{"/api/user", "api", 200},
		{"/apis/user", "pages", 200},
		{"/upload/stage", "api", 200},
		{"/conda/ada/noarch/repodata.json", "conda", 200},
		{"/t/viv-x/ada/noarch/repodata.json", "conda", 200},
		{"/ada/linux-64/repodata.json", "conda", 200},
		{"/ada/linux-loong64/repodata.json", "conda", 200},
		{"/ada/linux-65/repodata.json", "pages", 200},
		{"/ada/label/dev/noarch/repodata.json", "conda", 200},
		{"/ada/channeldata.json", "conda", 200},
		{"/ada/notices.json", "conda", 200},
		{"/ada/rss.xml", "conda", 200},
		{"/ada/simple/", "pypi", 200},
		{"/ada/label/dev/simple/", "conda", 200},
		{"/pypi/ada/simple/", "pypi", 200},
		{"/pypi/t/viv-x/ada/simple/", "pypi", 200},
		{"/t/viv-x/pypi/ada/simple/", "pypi", 200},
		{"/cran/ada/src/contrib/PACKAGES", "cran", 200},
		{"/cran/t/viv-x/ada/src/contrib/PACKAGES", "cran", 200},
		{"/t/viv-x/cran/ada/src/contrib/PACKAGES", "cran", 200},
		{"/t/viv-x/ada/simple/", "pypi", 200},
		{"/t/viv-x/conda/ada/simple/x", "conda", 200},
		{"/quetz/api/channels/ada/upload/x.conda", "uploads", 200},
		{"/prefix/api/v1/upload/ada", "uploads", 200},
		{"/artifactory/ada/noarch/x.conda", "conda", 200},
		{"/metrics", "There is nothing", 404},
		{"/static/app.css", "static", 200},
		{"/health/live", "live", 200},
		{"/health/ready", "ready", 200},
		{"/health/else", "There is nothing", 404},
	}
	for _, test := range tests {
		w := ask(h, "GET", test.path)
		if w.Code != test.status || !strings.HasPrefix(w.Body.String(), test.want) {
			t.Errorf("GET %s = %d %q, want %d from %q", test.path, w.Code, w.Body, test.status, test.want)
		}
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	t.Parallel()
	o := options()
	o.PublicURL = "https://packages.example.org"
	w := ask(build(t, o), "GET", "/api")
	for name, want := range map[string]string{
		"X-Content-Type-Options":    "nosniff",
		"Referrer-Policy":           "no-referrer",
		"Strict-Transport-Security": "max-age=31536000",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if id := w.Header().Get("X-Request-Id"); len(id) != 24 {
		t.Errorf("X-Request-Id = %q", id)
	}
}

func TestBadPublicURL(t *testing.T) {
	t.Parallel()
	o := options()
	o.PublicURL = "http://[::1"
	if _, err := httpd.New(o); err == nil {
		t.Error("a public address that is none was accepted")
	}
}

func TestOnlyReadsOfStaticAndHealth(t *testing.T) {
	t.Parallel()
	h := build(t, options())
	for _, path := range []string{"/static/x", "/health/live"} {
		w := ask(h, "POST", path)
		if w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("POST %s = %d, Allow %q", path, w.Code, w.Header().Get("Allow"))
		}
	}
}

func TestNotReady(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("ping /secret/path"), "The server is not ready. Its log says why.\n"},
		{model.Errorf(model.Full, "The disk is full."), "The disk is full.\n"},
	} {
		o := options()
		o.Ready = func(context.Context) error { return test.err }
		w := ask(build(t, o), "GET", "/health/ready")
		if w.Code != 503 || w.Body.String() != test.want {
			t.Errorf("%v: %d %q, want 503 %q", test.err, w.Code, w.Body, test.want)
		}
	}
}

func TestPanicIsOneAnswer(t *testing.T) {
	t.Parallel()
	log := &lines{}
	o := options()
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	o.API = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		panic("the cause")
	})
	w := ask(build(t, o), "GET", "/api/user")
	if w.Code != 500 || !strings.HasPrefix(w.Body.String(), `{"error":"The server met`) || strings.Contains(w.Body.String(), "cause") {
		t.Errorf("answer = %d %s", w.Code, w.Body)
	}
	if w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Error("the security headers are gone")
	}
	if !strings.Contains(log.String(), "the cause") || !strings.Contains(log.String(), "status=500") {
		t.Errorf("log = %s", log)
	}
}

func TestPanicAfterTheAnswerBeganBreaksOff(t *testing.T) {
	t.Parallel()
	o := options()
	o.API = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "half")
		panic("too late")
	})
	server := httptest.NewServer(build(t, o))
	defer server.Close()
	answer, err := server.Client().Get(server.URL + "/api")
	if err == nil {
		_, err = io.ReadAll(answer.Body)
		_ = answer.Body.Close()
	}
	if err == nil {
		t.Error("half an answer looked like a whole one")
	}
}

// networks parses prefixes for options.
func networks(all ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range all {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}
