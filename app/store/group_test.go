package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestGroupRoundTrip(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	org := w.account("labs", model.Organization)
	g := model.Group{OrganizationID: org.ID, Name: "builders", Permission: model.Write, AllPackages: true, CreatedAt: noon}
	check(t, w.InsertGroup(ctx, &g))
	same(t, "group", get(w.Group(ctx, org.ID, "builders"))(t), g)
	_, err := w.Group(ctx, org.ID, "readers")
	fails(t, err, model.NotFound, `Group "readers" does not exist.`)
	fails(t, w.InsertGroup(ctx, &g), model.Conflict, `Group "builders" exists already.`)
}

func TestMembers(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	org := w.organization("labs", ada)
	g := w.group(org, "builders", model.Write, brook)
	fails(t, w.AddMember(ctx, g.ID, brook.ID, noon), model.Conflict, "Member exists already.")
	same(t, "ada owns", get(w.IsOwner(ctx, org.ID, ada.ID))(t), true)
	same(t, "brook owns", get(w.IsOwner(ctx, org.ID, brook.ID))(t), false)
	check(t, w.RemoveMember(ctx, g.ID, brook.ID))
	fails(t, w.RemoveMember(ctx, g.ID, brook.ID), model.NotFound, "Member does not exist.")
	if model.CodeOf(w.AddMember(ctx, 77, ada.ID, noon)) != model.Internal {
		t.Error("a member of no group was taken for something that people can put right")
	}
}

func TestOrganizationMembers(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	org := w.organization("labs", ada)
	w.group(org, "writers", model.Write, brook, ada)
	w.group(org, "readers", model.Read, brook)
	w.organization("garden", w.user("casey"))
	list := get(w.OrganizationMembers(ctx, org.ID))(t)
	same(t, "members", list, []model.Member{
		{Account: ada, Groups: []string{"writers", model.OwnersGroup}}, {Account: brook, Groups: []string{"readers", "writers"}},
	})
}

func TestOrganizationsOfAUser(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	brook.Disabled = true
	check(t, w.UpdateAccount(ctx, &brook, "disabled"))
	w.organization("zoo", ada)
	w.organization("labs", ada, brook)
	garden := w.organization("garden", brook)
	w.group(garden, "builders", model.Write, ada)
	w.group(garden, "readers", model.Read, ada)

	same(t, "member of", logins(get(w.Organizations(ctx, ada.ID))(t)), []string{"garden", "labs", "zoo"})
	same(t, "owns", logins(get(w.OrganizationsOwned(ctx, ada.ID))(t)), []string{"labs", "zoo"})
	same(t, "owns alone", logins(get(w.OrganizationsSoleOwned(ctx, ada.ID))(t)), []string{"zoo"})
	same(t, "brook owns alone", logins(get(w.OrganizationsSoleOwned(ctx, brook.ID))(t)), []string{"garden"})
}

func TestMemberships(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	w.organization("labs", ada, brook)
	garden := w.organization("garden", brook)
	g := w.group(garden, "builders", model.Write)
	check(t, w.AddMember(ctx, g.ID, ada.ID, noon.Add(time.Hour)))
	same(t, "memberships", get(w.Memberships(ctx, ada.ID))(t), []model.Membership{
		{Organization: "garden", Group: "builders", Permission: model.Write, Login: "ada", Members: 1, Since: noon.Add(time.Hour)},
		{Organization: "labs", Group: model.OwnersGroup, Permission: model.Admin, Login: "ada", Members: 2, Since: noon},
	})
}
