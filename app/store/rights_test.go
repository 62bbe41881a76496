package store

import (
	"slices"
	"testing"

	"vivarium/app/model"
)

func TestGrants(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	labs := w.organization("labs", ada)
	x, y := w.pkg(labs, "x", model.Private), w.pkg(labs, "y", model.Private)
	readers := w.group(labs, "readers", model.Read, brook)
	w.group(labs, "empty", model.Admin, brook)
	check(t, w.AddGroupPackage(ctx, readers.ID, x.ID, noon))
	check(t, w.SetCollaborator(ctx, y.ID, brook.ID, model.Read, noon))
	check(t, w.SetCollaborator(ctx, y.ID, brook.ID, model.Write, noon))
	want := []Grant{
		{AccountID: labs.ID, PackageID: x.ID, Permission: model.Read, Base: model.Read, Source: "group readers"},
		{AccountID: labs.ID, PackageID: y.ID, Permission: model.Write, Source: "collaborator"},
	}
	same(t, "in labs", get(w.Grants(ctx, brook.ID, labs.ID))(t), want)
	same(t, "elsewhere", len(get(w.Grants(ctx, brook.ID, ada.ID))(t)), 0)
	same(t, "an owner's are not grants", len(get(w.Grants(ctx, ada.ID, labs.ID))(t)), 0)

	granted(t, w, brook, x, model.Read, model.NoAccess, model.Write, x.ID, y.ID)
	granted(t, w, brook, y, model.Write, model.NoAccess, model.Write, x.ID, y.ID)
	granted(t, w, ada, x, model.Admin, model.Admin, model.Admin)

	readers.AllPackages = true
	check(t, w.UpdateGroup(ctx, &readers))
	all := get(w.Grants(ctx, brook.ID, labs.ID))(t)
	same(t, "on all packages", all[0], Grant{AccountID: labs.ID, Permission: model.Read, Base: model.Read, Source: "group readers"})
	granted(t, w, brook, w.pkg(labs, "z", model.Private), model.Read, model.Read, model.Write, x.ID, y.ID)
	check(t, w.DeleteGroup(ctx, readers.ID))
	check(t, w.RemoveCollaborator(ctx, y.ID, brook.ID))
	same(t, "when all is taken back", len(get(w.Grants(ctx, brook.ID, labs.ID))(t)), 0)
}

// granted asks for what decisions are made by: on the package, on all of its
// account, on any of them, and the packages one by one.
func granted(t *testing.T, w *world, user model.Account, p model.Package, on, onAll, onAny model.Permission, packages ...int64) {
	t.Helper()
	ctx := t.Context()
	same(t, user.Login+" on "+p.Name, get(w.GrantedOn(ctx, user.ID, p.AccountID, p.ID))(t), on)
	same(t, user.Login+" on all", get(w.GrantedOnAll(ctx, user.ID, p.AccountID))(t), onAll)
	same(t, user.Login+" on any", get(w.GrantedOnAny(ctx, user.ID, p.AccountID))(t), onAny)
	set := get(w.GrantSet(ctx, user.ID, p.AccountID))(t)
	same(t, user.Login+"'s packages", slices.Equal(set.Packages, packages), true)
	same(t, "a key for some", set.Key != "", len(packages) > 0)
	same(t, "nothing elsewhere", get(w.GrantedOnAny(ctx, user.ID, user.ID))(t), model.NoAccess)
}

