package registry_test

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// owners lists who owns labs.
func owners(t *testing.T, s *registrytest.Site, org string) []string {
	t.Helper()
	g, err := s.Group(t.Context(), model.LocalOperator(), org, model.OwnersGroup)
	if err != nil {
		t.Fatal(err)
	}
	var logins []string
	for _, m := range g.Members {
		logins = append(logins, m.Login)
	}
	return logins
}

func TestTransferOrganization(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s := privateLabs(t)
	brook, casey := s.Actor(t, "brook"), s.Actor(t, "casey")
	if err := s.SetDisabled(t.Context(), model.LocalOperator(), "mallory", true); err != nil {
		t.Fatal(err)
	}
	for to, want := range map[string]model.Code{"brook": model.Invalid, "nobody": model.Invalid, "labs": model.Invalid, "mallory": model.Invalid} {
		check(t, "to "+to, s.TransferOrganization(t.Context(), brook, "labs", to), want)
	}
	check(t, "by a stranger", s.TransferOrganization(t.Context(), casey, "labs", "casey"), model.Forbidden)
	check(t, "by a token", s.TransferOrganization(t.Context(), token(t, s, "brook", "all")(writeDoor), "labs", "casey"), model.Forbidden)
	check(t, "of a user", s.TransferOrganization(t.Context(), brook, "brook", "casey"), model.NotFound)
	check(t, "to casey", s.TransferOrganization(t.Context(), brook, "labs", " Casey "), ok)
	if got := owners(t, s, "labs"); len(got) != 1 || got[0] != "casey" {
		t.Errorf("owners %v, want casey alone", got)
	}
	_, err := s.Package(t.Context(), brook, "labs", "one")
	check(t, "brook afterwards", err, model.NotFound)
	check(t, "brook once more", s.TransferOrganization(t.Context(), brook, "labs", "brook"), model.Forbidden)
	check(t, "by the operator", s.TransferOrganization(t.Context(), model.LocalOperator(), "labs", "brook"), ok)
	if got := owners(t, s, "labs"); len(got) != 2 {
		t.Errorf("owners %v, want both", got)
	}
}

// TestRemoveFromOrganization takes somebody out of all groups, themselves too.
func TestRemoveFromOrganization(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Read}, "casey", "one")
	group(t, s, registry.NewGroup{Name: "all", Permission: model.Write, AllPackages: true}, "brook")
	check(t, "the last owner", s.RemoveFromOrganization(t.Context(), brook, "labs", "brook"), model.Conflict)
	check(t, "a stranger", s.RemoveFromOrganization(t.Context(), brook, "labs", "mallory"), model.NotFound)
	check(t, "by a member", s.RemoveFromOrganization(t.Context(), s.Actor(t, "casey"), "labs", "casey"), model.Forbidden)
	check(t, "make casey an owner", s.AddGroupMember(t.Context(), brook, "labs", "Owners", "casey"), ok)
	check(t, "oneself", s.RemoveFromOrganization(t.Context(), brook, "labs", "brook"), ok)
	_, err := s.Package(t.Context(), brook, "labs", "one")
	check(t, "what the other group gave", err, model.NotFound)
	check(t, "casey alone", s.RemoveFromOrganization(t.Context(), s.Actor(t, "casey"), "labs", "casey"), model.Conflict)
	if d, err := s.Group(t.Context(), model.LocalOperator(), "labs", "crew"); err != nil || len(d.Members) != 1 {
		t.Errorf("a refusal took casey out of crew: %v, %v", d.Members, err)
	}
}

func TestOrganizationProfile(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	in := registry.OrganizationProfile{Email: " Team@Reef.example ", Profile: registry.Profile{Name: " Reef Lab ", URL: "https://reef.example"}}
	check(t, "by a stranger", s.UpdateOrganization(t.Context(), s.Actor(t, "casey"), "labs", in), model.Forbidden)
	check(t, "of a user", s.UpdateOrganization(t.Context(), brook, "brook", in), model.NotFound)
	check(t, "by its owner", s.UpdateOrganization(t.Context(), brook, "LABS", in), ok)
	a, err := s.Account(t.Context(), brook, "labs")
	if err != nil || a.Name != "Reef Lab" || a.URL != "https://reef.example" || a.Email == "" {
		t.Errorf("saved %+v, %v", a, err)
	}
	err = s.UpdateOrganization(t.Context(), brook, "labs", registry.OrganizationProfile{Email: "no address", Profile: registry.Profile{URL: "javascript:x"}})
	if f := model.FieldsOf(err); f["email"] == "" || f["url"] == "" {
		t.Errorf("got %v, want a word on email and url", err)
	}
	check(t, "without an address", s.UpdateOrganization(t.Context(), brook, "labs", registry.OrganizationProfile{}), ok)
}

