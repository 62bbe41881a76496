package model

import (
	"slices"
	"strings"
	"testing"
)

// TestScopes is the whole table: what each scope grants.
func TestScopes(t *testing.T) {
	t.Parallel()
	grants := map[Scope]string{
		ScopeAll:            "all api api:read api:write api:modify-group repos conda conda:download pypi pypi:download pypi:upload",
		ScopeAPI:            "api api:read api:write api:modify-group",
		ScopeAPIRead:        "api:read",
		ScopeAPIWrite:       "api:read api:write",
		ScopeAPIModifyGroup: "api:modify-group",
		ScopeRepos:          "repos conda conda:download pypi pypi:download pypi:upload",
		ScopeConda:          "conda conda:download",
		ScopeCondaDownload:  "conda:download",
		ScopePyPI:           "pypi pypi:download pypi:upload",
		ScopePyPIDownload:   "pypi:download",
		ScopePyPIUpload:     "pypi:upload",
	}
	if len(grants) != len(Scopes) {
		t.Fatalf("%d scopes, want %d", len(Scopes), len(grants))
	}
	for have, list := range grants {
		want := strings.Fields(list)
		for _, i := range Scopes {
			if got := (ScopeSet{have}).Has(i.Scope); got != slices.Contains(want, string(i.Scope)) {
				t.Errorf("%s grants %s: %v", have, i.Scope, got)
			}
		}
	}
}

func TestParseScopes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "all", "conda:download repos": "repos conda:download", "api:write,": "", "API": "", "repos repos": "repos",
	} {
		set, err := ParseScopes(strings.Split(in, " "))
		if set.String() != want || (err == nil) != (want != "") {
			t.Errorf("ParseScopes(%q) is %q, %v, want %q", in, set, err, want)
		}
	}
}

func TestPathScopes(t *testing.T) {
	t.Parallel()
	for in, want := range map[Scope]string{
		ScopeAll: "conda:download pypi:download", ScopeConda: "conda:download", ScopeAPIWrite: "", ScopePyPIUpload: "", ScopePyPI: "pypi:download",
	} {
		if got := (ScopeSet{in}).Within(PathScopes).String(); got != want {
			t.Errorf("%s in a path is %q, want %q", in, got, want)
		}
	}
}

func TestPassesDoor(t *testing.T) {
	t.Parallel()
	door := []Scope{ScopeAPIWrite, ScopeConda}
	for _, tt := range []struct {
		actor Actor
		want  bool
	}{
		{Actor{Door: door}, true}, // no token: nothing limits it
		{Actor{TokenID: 1, Door: door, Scopes: ScopeSet{ScopeConda}}, true},
		{Actor{TokenID: 1, Door: door, Scopes: ScopeSet{ScopeAPIRead}}, false},
		{Actor{TokenID: 1, Door: door}, false},
		{Actor{TokenID: 1}, true}, // the route asks for none
	} {
		if got := tt.actor.PassesDoor(); got != tt.want {
			t.Errorf("%+v passes: %v", tt.actor, got)
		}
	}
}
