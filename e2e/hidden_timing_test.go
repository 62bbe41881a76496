package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"vivarium/app/scaletest"
)

// TestT12HiddenTiming compares how long it takes to hear that there is nothing, of
// what is hidden and of what is absent, on every surface and as anonymous and a
// stranger. TEST_SCALE=1 asks 400 times and wants the medians within 5 % or 50
// microseconds of each other. Else the machine may be busy, so the quickest of a few
// are compared, which other work disturbs least.
func TestT12HiddenTiming(t *testing.T) {
	s := startServerOn(t, t.TempDir(), []string{"VIVARIUM_LIMITS_REQUESTS_PER_MINUTE=0"})
	s.addUser("alice")
	s.addUser("bob")
	all, stranger := s.addToken("alice", "stock", "all"), s.addToken("bob", "ci", "all")
	s.uploadAs(all, "--private", tinyn).ok(t)
	newClient(t, s).tool("twine", "upload", "--repository-url", s.URL+"/pypi/alice/", "-u", "__token__", "-p", all, distribution(t, "hush-1.0-py3-none-any.whl")).ok(t)
	s.access(all, "alice/hush", "private")
	sha := s.project("/pypi/alice/simple/hush/", "Authorization", "token "+all).Files[0]
	tests := []struct{ hidden, absent string }{
		{"/conda/alice/noarch/tinyn-0.1-0.conda", "/conda/alice/noarch/tinyz-0.1-0.conda"},
		{"/api/package/alice/tinyn", "/api/package/alice/tinyz"},
		{"/api/dist/alice/tinyn/0.1/noarch/tinyn-0.1-0.conda", "/api/dist/alice/tinyz/0.1/noarch/tinyz-0.1-0.conda"},
		{"/pypi/alice/simple/hush/", "/pypi/alice/simple/husz/"},
		{"/pypi/alice/simple/hush/" + sha.Hashes["sha256"] + "/" + sha.Filename, "/pypi/alice/simple/husz/" + sha.Hashes["sha256"] + "/" + sha.Filename},
		{"/alice/packages/hush", "/alice/packages/husz"},
		{"/api/search?name=hush", "/api/search?name=husz"},
	}
	for _, tt := range tests {
		for who, token := range map[string]string{"anonymous": "", "a stranger": stranger} {
			name := fmt.Sprintf("%s as %s", tt.hidden, who)
			ask := func(path string) {
				if got := s.status(token, path); got != http.StatusNotFound && got != http.StatusOK {
					t.Fatalf("%s: %d", path, got)
				}
			}
			tries := scaletest.Count(t, 400, 40)
			hidden, absent := timed(tries, ask, tt.hidden, tt.absent)
			if scaletest.Share(t) >= 1 {
				alike(t, name, median(hidden), median(absent), 50*time.Microsecond, 0.05)
				continue
			}
			alike(t, name, slices.Min(hidden), slices.Min(absent), 300*time.Microsecond, 0.4)
		}
	}
}
