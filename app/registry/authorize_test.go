package registry_test

import (
	"fmt"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

var (
	readDoor  = model.ScopeAPIRead
	writeDoor = model.ScopeAPIWrite
	condaDoor = model.ScopeCondaDownload
)

// TestPermissions is who may do what to the packages of labs, which brook owns.
func TestPermissions(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	for _, access := range []model.Access{model.Public, model.Authenticated, model.Private} {
		s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: string(access)})
		a := access
		if _, err := s.UpdatePackage(t.Context(), s.Actor(t, "brook"), "labs", string(access), registry.PackageChange{Access: &a}); err != nil {
			t.Fatal(err)
		}
	}
	const ok = model.Internal // the code of no error
	who := []struct {
		name                                              string
		actor                                             func(door model.Scope) model.Actor
		readPublic, readAuthenticated, readPrivate, write model.Code
	}{
		{"anonymous", func(model.Scope) model.Actor { return model.Actor{} }, ok, model.NotFound, model.NotFound, model.Unauthenticated},
		{"an outsider", session(t, s, "casey"), ok, ok, model.NotFound, model.Forbidden},
		{"a site administrator", session(t, s, "ada"), ok, ok, model.NotFound, model.Forbidden},
		{"the owner", session(t, s, "brook"), ok, ok, ok, ok},
		{"the owner's token for all", token(t, s, "brook", "all"), ok, ok, ok, ok},
		{"the owner's token to read", token(t, s, "brook", "api:read"), ok, ok, ok, model.Forbidden},
		{"the owner's token for conda", token(t, s, "brook", "conda"), ok, model.Forbidden, model.Forbidden, model.Forbidden},
		{"labs' own token", token(t, s, "labs", "all"), ok, ok, ok, ok},
		{"an outsider's token", token(t, s, "casey", "all"), ok, ok, model.NotFound, model.Forbidden},
		{"the operator", func(model.Scope) model.Actor { return model.LocalOperator() }, ok, ok, ok, ok},
	}
	summary := "changed"
	for _, w := range who {
		for pkg, want := range map[string]model.Code{"public": w.readPublic, "authenticated": w.readAuthenticated, "private": w.readPrivate} {
			_, err := s.Package(t.Context(), w.actor(readDoor), "labs", pkg)
			check(t, w.name+" reads "+pkg, err, want)
		}
		_, err := s.UpdatePackage(t.Context(), w.actor(writeDoor), "labs", "public", registry.PackageChange{Summary: &summary})
		check(t, w.name+" writes", err, w.write)
	}
}

func check(t *testing.T, what string, err error, want model.Code) {
	t.Helper()
	if got := model.CodeOf(err); got != want || (err == nil) != (want == model.Internal) {
		t.Errorf("%s: %v (%s), want %s", what, err, got, want)
	}
}

func session(t *testing.T, s *registrytest.Site, login string) func(model.Scope) model.Actor {
	return func(model.Scope) model.Actor { return s.Actor(t, login) }
}

func token(t *testing.T, s *registrytest.Site, owner string, scopes ...string) func(model.Scope) model.Actor {
	secret := s.Token(t, owner, scopes...)
	return func(door model.Scope) model.Actor { return s.TokenActor(t, secret, door) }
}

// TestHiddenLooksAbsent compares the words for a private package and for one
// that does not exist.
func TestHiddenLooksAbsent(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t, func(p *registry.Policy) { p.DefaultAccess = model.Private })
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "aaaa"})
	casey := s.Actor(t, "casey")
	calls := map[string]func(name string) error{
		"package": func(n string) error { _, err := s.Package(t.Context(), casey, "labs", n); return err },
		"release": func(n string) error { _, _, err := s.Release(t.Context(), casey, "labs", n, "1.0"); return err },
		"file":    func(n string) error { _, err := s.File(t.Context(), casey, "labs", n, "1.0", "noarch/x"); return err },
		"delete":  func(n string) error { return s.DeletePackage(t.Context(), casey, "labs", n) },
		"conda file": func(n string) error {
			_, err := s.OpenCondaFile(t.Context(), casey, "labs", "", "noarch", n+"-1.0-0.conda")
			return err
		},
		"stage": func(n string) error {
			_, err := s.StageFile(t.Context(), casey, registry.StageRequest{Owner: "labs", Package: n, Version: "1.0", Basename: "noarch/" + n + "-1.0-0.conda", Type: model.Conda})
			return err
		},
	}
	for what, call := range calls {
		hidden, absent := fmt.Sprint(call("aaaa")), fmt.Sprint(call("bbbb"))
		if hidden == "<nil>" || hidden != replace(absent) {
			t.Errorf("%s: hidden says %q, absent %q", what, hidden, absent)
		}
	}
	list, total, err := s.Packages(t.Context(), casey, registry.PackageFilter{Owner: "labs"})
	if err != nil || total != 0 || len(list) != 0 {
		t.Errorf("the list shows %v, %d, %v", list, total, err)
	}
}

func replace(s string) string {
	out := []byte(s)
	for i := range out {
		if i+4 <= len(out) && string(out[i:i+4]) == "bbbb" {
			copy(out[i:], "aaaa")
		}
	}
	return string(out)
}

// TestAnonymousFalse checks that nothing is served without a credential when the
// site is closed, not even whether a name exists.
func TestAnonymousFalse(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t, func(p *registry.Policy) { p.Anonymous = false })
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "tiny"})
	anonymous := model.Actor{}
	for _, owner := range []string{"labs", "nobody"} {
		_, err := s.Package(t.Context(), anonymous, owner, "tiny")
		check(t, "package of "+owner, err, model.Unauthenticated)
		_, err = s.OpenIndex(t.Context(), anonymous, owner, "main", "noarch", model.Repodata)
		check(t, "index of "+owner, err, model.Unauthenticated)
	}
	_, _, err := s.Packages(t.Context(), anonymous, registry.PackageFilter{})
	check(t, "list", err, model.Unauthenticated)
	_, err = s.Package(t.Context(), s.Actor(t, "casey"), "labs", "tiny")
	check(t, "signed in", err, model.Internal)
	_, err = s.OpenIndex(t.Context(), token(t, s, "casey", "api:read")(condaDoor), "labs", "main", "noarch", model.Repodata)
	check(t, "index without the scope", err, model.Forbidden)
}

func TestRequireSelf(t *testing.T) {
	t.Parallel()
	door := []model.Scope{model.ScopeAPIRead}
	tests := []struct {
		name  string
		actor model.Actor
		want  model.Code
		names string
	}{
		{"anonymous", model.Actor{Door: door}, model.Unauthenticated, "Sign in"},
		{"token without the scope", model.Actor{AccountID: 1, TokenID: 1, Scopes: model.ScopeSet{model.ScopeConda}, Door: door}, model.Forbidden, "api:read"},
	}
	for _, tt := range tests {
		err := registry.RequireSelf(tt.actor)
		if model.CodeOf(err) != tt.want || !strings.Contains(err.Error(), tt.names) {
			t.Errorf("%s: RequireSelf = %v, want %v naming %q", tt.name, err, tt.want, tt.names)
		}
	}
	for _, a := range []model.Actor{{AccountID: 1, Door: door}, {AccountID: 1, TokenID: 1, Scopes: model.AllScopes, Door: door}, {AccountID: 1, TokenID: 1}} {
		if err := registry.RequireSelf(a); err != nil {
			t.Errorf("RequireSelf(%+v) = %v", a, err)
		}
	}
}
