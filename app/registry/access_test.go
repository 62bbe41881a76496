package registry_test

import (
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
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
