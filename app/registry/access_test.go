package registry_test

import (
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func TestSetAccess(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	set := func(actor model.Actor, access model.Access, names ...string) error {
		return s.SetAccess(t.Context(), actor, "labs", names, access)
	}
	check(t, "by a stranger", set(s.Actor(t, "casey"), model.Public, "one"), model.Forbidden)
	group(t, s, registry.NewGroup{Name: "managers", Permission: model.Admin}, "mallory", "one")
	check(t, "by an admin of that package", set(s.Actor(t, "mallory"), model.Public, "one"), model.Forbidden)
	check(t, "nothing chosen", set(brook, model.Public), model.Invalid)
	check(t, "no access level", set(brook, "secret", "one"), model.Invalid)
	check(t, "one that does not exist", set(brook, model.Public, "one", "none"), model.NotFound)
	if got := index(t, s, model.Actor{}, "main", "noarch"); len(got) != 0 {
		t.Errorf("a refused change has changed %v", got)
	}
	check(t, "both", set(brook, model.Public, "one", "two"), model.Internal)
	if got := index(t, s, model.Actor{}, "main", "noarch"); len(got) != 2 {
		t.Errorf("the index lists %v", got)
	}
}

// TestAccessIsOneChange: whichever way the access of packages goes, the change log is
// told of each once, and of none that keeps its own.
func TestAccessIsOneChange(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	lines := func(what string, want int64, change func() error) {
		t.Helper()
		before := channelSeq(t, s)
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if got := channelSeq(t, s) - before; got != want {
			t.Errorf("%s: %d lines, want %d", what, got, want)
		}
	}
	update := func(access model.Access, summary string) func() error {
		return func() error {
			_, err := s.UpdatePackage(t.Context(), brook, "labs", "one", registry.PackageChange{Access: &access, Summary: &summary})
			return err
		}
	}
	lines("widened", 1, update(model.Public, ""))
	lines("narrowed, and described", 1, update(model.Authenticated, "Counts"))
	lines("described", 1, update(model.Authenticated, "Counts corals"))
	lines("as it is", 0, update(model.Authenticated, "Counts corals"))
	set := func(access model.Access) func() error {
		return func() error { return s.SetAccess(t.Context(), brook, "labs", []string{"one", "two"}, access) }
	}
	lines("one of two", 1, set(model.Authenticated))
	lines("two widened", 2, set(model.Public))
	if got := index(t, s, model.Actor{}, "main", "noarch"); len(got) != 2 {
		t.Errorf("anyone's index lists %v", got)
	}
	lines("two narrowed", 2, set(model.Private))
	if got := index(t, s, model.Actor{}, "main", "noarch"); len(got) != 0 {
		t.Errorf("anyone's index lists %v", got)
	}
}

// channelSeq is the number of the last line of labs' change log.
func channelSeq(t *testing.T, s *registrytest.Site) int64 {
	t.Helper()
	a, err := s.Store.Account(t.Context(), "labs")
	if err != nil {
		t.Fatal(err)
	}
	return a.Seq
}
