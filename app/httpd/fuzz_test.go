package httpd

import (
	"net/url"
	"strings"
	"testing"
)

func FuzzSafePath(f *testing.F) {
	const secret = "viv-0123456789abcdefABCDEF"
	for _, seed := range []string{"/t/%s/ada", "/conda/t/%s/ada", "/%%74/%s", "//t//%s", "/ada/x%s", "/t%%2f%s", "/%%2574/%s", "/\n%s"} {
		f.Add(strings.Replace(seed, "%s", secret, 1))
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := url.ParseRequestURI(raw)
		if err != nil {
			return
		}
		got := safePath(u)
		if strings.Contains(got, secret) || strings.ContainsFunc(got, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("safePath(%q) = %q", raw, got)
		}
	})
}

func FuzzPlainPath(f *testing.F) {
	for _, seed := range []string{"/a/b", "/a/../b", "/a%2f..%2fb", "/%2e%2e/", "/a//b", "/api/x%2fy", `/a%5cb`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := url.ParseRequestURI(raw)
		if err != nil || !plainPath(segmentsOf(u.EscapedPath()), true) {
			return
		}
		for _, part := range strings.Split(strings.TrimSuffix(u.Path, "/"), "/")[1:] {
			if part == "" || part == "." || part == ".." || strings.ContainsAny(part, "\x00\\") {
				t.Errorf("%q passes with the part %q", raw, part)
			}
		}
	})
}
