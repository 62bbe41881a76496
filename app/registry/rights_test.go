package registry_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// group makes a group of labs with a member and packages.
func group(t *testing.T, s *registrytest.Site, in registry.NewGroup, member string, packages ...string) {
	t.Helper()
	brook := s.Actor(t, "brook")
	if _, err := s.CreateGroup(t.Context(), brook, "labs", in); err != nil {
		t.Fatal(err)
	}
	if err := s.AddGroupMember(t.Context(), brook, "labs", in.Name, member); err != nil {
		t.Fatal(err)
	}
	for _, p := range packages {
		if err := s.AttachPackage(t.Context(), brook, "labs", in.Name, p); err != nil {
			t.Fatal(err)
		}
	}
}

func privateLabs(t *testing.T) *registrytest.Site {
	t.Helper()
	s := registrytest.New(t, func(p *registry.Policy) { p.DefaultAccess = model.Private })
	for _, name := range []string{"one", "two"} {
		s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: name})
	}
	return s
}

// TestGroupRights is what casey gains in labs from each kind of group, and only
// that.
func TestGroupRights(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	tests := []struct {
		name                              string
		group                             registry.NewGroup
		attach                            []string
		readOne, readTwo, writeOne, grant model.Code
		create                            model.Code
	}{
		{"none", registry.NewGroup{Permission: model.Read}, nil, model.NotFound, model.NotFound, model.NotFound, model.NotFound, model.Forbidden},
		{"read one", registry.NewGroup{Permission: model.Read}, []string{"one"}, ok, model.NotFound, model.Forbidden, model.Forbidden, model.Forbidden},
		{"write one", registry.NewGroup{Permission: model.Write}, []string{"one"}, ok, model.NotFound, ok, model.Forbidden, model.Forbidden},
		{"admin of one", registry.NewGroup{Permission: model.Admin}, []string{"one"}, ok, model.NotFound, ok, ok, model.Forbidden},
		{"read all", registry.NewGroup{Permission: model.Read, AllPackages: true}, nil, ok, ok, model.Forbidden, model.Forbidden, model.Forbidden},
		{"write all", registry.NewGroup{Permission: model.Write, AllPackages: true}, nil, ok, ok, ok, model.Forbidden, ok},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := privateLabs(t)
			tt.group.Name = "crew"
			group(t, s, tt.group, "casey", tt.attach...)
			casey, summary := s.Actor(t, "casey"), "new"
			_, err := s.Package(t.Context(), casey, "labs", "one")
			check(t, "read one", err, tt.readOne)
			_, err = s.Package(t.Context(), casey, "labs", "two")
			check(t, "read two", err, tt.readTwo)
			_, err = s.UpdatePackage(t.Context(), casey, "labs", "one", registry.PackageChange{Summary: &summary})
			check(t, "write one", err, tt.writeOne)
			check(t, "grant", s.SetCollaborator(t.Context(), casey, "labs", "one", "mallory", model.Read), tt.grant)
			_, err = s.TryPublish(t, casey, "labs", condatest.Spec{Name: "three"})
			check(t, "create", err, tt.create)
			_, err = s.Groups(t.Context(), casey, "labs")
			check(t, "see groups", err, model.Forbidden)
			_, _, err = s.CreateToken(t.Context(), casey, "labs", registry.NewToken{Name: "x"})
			check(t, "make the organization's token", err, model.Forbidden)
		})
	}
}

