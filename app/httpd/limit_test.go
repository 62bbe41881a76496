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
	"testing/synctest"
	"time"

	"vivarium/app/httpd"
	"vivarium/app/model"
)

// swallow reads the whole body and answers what came of it.
var swallow = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	n, err := io.Copy(io.Discard, r.Body)
	fmt.Fprintf(w, "%d %s", n, model.CodeOf(err))
	if err == nil {
		fmt.Fprint(w, " whole")
	}
})

func TestTooLargeBeforeItIsRead(t *testing.T) {
	t.Parallel()
	o := options()
	o.API, o.Pages, o.Conda, o.Uploads = swallow, swallow, swallow, swallow
	server := httptest.NewServer(build(t, o))
	defer server.Close()
	for path, size := range map[string]int64{
		"/upload/stage": 11 << 30, "/api/package/ada/x": 2 << 20, "/signin": 65 << 10, "/reset-password/x": 65 << 10, "/ada/settings/photo": 6 << 20, "/ada/settings/rename": 2 << 20, "/api/upload/ada/x.whl": 2 << 20, "/ada/noarch/x.conda": 2 << 20,
		"/artifactory/ada/noarch/x.conda": 2 << 20, "/quetz/api/channels/ada/upload/x.conda": 2 << 20, "/prefix/api/v1/upload/ada": 2 << 20,
	} {
		// Not a byte of the body is sent, so only the headers can have decided.
		status, body := raw(t, server, "POST "+path+" HTTP/1.1", fmt.Sprintf("Content-Length: %d", size), "Expect: 100-continue")
		if status != 413 || !strings.Contains(body, "The request is larger than the ") {
			t.Errorf("POST %s of %d bytes = %d %q", path, size, status, body)
		}
	}
}

func TestTooLargeWithoutSayingSo(t *testing.T) {
	t.Parallel()
	o := options()
	o.UploadSize = 1000
	o.API, o.Conda, o.Uploads = swallow, swallow, swallow
	server := httptest.NewServer(build(t, o))
	defer server.Close()
	for _, test := range []struct {
		path string
		size int
		want string
	}{
		{"/upload/stage", 1000, "1000 internal whole"},
		{"/upload/stage", 20_000, "9192 too large"},
		{"/api/upload/ada/x.whl", 1000, "1000 internal whole"},
		{"/api/upload/ada/x.whl", 1001, "1000 too large"},
		{"/conda/ada/noarch/x.conda", 1001, "1000 too large"},
		{"/quetz/api/channels/ada/upload/x.conda", 1001, "1000 too large"},
		{"/prefix/api/v1/upload/ada", 20_000, "9192 too large"},
		{"/api/x", 1 << 20, "1048576 internal whole"},
		{"/api/x", 1<<20 + 1, "1048576 too large"},
	} {
		// A reader of unknown length is sent in chunks, without Content-Length.
		answer, err := server.Client().Post(server.URL+test.path, "", io.MultiReader(strings.NewReader(strings.Repeat("x", test.size))))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if string(body) != test.want {
			t.Errorf("%d bytes to %s: %q, want %q", test.size, test.path, body, test.want)
		}
	}
}

func TestHugeHeadersAreRefused(t *testing.T) {
	t.Parallel()
	server, err := httpd.Listen("127.0.0.1:0", "", "", build(t, options()), options().Log, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(t.Context()) }()
	for size, want := range map[int]int{60 << 10: 200, 80 << 10: 431} {
		conn, err := net.Dial("tcp", server.Address().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET /api HTTP/1.1\r\nHost: x\r\nX-Large: %s\r\n\r\n", strings.Repeat("x", size))
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != want {
			t.Errorf("%d bytes of header = %d, want %d", size, answer.StatusCode, want)
		}
		_ = conn.Close()
	}
}

func TestRateByAddress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := options()
		o.RequestsPerMinute = 3
		h := build(t, o)
		for n := range 3 {
			if w := ask(h, "GET", "/api"); w.Code != 200 {
				t.Fatalf("request %d = %d", n+1, w.Code)
			}
		}
		w := ask(h, "GET", "/api")
		if w.Code != 429 || w.Header().Get("Retry-After") != "20" || !strings.HasPrefix(w.Body.String(), `{"error":"There were more than 3 requests`) {
			t.Errorf("the fourth = %d, Retry-After %q, %s", w.Code, w.Header().Get("Retry-After"), w.Body)
		}
		for _, path := range []string{"/health/live", "/static/x", "/conda/ada/notices.json", "/ada/notices.json"} {
			if w := ask(h, "GET", path); w.Code != 200 {
				t.Errorf("GET %s = %d, want it exempt", path, w.Code)
			}
		}
		if w := ask(h, "GET", "/api/notices.json"); w.Code != 429 {
			t.Errorf("the API's notices.json = %d, want no exemption", w.Code)
		}
		if w := ask(h, "GET", "/api", remote("192.0.2.99:1")); w.Code != 200 {
			t.Errorf("another address = %d", w.Code)
		}
		<-time.After(20 * time.Second)
		if w := ask(h, "GET", "/api"); w.Code != 200 {
			t.Errorf("after the wait = %d", w.Code)
		}
	})
}

