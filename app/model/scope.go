package model

import (
	"slices"
	"strings"
)

// Scope is what a token may do at most.
type Scope string

// The eleven scopes. Some are the sum of others.
const (
	ScopeAll            Scope = "all"
	ScopeAPI            Scope = "api"
	ScopeAPIRead        Scope = "api:read"
	ScopeAPIWrite       Scope = "api:write"
	ScopeAPIModifyGroup Scope = "api:modify-group"
	ScopeRepos          Scope = "repos"
	ScopeConda          Scope = "conda"
	ScopeCondaDownload  Scope = "conda:download"
	ScopePyPI           Scope = "pypi"
	ScopePyPIDownload   Scope = "pypi:download"
	ScopePyPIUpload     Scope = "pypi:upload"
)

// ScopeInfo describes a scope to people.
type ScopeInfo struct {
	Scope       Scope
	Description string
	Includes    []Scope
}

// Scopes lists every scope in the order that forms and GET /scopes show them.
var Scopes = []ScopeInfo{
	{ScopeAll, "Everything you can do yourself, except managing passwords and creating tokens", []Scope{ScopeAPI, ScopeRepos}},
	{ScopeAPI, "Everything the API offers", []Scope{ScopeAPIRead, ScopeAPIWrite, ScopeAPIModifyGroup}},
	{ScopeAPIRead, "Read packages, files, labels and accounts over the API", nil},
	{ScopeAPIWrite, "Upload, change and remove packages, files and labels", []Scope{ScopeAPIRead}},
	{ScopeAPIModifyGroup, "Create groups and change their members and packages", nil},
	{ScopeRepos, "Install and upload conda and Python packages", []Scope{ScopeConda, ScopePyPI}},
	{ScopeConda, "Install from and upload to conda channels", []Scope{ScopeCondaDownload}},
	{ScopeCondaDownload, "Install from conda channels", nil},
	{ScopePyPI, "Install from and upload to Python indexes", []Scope{ScopePyPIDownload, ScopePyPIUpload}},
	{ScopePyPIDownload, "Install from Python indexes", nil},
	{ScopePyPIUpload, "Upload with twine, uv and other Python tools", nil},
}

// ScopeSet is a set of scopes as granted to a token, unexpanded and in the order
// of Scopes.
type ScopeSet []Scope

// AllScopes is what a session or a password carries.
var AllScopes = ScopeSet{ScopeAll}

// PathScopes is the most that a token in a URL's path carries: downloads.
var PathScopes = ScopeSet{ScopeCondaDownload, ScopePyPIDownload}

// ParseScopes reads scope names. None at all means ScopeAll, as the Binstar API
// has it. It fails with Invalid on a name that is not a scope.
func ParseScopes(names []string) (ScopeSet, error) {
	var set ScopeSet
	for _, n := range names {
		n = strings.TrimSpace(n)
		if n == "" {
			continue
		}
		if !slices.ContainsFunc(Scopes, func(i ScopeInfo) bool { return i.Scope == Scope(n) }) {
			return nil, FieldErrorf("scopes", "%q is not a scope. The scopes are %s.", n, scopeNames())
		}
		if !slices.Contains(set, Scope(n)) {
			set = append(set, Scope(n))
		}
	}
	if len(set) == 0 {
		return slices.Clone(AllScopes), nil
	}
	slices.SortFunc(set, func(a, b Scope) int { return scopeRank(a) - scopeRank(b) })
	return set, nil
}

// Has reports whether the set grants want, directly or through a scope that
// includes it.
func (s ScopeSet) Has(want Scope) bool {
	return slices.ContainsFunc(s, func(have Scope) bool { return have.includes(want) })
}

// HasAny reports whether the set grants at least one of want.
func (s ScopeSet) HasAny(want ...Scope) bool { return slices.ContainsFunc(want, s.Has) }

// Within returns the leaf scopes that both sets grant.
func (s ScopeSet) Within(limit ScopeSet) ScopeSet {
	var out ScopeSet
	for _, i := range Scopes {
		if s.Has(i.Scope) && limit.Has(i.Scope) {
			out = append(out, i.Scope)
		}
	}
	return out
}

// Strings returns the scope names.
func (s ScopeSet) Strings() []string {
	out := make([]string, len(s))
	for i, v := range s {
		out[i] = string(v)
	}
	return out
}

// String returns the names separated by blanks, which is how they are stored.
func (s ScopeSet) String() string { return strings.Join(s.Strings(), " ") }

func (s Scope) includes(want Scope) bool {
	if s == want {
		return true
	}
	i := slices.IndexFunc(Scopes, func(i ScopeInfo) bool { return i.Scope == s })
	return i >= 0 && slices.ContainsFunc(Scopes[i].Includes, func(sub Scope) bool { return sub.includes(want) })
}

func scopeRank(s Scope) int {
	return slices.IndexFunc(Scopes, func(i ScopeInfo) bool { return i.Scope == s })
}

func scopeNames() string {
	names := make([]string, len(Scopes))
	for i, s := range Scopes {
		names[i] = string(s.Scope)
	}
	return strings.Join(names, ", ")
}