// TestLevels is what each level of a group that reads gives on one package, and
// that it gives it there alone.
func TestLevels(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s := privateLabs(t)
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Read}, "casey", "two")
	brook, casey, summary := s.Actor(t, "brook"), s.Actor(t, "casey"), "new"
	for _, tt := range []struct {
		level              model.Permission
		read, write, admin model.Code
	}{
		{model.Admin, ok, ok, ok}, {model.Write, ok, ok, model.Forbidden}, {model.Read, ok, model.Forbidden, model.Forbidden},
		{model.NoAccess, model.NotFound, model.NotFound, model.NotFound}, {model.NoAccess, model.NotFound, model.NotFound, model.NotFound},
	} {
		name := tt.level.String()
		check(t, "set "+name, s.SetLevel(t.Context(), brook, "labs", "crew", "one", tt.level), ok)
		_, err := s.Package(t.Context(), casey, "labs", "one")
		check(t, name+": read", err, tt.read)
		_, err = s.UpdatePackage(t.Context(), casey, "labs", "one", registry.PackageChange{Summary: &summary})
		check(t, name+": write", err, tt.write)
		check(t, name+": grant", s.SetCollaborator(t.Context(), casey, "labs", "one", "mallory", model.Read), tt.admin)
		_, err = s.UpdatePackage(t.Context(), casey, "labs", "two", registry.PackageChange{Summary: &summary})
		check(t, name+": write the other", err, model.Forbidden)
		_, err = s.TryPublish(t, casey, "labs", condatest.Spec{Name: "three"})
		check(t, name+": create", err, model.Forbidden)
		e, err := s.Explain(t.Context(), brook, registry.Asker{Login: "casey"}, "labs", "one")
		check(t, name+": explain", err, ok)
		if e.Permission != tt.level {
			t.Errorf("%s: explained as %s, %+v", name, e.Permission, e.Reasons)
		}
	}
}

// TestLevelsThatDoNotCount are refused instead of shown as if they did.
func TestLevelsThatDoNotCount(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Write, AllPackages: true}, "casey")
	set := func(group, pkg string, level model.Permission) error {
		return s.SetLevel(t.Context(), brook, "labs", group, pkg, level)
	}
	check(t, "less than on all", set("crew", "one", model.Read), model.Conflict)
	check(t, "none of all", set("crew", "one", model.NoAccess), model.Conflict)
	check(t, "for Owners", set("owners", "one", model.Admin), model.Conflict)
	check(t, "no level", set("crew", "one", 4), model.Invalid)
	check(t, "no package", set("crew", "nothing", model.Admin), model.NotFound)
	check(t, "by a member", s.SetLevel(t.Context(), s.Actor(t, "casey"), "labs", "crew", "one", model.Admin), model.Forbidden)
	check(t, "more than on all", set("crew", "one", model.Admin), model.Internal)
	check(t, "grant", s.SetCollaborator(t.Context(), s.Actor(t, "casey"), "labs", "one", "mallory", model.Read), model.Internal)
	check(t, "grant on the other", s.SetCollaborator(t.Context(), s.Actor(t, "casey"), "labs", "two", "mallory", model.Read), model.Forbidden)
	d, err := s.Group(t.Context(), brook, "labs", "crew")
	if err != nil {
		t.Fatal(err)
	}
	two, err := s.Package(t.Context(), brook, "labs", "two")
	if err != nil || d.LevelOn(d.Packages[0]) != model.Admin || d.LevelOn(two.Package) != model.Write {
		t.Errorf("levels: %+v on %v, %v", d.Levels, d.Packages, err)
	}
}

// TestGrantedIndex checks that a view shows exactly what was granted, at once
// and no longer.
func TestGrantedIndex(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	casey, brook := s.Actor(t, "casey"), s.Actor(t, "brook")
	want := func(what string, names ...string) {
		t.Helper()
		if got := index(t, s, casey, "main", "noarch"); !slices.Equal(got, names) {
			t.Errorf("%s: casey's index lists %v, want %v", what, got, names)
		}
	}
	want("before")
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Read}, "casey", "one")
	want("one attached", "one-1.0-0.conda")
	if got := index(t, s, s.Actor(t, "mallory"), "main", "noarch"); len(got) != 0 {
		t.Errorf("mallory's index lists %v", got)
	}
	if err := s.SetCollaborator(t.Context(), brook, "labs", "two", "casey", model.Read); err != nil {
		t.Fatal(err)
	}
	want("collaborator on two", "one-1.0-0.conda", "two-1.0-0.conda")
	if err := s.RemoveGroupMember(t.Context(), brook, "labs", "crew", "casey"); err != nil {
		t.Fatal(err)
	}
	want("out of the group", "two-1.0-0.conda")
	if err := s.RemoveCollaborator(t.Context(), brook, "labs", "two", "casey"); err != nil {
		t.Fatal(err)
	}
	want("no collaborator any more")
}

