package main

import (
	"net"
	"testing"

	"vivarium/app/config"
)

func TestSiteURL(t *testing.T) {
	t.Parallel()
	tests := []struct{ public, cert, listening, want string }{
		{"", "", "127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"", "", "[::]:8080", "http://localhost:8080"},
		{"", "", "0.0.0.0:80", "http://localhost:80"},
		{"", "", "[::1]:8080", "http://[::1]:8080"},
		{"", "cert.pem", "[::]:443", "https://localhost:443"},
		{"https://packages.example.org", "", "[::]:8080", "https://packages.example.org"},
	}
	for _, test := range tests {
		address, err := net.ResolveTCPAddr("tcp", test.listening)
		if err != nil {
			t.Fatal(err)
		}
		c := config.Default()
		c.PublicURL, c.TLS.Cert = test.public, test.cert
		if got := siteURL(c, address.String()); got != test.want {
			t.Errorf("siteURL(%q, %q, %s) = %s, want %s", test.public, test.cert, test.listening, got, test.want)
		}
	}
}

func TestHealthURL(t *testing.T) {
	t.Parallel()
	for listen, want := range map[string]string{
		":8080":          "http://localhost:8080/health/ready",
		"0.0.0.0:1":      "http://localhost:1/health/ready",
		"[::]:1":         "http://localhost:1/health/ready",
		"127.0.0.1:8080": "http://127.0.0.1:8080/health/ready",
		"[::1]:8080":     "http://[::1]:8080/health/ready",
		"example.org:80": "http://example.org:80/health/ready",
	} {
		c := config.Default()
		c.Listen = listen
		if got := healthURL(c); got != want {
			t.Errorf("healthURL(%s) = %s, want %s", listen, got, want)
		}
	}
}

func TestGoRunIsRecognized(t *testing.T) {
	t.Parallel()
	const hash = "ec5b2ce2fa7e3ed39064d5dd33d421c84d8f1979fac504b142cee3c62e02192c"
	for path, want := range map[string]bool{
		"/tmp/go-build1890411074/b001/exe/app":            true,
		"/home/ada/.cache/go-build/ec/" + hash + "-d/app": true,
		"/var/cache/elsewhere/ec/" + hash + "-d/app":      true,
		"/home/ada/go/bin/app":                            false,
		"/usr/local/bin/app":                              false,
		"/home/ada/go-build/app":                          false,
	} {
		if got := goRunPattern.MatchString(path); got != want {
			t.Errorf("%s: go run = %v, want %v", path, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"./app":    "./app",
		"my data":  "'my data'",
		"it's":     `'it'\''s'`,
		"$HOME":    "'$HOME'",
		"":         "''",
		"a;b":      "'a;b'",
		"data/é":   "'data/é'",
		"-x=1,b@c": "-x=1,b@c",
	} {
		if got := quote(word); got != want {
			t.Errorf("quote(%q) = %s, want %s", word, got, want)
		}
	}
}
