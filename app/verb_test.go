package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// verb is something that is done, asked of the registry itself: behind the doors of
// the route table, which are shut to most of these anyway.
type verb struct {
	name    string
	refused []string // who may not
	allowed []string // who may
	do      func(ctx context.Context, s *verbSite, by model.Actor) error
}

// TestVerbsDecide asks everything of the registry that other tests reach only by
// addresses whose door decides first.
func TestVerbsDecide(t *testing.T) {
	t.Parallel()
	for _, wrong := range newVerbSite(t).wrongVerbs() {
		t.Error(wrong)
	}
}

// verbSite is the attacked site, where neighbour writes finch, reads raven and owns an
// organization, casey administers finch by a group, labs has a token called robot, and
// vault is closed and has a public package called wren.
type verbSite struct {
	*canarySite
	people map[string]model.Actor
}

func newVerbSite(t *testing.T) *verbSite {
	t.Helper()
	s := newAttacked(t)
	ctx := t.Context()
	check(t, s.SetCollaborator(ctx, s.brook, labs, "raven", "neighbour", model.Read))
	_, err := s.CreateGroup(ctx, s.brook, labs, registry.NewGroup{Name: "managers", Permission: model.Admin})
	check(t, err)
	check(t, s.AttachPackage(ctx, s.brook, labs, "managers", "finch"))
	check(t, s.AddGroupMember(ctx, s.brook, labs, "managers", "casey"))
	_, err = s.CreateOrganization(ctx, s.Actor(t, "neighbour"), registry.NewOrganization{Login: "farm"})
	check(t, err)
	_, _, err = s.CreateToken(ctx, s.brook, labs, registry.NewToken{Name: "robot"})
	check(t, err)
	s.Publish(t, s.brook, vault, condatest.Spec{Name: "wren"})
	_, err = s.UpdateChannel(ctx, s.brook, vault, registry.ChannelChange{Closed: new(true)})
	check(t, err)
	people := map[string]model.Actor{nobody: {}, labsToken: s.TokenActor(t, s.Token(t, labs)), personally: s.TokenActor(t, s.Token(t, brook))}
	for _, login := range []string{"ada", brook, "casey", "neighbour"} {
		people[login] = s.Actor(t, login)
	}
	return &verbSite{s, people}
}

// The people of verbs besides those with a login.
const (
	nobody     = "nobody"
	labsToken  = "the token of labs"
	personally = "a token of brook's"
)

// wrongVerbs does every verb as everybody and says what must not be.
func (s *verbSite) wrongVerbs() (wrongs []string) {
	for _, v := range verbs {
		for _, who := range v.refused {
			code, want := model.CodeOf(v.try(s, who)), model.Forbidden
			if who == nobody {
				want = model.Unauthenticated
			}
			if code != want {
				wrongs = append(wrongs, fmt.Sprintf("%s by %s: %v, want %v", v.name, who, code, want))
			}
		}
		for _, who := range v.allowed {
			if err := v.try(s, who); err != nil {
				wrongs = append(wrongs, fmt.Sprintf("%s by %s: %v", v.name, who, err))
			}
		}
	}
	return wrongs
}

// try does the verb as somebody. What it is given suffices to be refused, and may be
// too little for more.
func (v verb) try(s *verbSite, who string) (err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("%v", problem)
		}
	}()
	return v.do(s.Context(), s, s.people[who])
}

// Those who may not do what takes the operator, a person, an owner of labs.
var (
	noOperator = []string{nobody, "casey", brook}
	noPerson   = []string{nobody, labsToken}
	noOwner    = []string{nobody, "casey", "neighbour"}
)

var raven = registry.FileName{Package: "raven", Version: "1.0", Basename: "noarch/raven-1.0-0.conda"}

