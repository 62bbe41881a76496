package registry_test

import (
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// favorites are the full names of what somebody starred, as they see it.
func favorites(t *testing.T, s *registrytest.Site, login string) []string {
	t.Helper()
	list, total, err := s.Favorites(t.Context(), s.Actor(t, login), registry.PackageFilter{})
	if err != nil || total != len(list) {
		t.Fatalf("%d of %d favorites, %v", len(list), total, err)
	}
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.FullName()
	}
	return names
}

func TestStar(t *testing.T) {
	t.Parallel()
	s, ctx := registrytest.New(t), t.Context()
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "x"})
	for range 2 { // the second changes nothing
		d, err := s.Star(ctx, s.Actor(t, "casey"), "Labs", "X", true)
		if err != nil || !d.Starred || d.Stars != 1 {
			t.Fatalf("starred %v, %d stars, %v", d.Starred, d.Stars, err)
		}
	}
	if d, err := s.Package(ctx, s.Actor(t, "casey"), "labs", "x"); err != nil || !d.Starred || d.Stars != 1 {
		t.Errorf("casey sees starred %v, %d stars, %v", d.Starred, d.Stars, err)
	}
	if d, err := s.Package(ctx, s.Actor(t, "mallory"), "labs", "x"); err != nil || d.Starred || d.Stars != 1 {
		t.Errorf("mallory sees starred %v, %d stars, %v", d.Starred, d.Stars, err)
	}
	if got := favorites(t, s, "casey"); len(got) != 1 || got[0] != "labs/x" {
		t.Errorf("casey's favorites are %v", got)
	}
	if d, err := s.Star(ctx, s.Actor(t, "casey"), "labs", "x", false); err != nil || d.Starred || d.Stars != 0 {
		t.Errorf("starred %v, %d stars, %v", d.Starred, d.Stars, err)
	}
	if got := favorites(t, s, "casey"); len(got) != 0 {
		t.Errorf("casey's favorites are still %v", got)
	}
}

// TestStarHides makes a favorite private: it leaves the list of who may not see it
// any more, is counted in no total, and cannot be told from what never was.
func TestStarHides(t *testing.T) {
	t.Parallel()
	s, ctx := registrytest.New(t), t.Context()
	brook, casey, private := s.Actor(t, "brook"), s.Actor(t, "casey"), model.Private
	s.Publish(t, brook, "labs", condatest.Spec{Name: "x"})
	if _, err := s.Star(ctx, casey, "labs", "x", true); err != nil {
		t.Fatal(err)
	}
	if _, err := s.UpdatePackage(ctx, brook, "labs", "x", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	if got := favorites(t, s, "casey"); len(got) != 0 {
		t.Errorf("casey sees %v", got)
	}
	for _, starred := range []bool{true, false} {
		_, err := s.Star(ctx, casey, "labs", "x", starred)
		_, absent := s.Star(ctx, casey, "labs", "y", starred)
		if model.CodeOf(err) != model.NotFound || model.CodeOf(absent) != model.NotFound {
			t.Errorf("hidden: %v, absent: %v", err, absent)
		}
	}
	if err := s.SetCollaborator(ctx, brook, "labs", "x", "casey", model.Read); err != nil {
		t.Fatal(err)
	}
	if got := favorites(t, s, "casey"); len(got) != 1 {
		t.Errorf("casey may see it again and has %v", got)
	}
}

// TestStarIsForPeople refuses who is nobody, an organization, or a token without
// the scope.
func TestStarIsForPeople(t *testing.T) {
	t.Parallel()
	s, ctx := registrytest.New(t), t.Context()
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "x"})
	weak := s.TokenActor(t, s.Token(t, "casey", "conda:download"))
	weak.Door = []model.Scope{model.ScopeAPIWrite}
	for _, tt := range []struct {
		name  string
		actor model.Actor
		want  model.Code
	}{
		{"anonymous", model.Actor{}, model.Unauthenticated},
		{"organization", s.TokenActor(t, s.Token(t, "labs")), model.Forbidden},
		{"token without the scope", weak, model.Forbidden},
	} {
		if _, err := s.Star(ctx, tt.actor, "labs", "x", true); model.CodeOf(err) != tt.want {
			t.Errorf("%s stars: %v, want %v", tt.name, err, tt.want)
		}
		if _, _, err := s.Favorites(ctx, tt.actor, registry.PackageFilter{}); model.CodeOf(err) != tt.want {
			t.Errorf("%s lists: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestStargazers(t *testing.T) {
	t.Parallel()
	s, ctx := registrytest.New(t), t.Context()
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "x"})
	if _, err := s.Star(ctx, s.Actor(t, "casey"), "labs", "x", true); err != nil {
		t.Fatal(err)
	}
	_, list, err := s.Stargazers(ctx, s.Actor(t, "brook"), "labs", "x")
	if err != nil || len(list) != 1 || list[0].Login != "casey" || list[0].Since.IsZero() {
		t.Errorf("got %+v, %v", list, err)
	}
	if _, _, err := s.Stargazers(ctx, s.Actor(t, "casey"), "labs", "x"); model.CodeOf(err) != model.Forbidden {
		t.Errorf("casey gets %v", err)
	}
}
