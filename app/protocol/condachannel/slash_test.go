package condachannel_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// withoutSlash are the addresses of pages below every form of a channel's, as people
// paste them.
var withoutSlash = []string{"brook", "Brook", "brook/noarch", "brook/future-128", "brook/label/dev", "brook/label/a/b/c", "brook/label/a/x-y/z", "brook/label/a/my-own", "brook/label/dev/noarch"}

// TestMissingSlash leads from the address without the last slash to the page, with
// the query, and repeats no token.
func TestMissingSlash(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	for _, prefix := range []string{"/conda/", "/conda/t/" + token + "/", "/t/" + token + "/conda/", "/t/" + token + "/", "/artifactory/"} {
		for _, path := range withoutSlash {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				w := s.do(t, method, prefix+path+"?after=x")
				if w.Code != http.StatusPermanentRedirect || w.Body.Len() > 0 || w.Header().Get("Cache-Control") != "private, no-store" {
					t.Errorf("%s %s: %d %v %s", method, prefix+path, w.Code, w.Header(), w.Body)
				}
				checkNoTrace(t, w, token)
				checkLeads(t, prefix+path, w.Header().Get("Location"))
			}
		}
	}
	for _, path := range []string{"/brook/noarch", "/brook/label/dev"} {
		checkLeads(t, path, s.get(t, http.StatusPermanentRedirect, path+"?after=x").Header().Get("Location"))
	}
}

// checkLeads fails unless a redirect from path leads to the same with a slash.
func checkLeads(t *testing.T, path, location string) {
	t.Helper()
	from, err := url.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	to, err := from.Parse(location)
	if want := strings.Replace(path, "Brook", "brook", 1) + "/?after=x"; err != nil || to.String() != want {
		t.Errorf("%s leads to %v, %v, want %s", path, to, err, want)
	}
}

// TestMissingSlashOpensNothing: who is refused the page hears the same without the
// slash.
func TestMissingSlashOpensNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.closeChannel(t)
	casey, api := s.Token(t, "casey", "conda:download"), s.Token(t, "casey", "api")
	for _, path := range append(withoutSlash, "nobody", "nobody/noarch") {
		for _, credential := range []string{"", "viv-wrong", casey, api} {
			paths := []string{"/conda/" + path}
			if credential != "" {
				paths = append(paths, "/conda/t/"+credential+"/"+path)
			}
			for _, path := range paths {
				var headers []string
				if !strings.Contains(path, "/t/") && credential != "" {
					headers = []string{"Authorization", "token " + credential}
				}
				page, without := s.do(t, http.MethodGet, path+"/", headers...), s.do(t, http.MethodGet, path, headers...)
				if page.Code == http.StatusOK {
					page.Code = http.StatusPermanentRedirect
				}
				if page.Code != without.Code || page.Code >= 400 && page.Body.String() != without.Body.String() {
					t.Errorf("%s %v: %d %s, and with a slash %d %s", path, headers, without.Code, without.Body, page.Code, page.Body)
				}
			}
		}
	}
}

// TestUploadsNeedTheirAddress: a redirect is for who reads.
func TestUploadsNeedTheirAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{"/conda/brook", "/conda/brook/noarch"} {
		if w := s.do(t, http.MethodPut, path); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "SUBDIR/FILE") {
			t.Errorf("PUT %s: %d %s", path, w.Code, w.Body)
		}
		if w := s.do(t, http.MethodPost, path); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("POST %s: %d %s", path, w.Code, w.Body)
		}
	}
}