// TestAnOwnerStays has the owners leave, hand over, rename, delete themselves and
// remove each other at once, again and again: while there is an organization, it
// has an owner (T8).
func TestAnOwnerStays(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	op, ctx := model.LocalOperator(), t.Context()
	org := "labs"
	for round := range 8 {
		leaver := "u" + strconv.Itoa(round)
		actor := s.User(t, leaver)
		for _, login := range []string{"brook", "casey", leaver} {
			if err := s.AddGroupMember(ctx, op, org, "owners", login); err != nil {
				t.Fatal(err)
			}
		}
		brook, casey, next := s.Actor(t, "brook"), s.Actor(t, "casey"), "labs"+strconv.Itoa(round)
		acts := []func() error{
			func() error { return s.LeaveGroup(ctx, brook, org, "Owners") },
			func() error { return s.TransferOrganization(ctx, casey, org, "mallory") },
			func() error { return s.RemoveFromOrganization(ctx, actor, org, "mallory") },
			func() error { return s.RemoveFromOrganization(ctx, op, org, leaver) },
			func() error { return s.DeleteUser(ctx, op, leaver) },
			func() error { return s.RenameOrganization(ctx, op, org, next) },
			func() error { return s.RemoveGroupMember(ctx, op, org, "Owners", "casey") },
		}
		var all sync.WaitGroup
		for _, act := range acts {
			all.Go(func() {
				if err := act(); err != nil && model.CodeOf(err) == model.Internal {
					t.Error(err)
				}
			})
		}
		all.Wait()
		org = next
		if got := owners(t, s, org); len(got) == 0 {
			t.Fatalf("round %d: nobody owns %s", round, org)
		}
	}
}

// TestDeleteOrganizationBesideOthers deletes one while its owners act: afterwards
// nothing of it is left.
func TestDeleteOrganizationBesideOthers(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	ctx, brook := t.Context(), s.Actor(t, "brook")
	if err := s.AddGroupMember(ctx, brook, "labs", "owners", "casey"); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for _, act := range []func() error{
		func() error { return s.DeleteOrganization(ctx, brook, "labs") },
		func() error { return s.LeaveGroup(ctx, s.Actor(t, "casey"), "labs", "Owners") },
		func() error { return s.AddGroupMember(ctx, brook, "labs", "owners", "mallory") },
		func() error { _, _, err := s.CreateToken(ctx, brook, "labs", registry.NewToken{Name: "x"}); return err },
		func() error { _, err := s.TryPublish(t, brook, "labs", condatest.Spec{Name: "late"}); return err },
	} {
		all.Go(func() {
			if err := act(); err != nil && model.CodeOf(err) == model.Internal {
				t.Error(err)
			}
		})
	}
	all.Wait()
	_, err := s.Account(ctx, brook, "labs")
	check(t, "afterwards", err, model.NotFound)
	for _, login := range []string{"brook", "casey", "mallory"} {
		if list, err := s.Memberships(ctx, s.Actor(t, login)); err != nil || len(list) > 0 {
			t.Errorf("%s is still in %v, %v", login, list, err)
		}
	}
}

// TestAuditFollowsARename looks into the log of an organization under its new
// name, and gives the old one to somebody else, as an administrator may.
func TestAuditFollowsARename(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook, ctx := s.Actor(t, "brook"), t.Context()
	check(t, "rename", s.RenameOrganization(ctx, brook, "labs", "reef"), model.Internal)
	lines, err := s.AuditLines(ctx, brook, registry.AuditFilter{Account: "reef"})
	if err != nil || len(lines) < 3 || lines[0].Action != "organization.rename" || lines[0].Subject != "labs" || lines[0].Detail != "to reef" {
		t.Errorf("after the rename: %+v, %v", lines, err)
	}
	if n, err := s.CountAuditLines(ctx, brook, registry.AuditFilter{Account: "reef", Limit: 1}); err != nil || n != len(lines) {
		t.Errorf("counted %d, %v; want %d", n, err, len(lines))
	}
	if _, err := s.CreateOrganization(ctx, model.LocalOperator(), registry.NewOrganization{Login: "labs", Owner: "mallory"}); err != nil {
		t.Fatal(err)
	}
	lines, err = s.AuditLines(ctx, s.Actor(t, "mallory"), registry.AuditFilter{Account: "labs"})
	if err != nil || len(lines) != 1 || lines[0].Action != "organization.create" {
		t.Errorf("who has the old name now sees %+v, %v", lines, err)
	}
	check(t, "delete", s.DeleteOrganization(ctx, brook, "reef"), model.Internal)
	lines, err = s.AuditLines(ctx, s.Actor(t, "ada"), registry.AuditFilter{Account: "reef"})
	if err != nil || len(lines) != 2 || lines[0].Action != "organization.delete" {
		t.Errorf("an administrator sees of the one that is gone %+v, %v", lines, err)
	}
	_, err = s.AuditLines(ctx, brook, registry.AuditFilter{Account: "reef"})
	check(t, "its last owner", err, model.NotFound)
	lines, err = s.AuditLines(ctx, s.Actor(t, "ada"), registry.AuditFilter{Own: true})
	if err != nil || len(lines) != 1 || lines[0].Subject != "ada" {
		t.Errorf("an administrator's own: %+v, %v", lines, err)
	}
}

