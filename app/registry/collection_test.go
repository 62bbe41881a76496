package registry_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// cabinet is labs with the collection tools, which holds one (public), two (private),
// and brook's own three.
func cabinet(t *testing.T, access model.Access) *registrytest.Site {
	t.Helper()
	s, ctx := registrytest.New(t), t.Context()
	brook, private := s.Actor(t, "brook"), model.Private
	s.Publish(t, brook, "labs", condatest.Spec{Name: "one"})
	s.Publish(t, brook, "labs", condatest.Spec{Name: "two"})
	s.Publish(t, brook, "brook", condatest.Spec{Name: "three"})
	must(s.UpdatePackage(ctx, brook, "labs", "two", registry.PackageChange{Access: &private}))
	text := "What we use."
	done(t, s.CreateCollection(ctx, brook, "labs", "Tools", registry.CollectionChange{Access: &access, Description: &text}))
	done(t, s.AddToCollection(ctx, brook, "labs", "tools", named("labs/one", "labs/two", "brook/three")))
	return s
}

func done(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// named names packages by owner/name.
func named(full ...string) []registry.PackageName {
	var list []registry.PackageName
	for _, f := range full {
		owner, name, _ := strings.Cut(f, "/")
		list = append(list, registry.PackageName{Owner: owner, Name: name})
	}
	return list
}

// seenIn lists the packages of a collection that actor sees.
func seenIn(t *testing.T, s *registrytest.Site, actor model.Actor, owner, name string) []string {
	t.Helper()
	d, err := s.Collection(t.Context(), actor, owner, name, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range d.Packages {
		names = append(names, p.FullName())
	}
	slices.Sort(names)
	return names
}

// TestCollectionAccess is who sees a collection of each access, alone and in the list.
func TestCollectionAccess(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	people := []string{"anonymous", "mallory", "casey", "brook", "a token for conda alone"}
	tests := map[model.Access][]model.Code{
		model.Public:        {ok, ok, ok, ok, ok},
		model.Authenticated: {model.NotFound, ok, ok, ok, model.Forbidden},
		model.Private:       {model.NotFound, model.NotFound, ok, ok, model.Forbidden},
	}
	for access, want := range tests {
		s := cabinet(t, access)
		group(t, s, registry.NewGroup{Name: "readers", Permission: model.Read, AllPackages: true}, "casey")
		actors := []model.Actor{
			{}, s.Actor(t, "mallory"), s.Actor(t, "casey"), s.Actor(t, "brook"), s.TokenActor(t, s.Token(t, "brook", "conda:download"), model.ScopeAPIRead),
		}
		for i, actor := range actors {
			_, err := s.Collection(t.Context(), actor, "labs", "TOOLS", 0, 0)
			check(t, string(access)+", "+people[i], err, want[i])
			list, err := s.Collections(t.Context(), actor, "labs")
			if shown := len(list) == 1; err != nil || shown != (want[i] == ok) {
				t.Errorf("%s, %s: listed %v, %v", access, people[i], list, err)
			}
		}
	}
}

// TestCollectionIsNoWayIn: what of a collection somebody sees is what they see
// anyway, also of a copy that they make.
func TestCollectionIsNoWayIn(t *testing.T) {
	t.Parallel()
	s, ctx := cabinet(t, model.Public), t.Context()
	casey, brook := s.Actor(t, "casey"), s.Actor(t, "brook")
	all, public := []string{"brook/three", "labs/one", "labs/two"}, []string{"brook/three", "labs/one"}
	for who, actor := range map[string]model.Actor{"anonymous": {}, "casey": casey} {
		if got := seenIn(t, s, actor, "labs", "tools"); !slices.Equal(got, public) {
			t.Errorf("%s sees %v", who, got)
		}
	}
	if got := seenIn(t, s, brook, "labs", "tools"); !slices.Equal(got, all) {
		t.Errorf("brook sees %v", got)
	}
	source := registry.PackageName{Owner: "labs", Name: "tools"}
	done(t, s.CloneCollection(ctx, casey, source, "casey", "copy"))
	done(t, s.CreateCollection(ctx, casey, "casey", "pulled", registry.CollectionChange{}))
	done(t, s.PullCollection(ctx, casey, source, "casey", "pulled"))
	done(t, s.AddGroupMember(ctx, brook, "labs", "owners", "casey"))
	for _, name := range []string{"copy", "pulled"} {
		if got := seenIn(t, s, s.Actor(t, "casey"), "casey", name); !slices.Equal(got, public) {
			t.Errorf("%s has %v, which casey did not see all of", name, got)
		}
	}
	check(t, "clone what is hidden", s.CloneCollection(ctx, s.Actor(t, "mallory"), registry.PackageName{Owner: "labs", Name: "nothing"}, "mallory", "x"), model.NotFound)
	d, err := s.Collection(ctx, casey, "casey", "copy", 0, 0)
	if err != nil || d.Description != "What we use." || d.Access != model.Public {
		t.Errorf("the copy is %+v, %v", d.Collection, err)
	}
}

// TestCollectionIsModified for everybody when what they see of it is.
func TestCollectionIsModified(t *testing.T) {
	t.Parallel()
	s, ctx := cabinet(t, model.Public), t.Context()
	brook, casey := s.Actor(t, "brook"), s.Actor(t, "casey")
	done(t, s.RemoveFromCollection(ctx, brook, "labs", "tools", named("labs/two", "brook/three")))
	dated := func(actor model.Actor) time.Time {
		t.Helper()
		d, err := s.Collection(ctx, actor, "labs", "tools", 0, 0)
		done(t, err)
		list, err := s.Collections(ctx, actor, "labs")
		done(t, err)
		if len(list) != 1 || !list[0].ModifiedAt.Equal(d.ModifiedAt) {
			t.Fatalf("the list has %v, the collection %v", list, d.ModifiedAt)
		}
		return d.ModifiedAt
	}
	before := dated(casey)
	done(t, s.AddToCollection(ctx, brook, "labs", "tools", named("labs/two")))
	if now := dated(casey); !now.Equal(before) {
		t.Errorf("casey learns that something hidden was added: %v, then %v", before, now)
	}
	if now := dated(brook); !now.After(before) {
		t.Errorf("brook sees nothing new: %v, then %v", before, now)
	}
	done(t, s.AddToCollection(ctx, brook, "labs", "tools", named("brook/three")))
	if now := dated(casey); !now.After(before) {
		t.Errorf("casey sees nothing new: %v, then %v", before, now)
	}
	before, text := dated(casey), "Another text."
	done(t, s.UpdateCollection(ctx, brook, "labs", "tools", registry.CollectionChange{Description: &text}))
	if now := dated(casey); !now.After(before) {
		t.Errorf("the text is new, and not the time: %v, then %v", before, now)
	}
}

// TestCollectionsAreChangedByOwners alone, all or none, and each change leaves a line.
func TestCollectionsAreChangedByOwners(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s, ctx := cabinet(t, model.Public), t.Context()
	brook := s.Actor(t, "brook")
	group(t, s, registry.NewGroup{Name: "makers", Permission: model.Write, AllPackages: true}, "casey")
	private, none := model.Private, registry.CollectionChange{}
	long := strings.Repeat("x", 256<<10+1)
	for who, tt := range map[string]struct {
		actor model.Actor
		want  model.Code
	}{
		"anonymous": {model.Actor{}, model.Unauthenticated}, "mallory": {s.Actor(t, "mallory"), model.Forbidden}, "casey": {s.Actor(t, "casey"), model.Forbidden},
		"a token that only reads": {s.TokenActor(t, s.Token(t, "brook", "api:read"), model.ScopeAPIWrite), model.Forbidden},
	} {
		check(t, who+" creates", s.CreateCollection(ctx, tt.actor, "labs", "x", none), tt.want)
		check(t, who+" changes", s.UpdateCollection(ctx, tt.actor, "labs", "tools", none), tt.want)
		check(t, who+" changes none", s.UpdateCollection(ctx, tt.actor, "labs", "nothing", none), tt.want)
		check(t, who+" deletes", s.DeleteCollection(ctx, tt.actor, "labs", "tools"), tt.want)
		check(t, who+" adds", s.AddToCollection(ctx, tt.actor, "labs", "tools", named("labs/one")), tt.want)
		check(t, who+" removes", s.RemoveFromCollection(ctx, tt.actor, "labs", "tools", named("labs/one")), tt.want)
	}
	check(t, "the same again", s.CreateCollection(ctx, brook, "labs", "TOOLS", none), model.Conflict)
	check(t, "no name", s.CreateCollection(ctx, brook, "labs", "../x", none), model.Invalid)
	check(t, "a long text", s.UpdateCollection(ctx, brook, "labs", "tools", registry.CollectionChange{Description: &long}), model.Invalid)
	check(t, "nothing to add", s.AddToCollection(ctx, brook, "labs", "tools", nil), model.Invalid)
	check(t, "one that is absent", s.AddToCollection(ctx, brook, "labs", "tools", named("labs/one", "labs/nothing")), model.NotFound)
	check(t, "one that is not in it", s.RemoveFromCollection(ctx, brook, "labs", "tools", named("labs/one", "labs/one")), model.NotFound)
	if got := seenIn(t, s, brook, "labs", "tools"); len(got) != 3 {
		t.Errorf("refusals left %v", got)
	}
	check(t, "remove", s.RemoveFromCollection(ctx, brook, "labs", "tools", named("labs/one", "brook/three")), ok)
	check(t, "make private", s.UpdateCollection(ctx, brook, "labs", "tools", registry.CollectionChange{Access: &private}), ok)
	check(t, "delete", s.DeleteCollection(ctx, brook, "labs", "tools"), ok)
	check(t, "delete again", s.DeleteCollection(ctx, brook, "labs", "tools"), model.NotFound)
	_, err := s.Package(ctx, brook, "labs", "two")
	check(t, "what was in it", err, ok)
	lines, err := s.AuditLines(ctx, brook, registry.AuditFilter{Account: "labs", Action: "collection"})
	var actions []string
	for _, l := range lines {
		actions = append(actions, l.Action+" "+l.Subject)
	}
	want := []string{"collection.delete labs/tools", "collection.update labs/tools", "collection.remove labs/tools", "collection.add labs/tools", "collection.create labs/tools"}
	if err != nil || !slices.Equal(actions, want) {
		t.Errorf("the log says %q, %v", actions, err)
	}
}

// TestCollectionsOfAClosedChannel are closed with it.
func TestCollectionsOfAClosedChannel(t *testing.T) {
	t.Parallel()
	s, shut := cabinet(t, model.Public), true
	must(s.UpdateChannel(t.Context(), s.Actor(t, "brook"), "labs", registry.ChannelChange{Closed: &shut}))
	_, err := s.Collection(t.Context(), model.Actor{}, "labs", "tools", 0, 0)
	check(t, "one", err, model.Unauthenticated)
	_, err = s.Collections(t.Context(), model.Actor{}, "labs")
	check(t, "the list", err, model.Unauthenticated)
	if got := seenIn(t, s, s.Actor(t, "casey"), "labs", "tools"); !slices.Equal(got, []string{"brook/three", "labs/one"}) {
		t.Errorf("casey sees %v", got)
	}
}

// TestExportHasCollections with what of them the person sees now.
func TestExportHasCollections(t *testing.T) {
	t.Parallel()
	s, ctx := cabinet(t, model.Public), t.Context()
	casey := s.Actor(t, "casey")
	done(t, s.CreateCollection(ctx, casey, "casey", "mine", registry.CollectionChange{}))
	done(t, s.AddGroupMember(ctx, s.Actor(t, "brook"), "labs", "owners", "casey"))
	done(t, s.AddToCollection(ctx, casey, "casey", "mine", named("labs/one", "labs/two")))
	for _, want := range [][]string{{"labs/one", "labs/two"}, {"labs/one"}} {
		e, err := s.Export(ctx, casey)
		if err != nil || len(e.Collections) != 1 || e.Collections[0].Name != "mine" || !slices.Equal(e.Collections[0].Packages, want) {
			t.Errorf("exported %+v, %v, want %v", e.Collections, err, want)
		}
		if len(want) == 2 {
			done(t, s.RemoveFromOrganization(ctx, s.Actor(t, "brook"), "labs", "casey"))
		}
	}
}