func TestRateOfIPv6CountsTheNetwork(t *testing.T) {
	t.Parallel()
	o := options()
	o.RequestsPerMinute = 1
	h := build(t, o)
	for n, want := range []int{200, 429, 200} {
		from := []string{"[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8:0:1::1]:1"}[n]
		if w := ask(h, "GET", "/api", remote(from)); w.Code != want {
			t.Errorf("%s = %d, want %d", from, w.Code, want)
		}
	}
}

func TestRateByAccount(t *testing.T) {
	t.Parallel()
	o := options()
	o.RequestsPerMinute = 2
	o.API = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := model.NoteActor(r.Context(), r.Header.Get("Login")); err != nil {
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	h := build(t, o)
	for n, want := range []int{200, 200, 429} {
		from := fmt.Sprintf("192.0.2.%d:1", n+1)
		if w := ask(h, "GET", "/api", remote(from), header("Login", "ada")); w.Code != want {
			t.Errorf("request %d of ada = %d, want %d", n+1, w.Code, want)
		}
	}
	if w := ask(h, "GET", "/api", remote("192.0.2.9:1"), header("Login", "brook")); w.Code != 200 {
		t.Errorf("brook = %d", w.Code)
	}
}

func TestRateOffByDefault(t *testing.T) {
	t.Parallel()
	h := build(t, options())
	for range 100 {
		if w := ask(h, "GET", "/api"); w.Code != 200 {
			t.Fatalf("status = %d", w.Code)
		}
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	o := options()
	o.ReadOnly = true
	h := build(t, o)
	tests := []struct {
		method, path string
		status       int
	}{
		{"GET", "/api/user", 200},
		{"HEAD", "/conda/ada/noarch/repodata.json", 200},
		{"POST", "/api/authentications", 503},
		{"DELETE", "/api/authentications", 503},
		{"POST", "/upload/stage", 503},
		{"PATCH", "/api/package/ada/x", 503},
		{"POST", "/signup", 503},
		{"POST", "/signin", 200},
		{"POST", "/signout", 200},
		{"POST", "/account/theme", 200},
		{"POST", "/account/security", 503},
	}
	for _, test := range tests {
		w := ask(h, test.method, test.path)
		marked := w.Header().Get("X-Anaconda-Read-Only") == "true"
		if w.Code != test.status || marked != (test.status == 503 || strings.HasPrefix(test.path, "/api")) {
			t.Errorf("%s %s = %d, marked %v, want %d", test.method, test.path, w.Code, marked, test.status)
		}
	}
}

// TestPythonIsRefusedInItsOwnForm: what does not get to the surface is answered as
// the surface would.
func TestPythonIsRefusedInItsOwnForm(t *testing.T) {
	t.Parallel()
	o := options()
	o.ReadOnly = true
	o.RefusePython = func(w http.ResponseWriter, _ *http.Request, status int, sentence string) {
		w.WriteHeader(status)
		fmt.Fprintf(w, "python: %s", sentence)
	}
	w := ask(build(t, o), http.MethodPost, "/pypi/brook/legacy/")
	if w.Code != http.StatusServiceUnavailable || w.Body.String() != "python: The site takes no changes just now. Reading and installing work." || w.Header().Get("X-Anaconda-Read-Only") != "true" {
		t.Errorf("a Python upload: %d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := ask(build(t, o), http.MethodPost, "/conda/brook/x"); strings.HasPrefix(w.Body.String(), "python") {
		t.Errorf("a conda channel: %d %s", w.Code, w.Body)
	}
}
