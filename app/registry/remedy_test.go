package registry_test

import (
	"slices"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// texts are the remedies that brook is told of, for somebody who wants something of
// labs/one.
func texts(t *testing.T, s *registrytest.Site, by string, asker registry.Asker) []string {
	t.Helper()
	e, err := s.Explain(t.Context(), s.Actor(t, by), asker, "labs", "one")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, r := range e.Remedies {
		list = append(list, r.Text)
	}
	return list
}

// TestRemedies: what is said to change an answer, for everybody who is denied
// something.
func TestRemedies(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	group(t, s, registry.NewGroup{Name: "readers", Permission: model.Read}, "casey")
	group(t, s, registry.NewGroup{Name: "writers", Permission: model.Write}, "mallory", "one")
	group(t, s, registry.NewGroup{Name: "managers", Permission: model.Admin}, "ada", "one")
	yes := true
	for _, tt := range []struct {
		name  string
		by    string
		asker registry.Asker
		want  []string
	}{
		{"a reader", "brook", registry.Asker{Login: "casey", Wants: model.Read}, []string{
			"Add casey as a collaborator with read.", "Add casey to the group managers, which has admin on one.", "Add casey to the group writers, which has write on one.",
			"Give the group readers, in which casey is, read on one.", "Make one authenticated: whoever is signed in may see it then.",
		}},
		{"a manager", "brook", registry.Asker{Login: "mallory", Wants: model.Admin}, []string{
			"Add mallory to the group managers, which has admin on one.", "Give the group writers, in which mallory is, admin on one.",
			"Add mallory to the Owners, who administer everything in labs.",
		}},
		{"by who administers the package alone", "ada", registry.Asker{Login: "casey", Wants: model.Write}, []string{
			"Add casey as a collaborator with write.", "An owner of labs gives a group of casey write on it.",
		}},
		{"who has it", "brook", registry.Asker{Login: "mallory", Wants: model.Write}, nil},
		{"nobody", "brook", registry.Asker{Wants: model.Read}, []string{"Make one public."}},
		{"nobody who writes", "brook", registry.Asker{Wants: model.Write}, []string{"Nobody changes anything without signing in, or a token."}},
	} {
		if got := texts(t, s, tt.by, tt.asker); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if _, err := s.UpdateChannel(t.Context(), s.Actor(t, "brook"), "labs", registry.ChannelChange{Closed: &yes}); err != nil {
		t.Fatal(err)
	}
	if got := texts(t, s, "brook", registry.Asker{Wants: model.Read}); len(got) != 2 || !strings.HasPrefix(got[1], "Open the channel labs") {
		t.Errorf("in a closed channel: %q", got)
	}
	if err := s.SetDisabled(t.Context(), model.LocalOperator(), "casey", true); err != nil {
		t.Fatal(err)
	}
	if got := texts(t, s, "brook", registry.Asker{Login: "casey", Wants: model.Read}); !slices.Equal(got, []string{"An administrator of the site enables casey."}) {
		t.Errorf("somebody disabled: %q", got)
	}
}

// TestRemediesHold does what is said, and it suffices.
func TestRemediesHold(t *testing.T) {
	t.Parallel()
	for _, wants := range []model.Permission{model.Read, model.Write, model.Admin} {
		for i := 0; ; i++ {
			s := privateLabs(t)
			group(t, s, registry.NewGroup{Name: "crew", Permission: model.Read}, "casey", "two")
			group(t, s, registry.NewGroup{Name: "chiefs", Permission: model.Admin}, "ada", "one")
			brook, asker := s.Actor(t, "brook"), registry.Asker{Login: "casey", Wants: wants}
			e, err := s.Explain(t.Context(), brook, asker, "labs", "one")
			if err != nil {
				t.Fatal(err)
			}
			if i == len(e.Remedies) {
				if i < 3 {
					t.Errorf("to %s there are only %+v", wants, e.Remedies)
				}
				break
			}
			do(t, s, brook, e.Remedies[i], asker)
			if e, err = s.Explain(t.Context(), brook, asker, "labs", "one"); err != nil || e.Permission < wants || len(e.Remedies) > 0 {
				t.Errorf("%+v gives %s, %v", e.Remedies, e.Permission, err)
			}
		}
	}
}

// do does what a remedy says.
func do(t *testing.T, s *registrytest.Site, by model.Actor, r registry.Remedy, asker registry.Asker) {
	t.Helper()
	ctx, err := t.Context(), error(nil)
	switch r.At {
	case registry.AtCollaborators:
		err = s.SetCollaborator(ctx, by, "labs", "one", asker.Login, asker.Wants)
	case registry.AtAccess:
		err = s.SetAccess(ctx, by, "labs", []string{"one"}, model.Authenticated)
	case registry.AtGroup:
		if strings.HasPrefix(r.Text, "Add") {
			err = s.AddGroupMember(ctx, by, "labs", r.Group, asker.Login)
		} else {
			err = s.SetLevel(ctx, by, "labs", r.Group, "one", asker.Wants)
		}
	default:
		t.Fatalf("nothing is done at %d: %s", r.At, r.Text)
	}
	if err != nil {
		t.Fatalf("%s: %v", r.Text, err)
	}
}

// TestRemediesOfTokens: another token, or for the account what it lacks itself.
func TestRemediesOfTokens(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	if _, _, err := s.CreateToken(t.Context(), brook, "labs", registry.NewToken{Name: "ci", Scopes: []string{"conda:download"}}); err != nil {
		t.Fatal(err)
	}
	asker := registry.Asker{Login: "labs", Token: "ci", Wants: model.Write}
	want := []string{"Create another token in the place of ci, with one of the scopes conda, pypi:upload: a token cannot be changed."}
	if got := texts(t, s, "brook", asker); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	asker.Wants = model.Read
	if got := texts(t, s, "brook", asker); len(got) > 0 {
		t.Errorf("what it may: %q", got)
	}
}

// TestRemediesOfAUser: in a person's own channel there are no groups.
func TestRemediesOfAUser(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	if _, err := s.TransferPackage(t.Context(), brook, "labs", "one", "brook"); err != nil {
		t.Fatal(err)
	}
	for wants, want := range map[model.Permission][]registry.Place{
		model.Read: {registry.AtCollaborators, registry.AtAccess}, model.Write: {registry.AtCollaborators}, model.Admin: {registry.AtTransfer},
	} {
		e, err := s.Explain(t.Context(), brook, registry.Asker{Login: "casey", Wants: wants}, "brook", "one")
		var got []registry.Place
		for _, r := range e.Remedies {
			got = append(got, r.At)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("to %s: %v, %v, want %v", wants, e.Remedies, err, want)
		}
	}
}