var verbs = []verb{
	{"back up", noOperator, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Backup(ctx, by, "", s.TempDir(), io.Discard, func(int) {})
		return err
	}},
	{"check the site", noOperator, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.CheckSite(ctx, by, registry.CheckRequest{})
		return err
	}},
	{"collect garbage", noOperator, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.CollectGarbage(ctx, by, time.Hour)
		return err
	}},
	{"import", noOperator, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		return s.Import(ctx, by, registry.ImportRequest{})
	}},
	{"reindex", noOperator, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Reindex(ctx, by, registry.ReindexRequest{})
		return err
	}},
	{"list organizations", noOperator, []string{"ada"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Organizations(ctx, by)
		return err
	}},
	{"list users", noOperator, []string{"ada"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Users(ctx, by)
		return err
	}},
	{"an organization of somebody else", noOperator, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.CreateOrganization(ctx, by, registry.NewOrganization{Login: "theirs", Owner: "ada"})
		return err
	}},
	{"an organization", []string{nobody}, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.CreateOrganization(ctx, by, registry.NewOrganization{Login: "mine"})
		return err
	}},
	{"a user", noOperator, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.CreateUser(ctx, by, registry.NewUser{})
		return err
	}},
	{"disable", noOperator, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		return s.SetDisabled(ctx, by, "ada", true)
	}},
	{"a session of who is gone", []string{nobody}, nil, func(ctx context.Context, s *verbSite, _ model.Actor) error {
		_, err := s.SessionActor(ctx, model.Actor{}, 1<<40, 1, "")
		return err
	}},
	{"a session that was ended elsewhere", []string{nobody}, nil, func(ctx context.Context, s *verbSite, _ model.Actor) error {
		_, err := s.SessionActor(ctx, model.Actor{SignInID: 1 << 40}, s.brook.UserID, 1, "")
		return err
	}},
	{"a session", nil, []string{nobody}, func(ctx context.Context, s *verbSite, _ model.Actor) error {
		_, err := s.SessionActor(ctx, model.Actor{}, s.brook.UserID, 1, "")
		return err
	}},
	{"search where nothing is for anyone", []string{nobody}, []string{"casey"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		s.Anonymous = false
		defer func() { s.Anonymous = true }()
		_, _, err := s.Packages(ctx, by, registry.PackageFilter{})
		return err
	}},
	{"search where some is closed to nobody", nil, []string{nobody, "casey"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		list, _, err := s.Packages(ctx, by, registry.PackageFilter{})
		return errors.Join(err, closedToNobody(by, slices.ContainsFunc(list, func(p model.Package) bool { return p.Name == "wren" })))
	}},
	{"organizations of who is in a closed one", nil, []string{nobody, "casey"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		list, err := s.OrganizationsOf(ctx, by, brook)
		return errors.Join(err, closedToNobody(by, slices.ContainsFunc(list, func(a model.Account) bool { return a.Login == vault })))
	}},
	{"list sessions", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Sessions(ctx, by, time.Hour)
		return err
	}},
	{"profile", []string{nobody}, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		return s.UpdateProfile(ctx, by, registry.Profile{})
	}},
	{"look into the log", []string{nobody}, []string{"casey"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.AuditLines(ctx, by, registry.AuditFilter{})
		return err
	}},
	{"look into the log of what is gone", []string{nobody}, []string{"ada"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.AuditLines(ctx, by, registry.AuditFilter{Account: "gone"})
		return err
	}},
	{"whose log", []string{nobody}, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.AuditAccounts(ctx, by)
		return err
	}},
	{"my memberships", []string{nobody}, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Memberships(ctx, by)
		return err
	}},
	{"my news", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.News(ctx, by)
		return err
	}},
	{"forget news", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error { return s.DismissNews(ctx, by, 1) }},
	{"what I follow", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Activity(ctx, by)
		return err
	}},
	{"keep the address", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error { return s.KeepEmail(ctx, by) }},
	{"my data", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Export(ctx, by)
		return err
	}},
	{"what would go with me", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Estate(ctx, by)
		return err
	}},
	{"my password", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.ChangePassword(ctx, by, registrytest.Password, registry.NewPassword{Password: "another one 1", Confirm: "another one 1"})
		return err
	}},
	{"end a session", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error { return s.EndSession(ctx, by, 1) }},
	{"end all sessions", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.EndOtherSessions(ctx, by)
		return err
	}},
	{"invite", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, _, err := s.Invite(ctx, by, registry.NewInvitation{Organization: labs, Group: "Owners"})
		return err
	}},
	{"where to invite", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, _, err := s.MayInvite(ctx, by)
		return err
	}},
	{"list invitations", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Invitations(ctx, by)
		return err
	}},
	{"take an invitation back", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		return s.TakeBackInvitation(ctx, by, 1)
	}},
	{"accept an invitation", noPerson, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.AcceptInvitation(ctx, by, "nosuch")
		return err
	}},
	{"members", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Members(ctx, by, labs)
		return err
	}},
	{"holdings", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Holdings(ctx, by, labs)
		return err
	}},
	{"levels of groups", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.GroupLevels(ctx, by, labs)
		return err
	}},
	{"remove an owner", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		return s.RemoveFromOrganization(ctx, by, labs, brook)
	}},
	{"profile of labs", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		return s.UpdateOrganization(ctx, by, labs, registry.OrganizationProfile{})
	}},
	{"a photo of labs", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error { return s.SetPhoto(ctx, by, labs, nil) }},
	{"no photo of labs", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error { return s.RemovePhoto(ctx, by, labs) }},
	{"tokens of labs", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Tokens(ctx, by, labs)
		return err
	}},
	{"a token of labs", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.TokenByID(ctx, by, labs, 1)
		return err
	}},
	{"make a token of labs", append([]string{personally, labsToken}, noOwner...), nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, _, err := s.CreateToken(ctx, by, labs, registry.NewToken{Name: "stolen"})
		return err
	}},
	{"copy a label", []string{nobody, "neighbour"}, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.CopyLabel(ctx, by, labs, "nosuch", "x")
		return err
	}},
	{"begin an upload", []string{nobody, "ada"}, []string{"casey"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		in, err := s.Receive(ctx, by, labs)
		if err == nil {
			err = in.Close()
		}
		return err
	}},
	{"upload what is there", []string{"neighbour"}, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		in, err := s.Receive(ctx, by, labs)
		if err != nil {
			return err
		}
		defer in.Close()
		if _, err := in.ReadFrom(strings.NewReader("other bytes")); err != nil {
			return err
		}
		_, _, err = s.Registry.Publish(ctx, by, labs, in, registry.Upload{FileName: "raven-1.0-0.conda", Subdir: "noarch"})
		return err
	}},
	{"commit what was not announced", []string{"neighbour"}, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.CommitStaged(ctx, by, labs, "raven", "nosuch")
		return err
	}},
	{"delete files", []string{"neighbour"}, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.DeleteFiles(ctx, by, labs, registry.Selection{FileName: raven})
		return err
	}},
	{"copy within the channel", []string{"neighbour"}, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.CopyFiles(ctx, by, registry.CopyRequest{Owner: labs, FileName: raven, ToOwner: labs, ToLabel: "leak"})
		return err
	}},
	{"why", []string{"neighbour"}, []string{"casey"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Explain(ctx, by, registry.Asker{Login: "ada"}, labs, "finch")
		return err
	}},
	{"why by a token of others", []string{"casey"}, []string{brook}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.Explain(ctx, by, registry.Asker{Login: labs, Token: "robot"}, labs, "finch")
		if model.CodeOf(err) == model.Invalid { // of the name that was typed
			return model.Errorf(model.Forbidden, "%v", err)
		}
		return err
	}},
	{"rename labs", noOwner, nil, func(ctx context.Context, s *verbSite, by model.Actor) error {
		return s.RenameOrganization(ctx, by, labs, "mine")
	}},
	{"a copy of a collection", nil, []string{"casey"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		return s.copyUnseen(ctx, by)
	}},
	{"export labs", nil, []string{nobody, "casey", "neighbour"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		for f, err := range s.ExportFiles(ctx, by, labs, model.MainLabel) {
			if err != nil || f.Package == "raven" && by.Login != "neighbour" {
				return model.Errorf(model.Internal, "got %s, %v", f.Basename, err)
			}
		}
		return nil
	}},
	{"my data, of what I see no more", nil, []string{"casey"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		return s.exportUnseen(ctx, by)
	}},
	{"groups of a package", []string{"neighbour"}, []string{"casey"}, func(ctx context.Context, s *verbSite, by model.Actor) error {
		_, err := s.PackageGroups(ctx, by, labs, "finch")
		return err
	}},
}

