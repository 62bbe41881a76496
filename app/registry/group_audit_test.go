package registry_test

import (
	"slices"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// TestGroupReachIsAudited: that a permission came to hold on every package is in the
// line.
func TestGroupReachIsAudited(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Write, AllPackages: true}, "casey")
	group(t, s, registry.NewGroup{Name: "guests", Permission: model.Read}, "casey")
	if err := s.UpdateGroup(t.Context(), brook, "labs", "guests", model.Read, true); err != nil {
		t.Fatal(err)
	}
	lines, err := s.AuditLines(t.Context(), brook, registry.AuditFilter{Account: "labs", Action: "group"})
	var got []string
	for _, l := range lines {
		if l.Action == "group.add-member" {
			continue
		}
		got = append(got, l.Action+" "+l.Subject+" "+l.Detail)
	}
	want := []string{"group.update labs/guests read on all packages", "group.create labs/guests read", "group.create labs/crew write on all packages"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v", got, err)
	}
}
