package registry_test

import (
	"fmt"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// told are the groups that somebody is told about, with who did it.
func told(t *testing.T, s *registrytest.Site, login string) []string {
	t.Helper()
	list, err := s.News(t.Context(), s.Actor(t, login))
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, n := range list {
		out = append(out, n.Author+": "+n.Organization+"/"+n.Group)
	}
	return out
}

func TestNewsOfGroups(t *testing.T) {
	t.Parallel()
	s, ctx := registrytest.New(t), t.Context()
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Read}, "casey")
	if got := told(t, s, "casey"); len(got) != 1 || got[0] != "brook: labs/crew" {
		t.Errorf("casey is told %v", got)
	}
	if got := told(t, s, "brook"); len(got) != 1 || got[0] != "operator: labs/Owners" {
		t.Errorf("brook is told %v", got)
	}
	news, err := s.News(ctx, s.Actor(t, "casey"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DismissNews(ctx, s.Actor(t, "mallory"), news[0].GroupID); err != nil {
		t.Errorf("mallory dismisses what is not there: %v", err)
	}
	if got := told(t, s, "casey"); len(got) != 1 {
		t.Errorf("mallory dismissed what casey is told")
	}
	if err := s.DismissNews(ctx, s.Actor(t, "casey"), news[0].GroupID); err != nil {
		t.Fatal(err)
	}
	if got := told(t, s, "casey"); len(got) != 0 {
		t.Errorf("casey is still told %v", got)
	}
	if _, err := s.CreateOrganization(ctx, s.Actor(t, "casey"), registry.NewOrganization{Login: "own"}); err != nil {
		t.Fatal(err)
	}
	if got := told(t, s, "casey"); len(got) != 0 {
		t.Errorf("casey is told of what casey did: %v", got)
	}
}

// TestNewsEndWithMembership tells nobody of a group that they are not in any more.
func TestNewsEndWithMembership(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Read}, "casey")
	if err := s.RemoveGroupMember(t.Context(), s.Actor(t, "brook"), "labs", "crew", "casey"); err != nil {
		t.Fatal(err)
	}
	if got := told(t, s, "casey"); len(got) != 0 {
		t.Errorf("casey is told %v", got)
	}
}

func TestActivity(t *testing.T) {
	t.Parallel()
	s, ctx := registrytest.New(t), t.Context()
	brook, private := s.Actor(t, "brook"), model.Private
	for _, name := range []string{"seen", "hidden", "other"} {
		s.Publish(t, brook, "labs", condatest.Spec{Name: name})
	}
	for _, name := range []string{"seen", "hidden"} {
		if _, err := s.Star(ctx, s.Actor(t, "casey"), "labs", name, true); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.UpdatePackage(ctx, brook, "labs", "hidden", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	list, err := s.Activity(ctx, s.Actor(t, "casey"))
	if err != nil || len(list) != 1 || list[0].Package != "seen" || list[0].Uploader != "brook" {
		t.Errorf("got %+v, %v", list, err)
	}
	if list, err = s.Activity(ctx, brook); err != nil || len(list) != 3 {
		t.Errorf("brook, who owns labs, gets %d, %v", len(list), err)
	}
	if _, err := s.Activity(ctx, model.Actor{}); model.CodeOf(err) != model.Unauthenticated {
		t.Errorf("anonymous gets %v", err)
	}
}

// TestNewsAreBounded: somebody who puts others into very many groups does not fill
// their dashboards; the rest is told as the first is dismissed.
func TestNewsAreBounded(t *testing.T) {
	t.Parallel()
	const shown, more = 20, 3
	s, ctx := registrytest.New(t), t.Context()
	for i := range shown + more {
		group(t, s, registry.NewGroup{Name: fmt.Sprintf("crew%d", i), Permission: model.Read}, "casey")
	}
	if got := told(t, s, "casey"); len(got) != shown {
		t.Fatalf("casey is told of %d groups, want %d", len(got), shown)
	}
	for range shown {
		news, err := s.News(ctx, s.Actor(t, "casey"))
		if err != nil {
			t.Fatal(err)
		}
		check(t, "dismiss", s.DismissNews(ctx, s.Actor(t, "casey"), news[0].GroupID), model.Internal)
	}
	if got := told(t, s, "casey"); len(got) != more {
		t.Errorf("casey is told %v of what was left", got)
	}
}