// TestATokenNeverExceedsItsUser takes the right away that a token lived on (T5).
func TestATokenNeverExceedsItsUser(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Write}, "casey", "one")
	actor := token(t, s, "casey", "all")
	_, err := s.Package(t.Context(), actor(readDoor), "labs", "one")
	check(t, "in the group", err, model.Internal)
	if err := s.RemoveGroupMember(t.Context(), s.Actor(t, "brook"), "labs", "crew", "casey"); err != nil {
		t.Fatal(err)
	}
	_, err = s.Package(t.Context(), actor(readDoor), "labs", "one")
	check(t, "out of it", err, model.NotFound)
}

// TestLastOwner has two owners leave at once, again and again: one stays (T8).
func TestLastOwner(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, casey := s.Actor(t, "brook"), s.Actor(t, "casey")
	for range 10 {
		for _, login := range []string{"brook", "casey"} {
			if err := s.AddGroupMember(t.Context(), model.LocalOperator(), "labs", "owners", login); err != nil {
				t.Fatal(err)
			}
		}
		var both sync.WaitGroup
		for _, who := range []model.Actor{brook, casey} {
			both.Go(func() {
				if err := s.LeaveGroup(t.Context(), who, "labs", "Owners"); err != nil && model.CodeOf(err) != model.Conflict {
					t.Error(err)
				}
			})
		}
		both.Wait()
		g, err := s.Group(t.Context(), model.LocalOperator(), "labs", "Owners")
		if err != nil || len(g.Members) != 1 {
			t.Fatalf("%d owners left, %v", len(g.Members), err)
		}
	}
}

func TestOwnersGroupStays(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	check(t, "delete Owners", s.DeleteGroup(t.Context(), brook, "labs", "Owners"), model.Conflict)
	check(t, "weaken Owners", s.UpdateGroup(t.Context(), brook, "labs", "Owners", model.Read, false), model.Conflict)
	_, err := s.CreateGroup(t.Context(), brook, "labs", registry.NewGroup{Name: "OWNERS", Permission: model.Read})
	check(t, "another Owners", err, model.Conflict)
	_, err = s.CreateGroup(t.Context(), brook, "labs", registry.NewGroup{Name: "a/b", Permission: model.Read})
	check(t, "odd name", err, model.Invalid)
	_, err = s.CreateGroup(t.Context(), brook, "brook", registry.NewGroup{Name: "x", Permission: model.Read})
	check(t, "group of a user", err, model.NotFound)
	check(t, "unknown member", s.AddGroupMember(t.Context(), brook, "labs", "Owners", "nobody"), model.Invalid)
}

func TestClosedChannel(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, yes := s.Actor(t, "brook"), true
	s.Publish(t, brook, "labs", condatest.Spec{Name: "one"})
	if _, err := s.UpdateChannel(t.Context(), brook, "labs", registry.ChannelChange{Closed: &yes}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one", "none"} {
		_, err := s.Package(t.Context(), model.Actor{}, "labs", name)
		check(t, "anonymous, "+name, err, model.Unauthenticated)
	}
	list, total, err := s.Packages(t.Context(), model.Actor{}, registry.PackageFilter{})
	if err != nil || total != 0 {
		t.Errorf("a list for anonymous shows %v, %d, %v", list, total, err)
	}
	if c, err := s.SiteCounts(t.Context()); err != nil || c.Packages != 0 {
		t.Errorf("counted for anyone: %+v, %v", c, err)
	}
	_, err = s.Package(t.Context(), s.Actor(t, "casey"), "labs", "one")
	check(t, "signed in", err, model.Internal)
	_, err = s.UpdateChannel(t.Context(), s.Actor(t, "casey"), "labs", registry.ChannelChange{Closed: &yes})
	check(t, "settings by a stranger", err, model.Forbidden)
}