// TestLevels gives a group another permission on one package than on the other.
func TestLevels(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	labs := w.organization("labs", ada)
	x, y := w.pkg(labs, "x", model.Private), w.pkg(labs, "y", model.Private)
	g := w.group(labs, "crew", model.Read, brook)
	check(t, w.AddGroupPackage(ctx, g.ID, x.ID, noon))
	check(t, w.SetGroupPackage(ctx, g.ID, y.ID, model.Write, noon))
	same(t, "levels", get(w.GroupLevels(ctx, g.ID))(t), map[int64]model.Permission{x.ID: model.Read, y.ID: model.Write})
	check(t, w.SetGroupPackage(ctx, g.ID, y.ID, model.Admin, noon))
	same(t, "grants", get(w.Grants(ctx, brook.ID, labs.ID))(t), []Grant{
		{AccountID: labs.ID, PackageID: x.ID, Permission: model.Read, Base: model.Read, Source: "group crew"},
		{AccountID: labs.ID, PackageID: y.ID, Permission: model.Admin, Base: model.Read, Source: "group crew"},
	})
	granted(t, w, brook, y, model.Admin, model.NoAccess, model.Admin, x.ID, y.ID)
	granted(t, w, brook, x, model.Read, model.NoAccess, model.Admin, x.ID, y.ID)
	on := get(w.PackageGroups(ctx, y.ID))(t)
	same(t, "groups of y", on, []model.Group{{ID: g.ID, OrganizationID: labs.ID, Name: "crew", Permission: model.Admin, CreatedAt: noon, Members: 1, Packages: 2}})
	g.Permission = model.Write
	check(t, w.UpdateGroup(ctx, &g))
	same(t, "only what follows the group changes", get(w.GroupLevels(ctx, g.ID))(t), map[int64]model.Permission{x.ID: model.Write, y.ID: model.Admin})
	w.group(w.organization("reef", brook), "crew", model.Read)
	other := w.group(labs, "more", model.Read)
	check(t, w.AddGroupPackage(ctx, other.ID, x.ID, noon))
	same(t, "levels of all groups", get(w.AttachedLevels(ctx, labs.ID))(t), map[int64]map[int64]model.Permission{
		g.ID: {x.ID: model.Write, y.ID: model.Admin}, other.ID: {x.ID: model.Read},
	})
	check(t, w.SetGroupPackage(ctx, g.ID, y.ID, model.NoAccess, noon))
	same(t, "back to the group's", get(w.GroupLevels(ctx, g.ID))(t)[y.ID], model.Write)
}

func TestGroupLists(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	labs := w.organization("labs", ada)
	x := w.pkg(labs, "x", model.Public)
	g := w.group(labs, "all", model.Write, brook, ada)
	check(t, w.AddGroupPackage(ctx, g.ID, x.ID, noon))
	fails(t, w.AddGroupPackage(ctx, g.ID, x.ID, noon), model.Conflict, "Package of the group exists already.")
	groups := get(w.Groups(ctx, labs.ID))(t)
	same(t, "Owners first", groups[0].Name, model.OwnersGroup)
	same(t, "members", groups[1].Members, 2)
	same(t, "packages", groups[1].Packages, 1)
	same(t, "by login", get(w.Members(ctx, g.ID))(t)[0].Login, "ada")
	same(t, "attached", get(w.GroupPackages(ctx, g.ID))(t)[0].Name, "x")
	same(t, "groups of x", get(w.PackageGroups(ctx, x.ID))(t)[0].Name, "all")
	check(t, w.SetCollaborator(ctx, x.ID, brook.ID, model.Read, noon))
	same(t, "collaborators", get(w.Collaborators(ctx, x.ID))(t)[0].Login, "brook")
	check(t, w.RemoveGroupPackage(ctx, g.ID, x.ID))
	fails(t, w.RemoveGroupPackage(ctx, g.ID, x.ID), model.NotFound, "Package of the group does not exist.")
}

func TestSightOfSinglePackages(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	x := w.pkg(ada, "x", model.Private)
	w.pkg(ada, "y", model.Private)
	w.conda(x, "1.0", "noarch", "main")
	list, total, err := w.Packages(ctx, PackageQuery{Sight: Sight{SignedIn: true, Packages: []int64{x.ID}}})
	check(t, err)
	same(t, "seen", total, 1)
	same(t, "name", list[0].Name, "x")
	same(t, "records", len(recordsOfView(t, w, ChannelView{ada.ID, "main", Sight{Packages: []int64{x.ID}}}, "noarch")), 1)
}
