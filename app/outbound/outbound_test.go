package outbound_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/outbound"
)

// fine stands for no error in a table of codes.
const fine model.Code = -1

// own is what a test's client may reach besides what is public.
var own = netip.MustParsePrefix("127.0.0.2/32")

func client(allow ...netip.Prefix) *outbound.Client {
	return outbound.New(outbound.Options{Timeout: 2 * time.Second, MaxBytes: 1000, Allow: allow})
}

// serve starts a server on an address of this machine.
func serve(t *testing.T, address string, h http.HandlerFunc) string {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(address, "0"))
	if err != nil {
		t.Fatal(err)
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: h}}
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

// TestN1PrivateAddresses asks for addresses that a server inside a network must not
// be made to ask for, under many spellings. Nothing may arrive.
func TestN1PrivateAddresses(t *testing.T) {
	t.Parallel()
	var hits atomic.Int64
	inside := serve(t, "127.0.0.1", func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	_, port, _ := strings.Cut(strings.TrimPrefix(inside, "http://"), ":")
	away := serve(t, "127.0.0.2", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	})
	urls := []string{
		inside, "http://localhost:" + port, "http://LOCALHOST:" + port, "http://user:secret@127.0.0.1:" + port, "http://127.0.0.1.:" + port,
		"http://0x7f.1:" + port, "http://0x7f000001:" + port, "http://2130706433:" + port, "http://0177.0.0.1:" + port, "http://127.1:" + port, "http://0:" + port,
		"http://0.0.0.0:" + port, "http://[::]:" + port, "http://[::1]:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://[::ffff:7f00:1]:" + port,
		"http://[::127.0.0.1]:" + port, "http://[64:ff9b::7f00:1]:" + port, "http://[2002:7f00:1::]:" + port, "http://[fe80::1%25lo]:" + port,
		"http://127.0.0.3:" + port, "http://127.255.255.254:" + port, "http://10.0.0.1", "http://172.16.0.1", "http://192.168.0.1", "http://169.254.169.254/latest/meta-data",
		"http://100.64.0.1", "http://198.18.0.1", "http://[fd00::1]", "http://[fec0::1]", "http://224.0.0.1", "http://255.255.255.255", "http://[ff02::1]",
		away + "?to=" + inside, away + "?to=http://localhost:" + port, away + "?to=" + strings.ReplaceAll(away, "//", "%2F%2F") + "%3Fto=" + inside, away + "?to=file:///etc/passwd",
		"file:///etc/passwd", "gopher://127.0.0.1:" + port, "ftp://127.0.0.1:" + port, "//127.0.0.1:" + port, "127.0.0.1:" + port, "",
	}
	c := client(own)
	for _, url := range urls {
		if body, err := c.Get(t.Context(), url); err == nil {
			t.Errorf("%s: got %q", url, body)
		}
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("%d of %d requests arrived", n, len(urls))
	}
}

func TestGet(t *testing.T) {
	t.Parallel()
	url := serve(t, "127.0.0.2", func(w http.ResponseWriter, r *http.Request) {
		for _, header := range []string{"Referer", "Cookie", "Authorization", "Accept-Encoding"} {
			if r.Header.Get(header) != "" {
				t.Errorf("%s: sent %s: %s", r.URL.Path, header, r.Header.Get(header))
			}
		}
		answers[r.URL.Path](w, r)
	})
	tests := []struct {
		path string
		code model.Code
	}{
		{"/here", fine}, {"/moved", fine}, {"/full", fine}, {"/nothing", model.NotFound}, {"/broken", model.Internal}, {"/cut", model.Internal},
		{"/long", model.TooLarge}, {"/endless", model.TooLarge}, {"/round", model.Internal}, {"/slow", model.Internal}, {"/headers", model.Internal},
	}
	for _, tt := range tests {
		t.Run(tt.path[1:], func(t *testing.T) {
			t.Parallel()
			body, err := client(own).Get(t.Context(), url+tt.path)
			if tt.code == fine && (err != nil || len(body) == 0) || tt.code != fine && (err == nil || model.CodeOf(err) != tt.code) {
				t.Errorf("got %q, %v, want %v", body, err, tt.code)
			}
		})
	}
	if _, err := client().Get(t.Context(), url+"/here"); model.CodeOf(err) != model.Forbidden {
		t.Errorf("an address that is not allowed: %v", err)
	}
	if _, err := client(own).Get(t.Context(), "http://127.0.0.2:1/secret"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("nobody listens: %v", err)
	}
}

var answers = map[string]http.HandlerFunc{
	"/here": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "here") },
	"/moved": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/here", http.StatusMovedPermanently)
	},
	"/full":    func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", 1000)) },
	"/nothing": http.NotFound,
	"/broken":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
	"/cut": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "500")
		fmt.Fprint(w, "not all of it")
	},
	"/long":  func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", 1001)) },
	"/round": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) },
	"/endless": func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, strings.Repeat("x", 10_000))
		}
	},
	"/slow":    func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	"/headers": func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Long", strings.Repeat("x", 100_000)) },
}
