package httpd_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestWhereARequestComesFrom(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, from string
		headers    map[string]string
		want       string
	}{
		{"directly", "192.0.2.1:1234", nil, "http://example.com from 192.0.2.1"},
		{"IPv6", "[2001:db8::1]:1234", nil, "http://example.com from 2001:db8::1"},
		{"IPv4 in IPv6", "[::ffff:192.0.2.1]:1234", nil, "http://example.com from 192.0.2.1"},
		{"with invented headers", "192.0.2.1:1234", map[string]string{"X-Forwarded-For": "9.9.9.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"},
			"http://example.com from 192.0.2.1"},
		{"through a proxy", "10.0.0.1:1234", map[string]string{"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "packages.example.org"},
			"https://packages.example.org from 192.0.2.7"},
		{"through a proxy, first hop invented", "10.0.0.1:1234", map[string]string{"X-Forwarded-For": "9.9.9.9, 192.0.2.7"}, "http://example.com from 192.0.2.7"},
		{"through two proxies", "10.0.0.1:1234", map[string]string{"X-Forwarded-For": "9.9.9.9, 192.0.2.7, 10.0.0.2"}, "http://example.com from 192.0.2.7"},
		{"only proxies", "10.0.0.1:1234", map[string]string{"X-Forwarded-For": "10.0.0.3, 10.0.0.2"}, "http://example.com from 10.0.0.3"},
		{"a hop with a port", "10.0.0.1:1234", map[string]string{"X-Forwarded-For": "[2001:db8::7]:99"}, "http://example.com from 2001:db8::7"},
		{"a hop that is none", "10.0.0.1:1234", map[string]string{"X-Forwarded-For": "9.9.9.9, unknown, 10.0.0.2"}, "http://example.com from 10.0.0.2"},
		{"no hop", "10.0.0.1:1234", map[string]string{"X-Forwarded-For": ""}, "http://example.com from 10.0.0.1"},
		{"odd scheme", "10.0.0.1:1234", map[string]string{"X-Forwarded-Proto": "javascript"}, "http://example.com from 10.0.0.1"},
		{"odd host", "10.0.0.1:1234", map[string]string{"X-Forwarded-Host": "a/b"}, "http://example.com from 10.0.0.1"},
		{"two hosts", "10.0.0.1:1234", map[string]string{"X-Forwarded-Host": "evil.example, good.example"}, "http://good.example from 10.0.0.1"},
		{"no address at all", "@", nil, "http://example.com from @"},
	}
	o := options()
	o.TrustedProxies = networks("10.0.0.0/8")
	h := build(t, o)
	for _, test := range tests {
		changes := []func(*http.Request){remote(test.from)}
		for name, value := range test.headers {
			changes = append(changes, header(name, value))
		}
		w := ask(h, "GET", "/api", changes...)
		if got := w.Body.String(); got != "api /api "+test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestPublicAddressWins(t *testing.T) {
	t.Parallel()
	o := options()
	o.PublicURL = "https://packages.example.org"
	w := ask(build(t, o), "GET", "/api", host("evil.example"))
	if got := w.Body.String(); !strings.HasPrefix(got, "api /api https://packages.example.org ") {
		t.Errorf("answer = %q", got)
	}
}

func TestForwardingHeadersStopHere(t *testing.T) {
	t.Parallel()
	o := options()
	o.TrustedProxies = networks("10.0.0.0/8")
	var seen http.Header
	o.API = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r.Header })
	ask(build(t, o), "GET", "/api", remote("10.0.0.1:1"), header("X-Forwarded-For", "1.2.3.4"), header("X-Real-Ip", "1.2.3.4"), header("Accept", "x"))
	if len(seen) != 1 || seen.Get("Accept") != "x" {
		t.Errorf("the surface sees %v", seen)
	}
}

func TestRequestID(t *testing.T) {
	t.Parallel()
	o := options()
	o.TrustedProxies = networks("10.0.0.0/8")
	h := build(t, o)
	tests := []struct {
		name, from, id string
		kept           bool
	}{
		{"from a proxy", "10.0.0.1:1", "abcdef-0123", true},
		{"from anybody", "192.0.2.1:1", "abcdef-0123", false},
		{"too short", "10.0.0.1:1", "abc", false},
		{"with odd characters", "10.0.0.1:1", "abcdefgh\x1b[2J", false},
	}
	for _, test := range tests {
		got := ask(h, "GET", "/api", remote(test.from), header("X-Request-Id", test.id)).Header().Get("X-Request-Id")
		if (got == test.id) != test.kept || got == "" {
			t.Errorf("%s: X-Request-Id %q became %q", test.name, test.id, got)
		}
	}
}

func TestPagesUnderAnotherHost(t *testing.T) {
	t.Parallel()
	tests := []struct {
		public, host, path string
		status             int
	}{
		{"https://packages.example.org", "packages.example.org", "/signin", 200},
		{"https://packages.example.org", "PACKAGES.example.org:443", "/signin", 200},
		{"https://packages.example.org", "packages.example.org:80", "/signin", 421},
		{"http://packages.example.org:8080", "packages.example.org:8080", "/", 200},
		{"http://packages.example.org:8080", "packages.example.org", "/", 421},
		{"https://packages.example.org", "evil.example", "/forgot-password", 421},
		{"https://packages.example.org", "evil.example", "/ada/x", 421},
		{"https://packages.example.org", "localhost:8080", "/", 200},
		{"https://packages.example.org", "127.0.0.1:8080", "/", 200},
		{"https://packages.example.org", "[::1]", "/", 200},
		{"https://packages.example.org", "10.0.0.1", "/health/ready", 200},
		{"https://packages.example.org", "evil.example", "/api", 200},
		{"https://packages.example.org", "evil.example", "/conda/ada/noarch/repodata.json", 200},
		{"", "evil.example", "/", 200},
	}
	for _, test := range tests {
		o := options()
		o.PublicURL = test.public
		if w := ask(build(t, o), "GET", test.path, host(test.host)); w.Code != test.status {
			t.Errorf("%s at %s with Host %s = %d, want %d", test.path, test.public, test.host, w.Code, test.status)
		}
	}
}