func TestImmutableChannel(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, yes := s.Actor(t, "brook"), true
	f := s.Publish(t, brook, "labs", condatest.Spec{Name: "one"})
	if _, err := s.UpdateChannel(t.Context(), brook, "labs", registry.ChannelChange{Immutable: &yes}); err != nil {
		t.Fatal(err)
	}
	_, err := s.DeleteFile(t.Context(), brook, "labs", "one", "1.0", f.Basename)
	check(t, "delete a file", err, model.Conflict)
	check(t, "delete the package", s.DeletePackage(t.Context(), brook, "labs", "one"), model.Conflict)
	check(t, "delete the organization", s.DeleteOrganization(t.Context(), brook, "labs"), model.Conflict)
}

func TestExplain(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Write}, "casey", "one")
	brook := s.Actor(t, "brook")
	for login, want := range map[string]string{"brook": "owner", "casey": "group crew", "mallory": "access", "": "access"} {
		e, err := s.Explain(t.Context(), brook, registry.Asker{Login: login}, "labs", "one")
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(e.Reasons, func(r registry.Reason) bool { return r.Decides })
		if i < 0 || e.Reasons[i].Rule != want {
			t.Errorf("%q: decided by %+v, want %s", login, e.Reasons, want)
		}
	}
	_, err := s.Explain(t.Context(), s.Actor(t, "casey"), registry.Asker{Login: "brook"}, "labs", "one")
	check(t, "by who only writes", err, model.Forbidden)
	_, err = s.Explain(t.Context(), s.Actor(t, "mallory"), registry.Asker{Login: "brook"}, "labs", "one")
	check(t, "by a stranger", err, model.NotFound)
}

