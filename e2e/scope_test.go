package e2e

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"vivarium/app/scaletest"
)

// scopes are those that the contract names, with what each contains.
var scopes = map[string][]string{
	"all": {"api:read", "api:write", "api:modify-group", "conda:download", "conda", "pypi:download", "pypi:upload"}, "api": {"api:read", "api:write", "api:modify-group", "conda"},
	"api:read": {"api:read"}, "api:write": {"api:read", "api:write", "conda"}, "api:modify-group": {"api:modify-group"},
	"repos": {"conda:download", "conda", "pypi:download", "pypi:upload"}, "conda": {"conda:download", "conda"}, "conda:download": {"conda:download"},
	"pypi": {"pypi:download", "pypi:upload"}, "pypi:download": {"pypi:download"}, "pypi:upload": {"pypi:upload"},
}

// TestAnacondaScopes makes tokens with anaconda auth, one for each scope, and does
// with each what each scope is for, by the client that does it: what the token's
// scope contains is done, and all else is refused. Only some of it is tried each day.
func TestAnacondaScopes(t *testing.T) {
	t.Parallel()
	s, _ := stocked(t)
	all := s.addToken("alice", "stock", "all")
	s.uploadAs(all, "--private", tinyn).ok(t)
	s.access(all, "alice/hush", "private")
	s.admin("", "create-org", "acme", "--owner", "alice")
	c := newClient(t, s)
	c.login("alice")
	doors := s.doors(c)
	for scope, contains := range scopes {
		t.Run(scope, func(t *testing.T) {
			token := ""
			for door, try := range doors {
				if !scaletest.Chosen(t, 10, scope+" "+door) {
					continue
				}
				if token == "" {
					token = c.createToken("--name", "for "+scope, "--scopes", scope).ok(t).stdout
				}
				if got, want := try(token), slices.Contains(contains, door); got != want {
					t.Errorf("a token for %s does what takes %s: %t, want %t", scope, door, got, want)
				}
			}
		})
	}
}

// doors are what each scope is for: whether a token could do it.
func (s *server) doors(c *client) map[string]func(token string) bool {
	groups := 0
	twine := newClient(s.t, s)
	return map[string]func(string) bool{
		"api:read": func(token string) bool { return c.anaconda("-t", token, "show", "alice/tinyn").status == 0 },
		"api:write": func(token string) bool {
			return c.anaconda("-t", token, "upload", "--force", archive(s.t, tiny10)).status == 0
		},
		"api:modify-group": func(token string) bool {
			groups++
			return c.anaconda("-t", token, "groups", "add", "acme/g"+strings.Repeat("x", groups)).status == 0
		},
		"conda:download": func(token string) bool {
			a := c.rattler("--channel", s.URL+"/t/"+token+"/conda/alice", s.t.TempDir(), "tinyn")
			return len(a.Files) == 1
		},
		"conda": func(token string) bool {
			file, err := os.Open(archive(s.t, tinydev))
			sure(s.t, err)
			defer file.Close()
			return s.send(http.MethodPut, s.URL+"/conda/alice/"+tinydev, file, "Authorization", "token "+token).status < 300
		},
		"pypi:download": func(token string) bool {
			_, o := c.uv(s.URL+"/pypi/t/"+token+"/alice/simple/", "hush")
			return o.status == 0
		},
		"pypi:upload": func(token string) bool {
			return twine.tool("twine", "upload", "--repository-url", s.URL+"/pypi/alice/", "-u", "__token__", "-p", token, distribution(s.t, leaf10)).status == 0
		},
	}
}