// closedToNobody fails unless everyone found what is in a closed channel but nobody.
func closedToNobody(by model.Actor, found bool) error {
	if found == by.Anonymous() {
		return model.Errorf(model.Internal, "found: %v", found)
	}
	return nil
}

// copyUnseen lets somebody copy a collection with a package that they may not see,
// and fails if it came along.
func (s *verbSite) copyUnseen(ctx context.Context, by model.Actor) error {
	birds, hidden := registry.PackageName{Owner: labs, Name: "birds"}, registry.PackageName{Owner: labs, Name: "raven"}
	err := errors.Join(
		s.CreateCollection(ctx, s.brook, birds.Owner, birds.Name, registry.CollectionChange{Access: new(model.Public)}),
		s.AddToCollection(ctx, s.brook, birds.Owner, birds.Name, []registry.PackageName{hidden}),
		s.CloneCollection(ctx, by, birds, by.Login, "copied"))
	if err != nil {
		return err
	}
	copied, err := s.Collection(ctx, s.brook, by.Login, "copied", 0, 0)
	if err == nil && len(copied.Packages) > 0 {
		err = model.Errorf(model.Internal, "%v came along", copied.Packages)
	}
	return errors.Join(err, s.DeleteCollection(ctx, s.brook, birds.Owner, birds.Name), s.DeleteCollection(ctx, by, by.Login, "copied"))
}

// exportUnseen lets somebody collect a package that is then hidden from them, and
// fails if the export of their data still names it.
func (s *verbSite) exportUnseen(ctx context.Context, by model.Actor) error {
	access := func(a model.Access) error {
		_, err := s.UpdatePackage(ctx, s.brook, labs, "raven", registry.PackageChange{Access: &a})
		return err
	}
	err := errors.Join(
		access(model.Public),
		s.CreateCollection(ctx, by, by.Login, "seen", registry.CollectionChange{}),
		s.AddToCollection(ctx, by, by.Login, "seen", []registry.PackageName{{Owner: labs, Name: "raven"}, {Owner: labs, Name: "finch"}}),
		access(model.Private))
	if err != nil {
		return err
	}
	out, err := s.Export(ctx, by)
	if err == nil && (len(out.Collections) != 1 || !slices.Equal(out.Collections[0].Packages, []string{"labs/finch"})) {
		err = model.Errorf(model.Internal, "the export has %v", out.Collections)
	}
	return errors.Join(err, s.DeleteCollection(ctx, by, by.Login, "seen"))
}