// TestExplainTokens asks what tokens of each scope may do.
func TestExplainTokens(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook, casey, ctx := s.Actor(t, "brook"), s.Actor(t, "casey"), t.Context()
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Write}, "casey", "one")
	for name, scopes := range map[string][]string{"all": nil, "install": {"conda:download"}, "groups": {"api:modify-group"}, "upload": {"pypi:upload"}} {
		for maker, owner := range map[string]string{"brook": "labs", "casey": "casey"} {
			if _, _, err := s.CreateToken(ctx, s.Actor(t, maker), owner, registry.NewToken{Name: name, Scopes: scopes}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, _, err := s.CreateToken(ctx, brook, "labs", registry.NewToken{Name: "old", Lifetime: 1}); err != nil {
		t.Fatal(err)
	}
	operator := model.LocalOperator()
	for _, tt := range []struct {
		actor        model.Actor
		login, token string
		may          model.Permission
		decides      string
	}{
		{brook, "labs", "all", model.Admin, "owner"}, {brook, "labs", "install", model.Read, "token install"}, {brook, "labs", "upload", model.Write, "token upload"},
		{brook, "labs", "groups", model.NoAccess, "token groups"}, {brook, "Labs", "old", model.NoAccess, "token old"},
		{operator, "casey", "all", model.Write, "group crew"}, {operator, "casey", "install", model.Read, "token install"}, {operator, "casey", "upload", model.Write, "group crew"},
	} {
		e, err := s.Explain(ctx, tt.actor, registry.Asker{Login: tt.login, Token: tt.token}, "labs", "one")
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(e.Reasons, func(r registry.Reason) bool { return r.Decides })
		if e.Permission != tt.may || i < 0 || e.Reasons[i].Rule != tt.decides {
			t.Errorf("token %s of %s: %s by %+v, want %s by %s", tt.token, tt.login, e.Permission, e.Reasons, tt.may, tt.decides)
		}
	}
	for wants, may := range map[model.Permission]bool{model.Read: false, model.Write: true} {
		e, err := s.Explain(ctx, operator, registry.Asker{Login: "casey", Token: "upload", Wants: wants}, "labs", "one")
		if err != nil || !e.Unread || e.Allowed() != may || (len(e.Remedies) == 0) != may {
			t.Errorf("a token that only uploads, to %s: %+v, %v", wants, e, err)
		}
	}
	group(t, s, registry.NewGroup{Name: "guests", Permission: model.Read}, "mallory", "one")
	if _, _, err := s.CreateToken(ctx, s.Actor(t, "mallory"), "mallory", registry.NewToken{Name: "upload", Scopes: []string{"pypi:upload"}}); err != nil {
		t.Fatal(err)
	}
	if e, err := s.Explain(ctx, operator, registry.Asker{Login: "mallory", Token: "upload"}, "labs", "one"); err != nil || e.Permission != model.NoAccess {
		t.Errorf("a token that only uploads, of who may not: %+v, %v", e, err)
	}
	for _, who := range []registry.Asker{{Login: "casey", Token: "all"}, {Login: "labs", Token: "none"}, {Login: "nobody", Token: "all"}, {Token: "all"}} {
		_, err := s.Explain(ctx, brook, who, "labs", "one")
		check(t, "brook asks about "+who.Login+" "+who.Token, err, model.Invalid)
	}
	public := model.Public
	if _, err := s.UpdatePackage(ctx, brook, "labs", "one", registry.PackageChange{Access: &public}); err != nil {
		t.Fatal(err)
	}
	if e, err := s.Explain(ctx, brook, registry.Asker{Login: "labs", Token: "groups"}, "labs", "one"); err != nil || e.Permission != model.Read || !e.Reasons[len(e.Reasons)-2].Decides {
		t.Errorf("what anyone may do, with any token: %+v, %v", e, err)
	}
	if err := s.SetDisabled(ctx, operator, "casey", true); err != nil {
		t.Fatal(err)
	}
	if e, err := s.Explain(ctx, operator, registry.Asker{Login: "casey", Token: "all"}, "labs", "one"); err != nil || e.Permission != model.NoAccess || e.Reasons[0].Rule != "account" {
		t.Errorf("of a disabled user: %+v, %v", e, err)
	}
	_, err := s.Explain(ctx, casey, registry.Asker{Login: "casey", Token: "all"}, "labs", "one")
	check(t, "who only writes", err, model.Forbidden)
}

func TestAuditLines(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Read}, "casey", "one")
	actions := func(actor model.Actor, f registry.AuditFilter) []string {
		lines, err := s.AuditLines(t.Context(), actor, f)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, l := range lines {
			all = append(all, l.Action)
		}
		return all
	}
	got := actions(s.Actor(t, "brook"), registry.AuditFilter{Account: "labs", Action: "group"})
	if want := "group.add-package group.add-member group.create"; strings.Join(got, " ") != want {
		t.Errorf("brook sees %v of labs, want %s", got, want)
	}
	if got := actions(s.Actor(t, "mallory"), registry.AuditFilter{}); slices.Contains(got, "group.create") {
		t.Errorf("mallory sees %v", got)
	}
	if got := actions(s.Actor(t, "ada"), registry.AuditFilter{}); !slices.Contains(got, "group.create") {
		t.Errorf("an administrator sees %v", got)
	}
	_, err := s.AuditLines(t.Context(), s.Actor(t, "mallory"), registry.AuditFilter{Account: "labs"})
	check(t, "labs by a stranger", err, model.Forbidden)
}

func TestOrganizationChanges(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	check(t, "rename by a stranger", s.RenameOrganization(t.Context(), s.Actor(t, "casey"), "labs", "mine"), model.Forbidden)
	check(t, "rename by a token", s.RenameOrganization(t.Context(), token(t, s, "brook", "all")(writeDoor), "labs", "mine"), model.Forbidden)
	check(t, "to its own name", s.RenameOrganization(t.Context(), brook, "labs", "Labs"), model.Invalid)
	check(t, "a user to its own name", s.RenameUser(t.Context(), model.LocalOperator(), "casey", "casey"), model.Invalid)
	check(t, "to a taken name", s.RenameOrganization(t.Context(), brook, "labs", "casey"), model.Conflict)
	check(t, "rename", s.RenameOrganization(t.Context(), brook, "labs", "newlabs"), model.Internal)
	_, err := s.Package(t.Context(), brook, "newlabs", "one")
	check(t, "under the new name", err, model.Internal)
	check(t, "delete", s.DeleteOrganization(t.Context(), brook, "newlabs"), model.Internal)
	_, err = s.Account(t.Context(), brook, "newlabs")
	check(t, "afterwards", err, model.NotFound)
	_, err = s.CreateOrganization(t.Context(), brook, registry.NewOrganization{Login: "labs"})
	if err == nil {
		t.Error("the old name is free again")
	}
}