func TestHoldings(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Read}, "casey", "one")
	s.Token(t, "labs")
	h, err := s.Holdings(t.Context(), brook, "labs")
	if err != nil || h.Packages != 2 || h.Files != 2 || h.Bytes == 0 || h.Tokens != 1 || h.Groups != 2 || h.Members != 2 || h.Notebooks != 0 || !h.TokenUsedAt.IsZero() {
		t.Errorf("%+v, %v", h, err)
	}
	if h.Lately != 0 || h.Stars != 0 {
		t.Errorf("before anybody came: %+v", h)
	}
	must(s.Star(t.Context(), brook, "labs", "one", true))
	must(s.Star(t.Context(), brook, "labs", "two", true))
	f := must(s.Package(t.Context(), brook, "labs", "one")).Files()[0]
	for ago, n := range map[int]int64{1: 3, 29: 4, 31: 5} {
		if err := s.Store.AddDownloads(t.Context(), map[int64]int64{f.ID: n}, time.Now().AddDate(0, 0, -ago)); err != nil {
			t.Fatal(err)
		}
	}
	if h = must(s.Holdings(t.Context(), brook, "labs")); h.Lately != 7 || h.Stars != 1 {
		t.Errorf("after one person came: %+v", h)
	}
	s.Publish(t, brook, "labs", condatest.Spec{Name: "needy", Depends: []string{"one"}})
	if use := must(s.PackageUse(t.Context(), brook, "labs", "one")); use != (registry.PackageUse{Dependents: 1, Lately: 7}) {
		t.Errorf("one is used: %+v", use)
	}
	_, err = s.PackageUse(t.Context(), s.Actor(t, "mallory"), "labs", "one")
	check(t, "of what is hidden", err, model.NotFound)
	_, err = s.Holdings(t.Context(), s.Actor(t, "casey"), "labs")
	check(t, "by a member", err, model.Forbidden)
}

// TestNamesOfPeopleAndOrganizations: what is said of an account when it is made is
// held to what may be said of it later.
func TestNamesOfPeopleAndOrganizations(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s, ctx := registrytest.New(t), t.Context()
	casey := s.Actor(t, "casey")
	for name, want := range map[string]model.Code{
		strings.Repeat("é", 200): ok, "Zoë 雪 🐍": ok, strings.Repeat("e", 201): model.Invalid,
		"\x1b[2J": model.Invalid, "two\nlines": model.Invalid, "\u202eevil": model.Invalid, "\xff": model.Invalid,
	} {
		login := fmt.Sprintf("org%d", len(name))
		_, err := s.CreateOrganization(ctx, casey, registry.NewOrganization{Login: login, Name: name})
		check(t, fmt.Sprintf("an organization %q", name), err, want)
		_, err = s.CreateUser(ctx, model.LocalOperator(), registry.NewUser{Login: "user" + login, Email: "x@example.test", Name: name, Password: "correct horse battery"})
		check(t, fmt.Sprintf("a user %q", name), err, want)
		check(t, fmt.Sprintf("a profile %q", name), s.UpdateProfile(ctx, casey, registry.Profile{Name: name}), want)
		check(t, fmt.Sprintf("a location %q", name), s.UpdateProfile(ctx, casey, registry.Profile{Location: name}), want)
	}
	_, err := s.CreateOrganization(ctx, casey, registry.NewOrganization{Login: "long", Description: strings.Repeat("d", 2001)})
	check(t, "a long description", err, model.Invalid)
	check(t, "a description of two lines", s.UpdateProfile(ctx, casey, registry.Profile{Description: "One.\nTwo."}), ok)
}

// TestOrganizationsOfSomebody: who may not enter a closed organization is not told by
// its members' lists what it says of itself.
func TestOrganizationsOfSomebody(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s, ctx := registrytest.New(t), t.Context()
	closed := true
	_, err := s.CreateOrganization(ctx, s.Actor(t, "brook"), registry.NewOrganization{Login: "cellar"})
	check(t, "make one", err, ok)
	_, err = s.UpdateChannel(ctx, s.Actor(t, "brook"), "cellar", registry.ChannelChange{Closed: &closed})
	check(t, "close it", err, ok)
	for who, tt := range map[string]struct {
		actor model.Actor
		want  string
	}{
		"anonymous": {model.Actor{}, "labs"}, "a stranger": {s.Actor(t, "mallory"), "cellar labs"}, "brook": {s.Actor(t, "brook"), "cellar labs"},
		"a token for something else": {token(t, s, "brook", "pypi")(writeDoor), "labs"},
	} {
		list, err := s.OrganizationsOf(ctx, tt.actor, "brook")
		var names []string
		for _, a := range list {
			names = append(names, a.Login)
		}
		if got := strings.Join(names, " "); err != nil || got != tt.want {
			t.Errorf("to %s: %q, %v, want %q", who, got, err, tt.want)
		}
	}
}
