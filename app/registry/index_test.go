package registry_test

import (
	"fmt"
	"slices"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestChangeLogNamesEveryFile looks at what each verb tells other processes: a
// line for each file it touched, or one for a package whose files are as they
// were but seen by others.
func TestChangeLogNamesEveryFile(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, ctx := s.Actor(t, "brook"), t.Context()
	labs, err := s.Store.Account(ctx, "labs")
	if err != nil {
		t.Fatal(err)
	}
	var seq int64
	logged := func(what string, err error, want ...string) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		changes, err := s.Store.Changes(ctx, labs.ID, seq)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range changes {
			got = append(got, fmt.Sprintf("%s|%s|%s", c.Subdir, c.Package, c.File))
			seq = c.Seq
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", what, got, want)
		}
	}
	noarch := s.Publish(t, brook, "labs", condatest.Spec{Name: "demo", Version: "1.0"})
	logged("publish", nil, "noarch|demo|"+noarch.FileName())
	linux := s.Publish(t, brook, "labs", condatest.Spec{Name: "demo", Version: "1.0", Subdir: "linux-64"})
	newer := s.Publish(t, brook, "labs", condatest.Spec{Name: "demo", Version: "2.0"})
	logged("publish two", nil, "linux-64|demo|"+linux.FileName(), "noarch|demo|"+newer.FileName())
	access := model.Private
	_, err = s.UpdatePackage(ctx, brook, "labs", "demo", registry.PackageChange{Access: &access})
	logged("access", err, "|demo|")
	logged("access of many", s.SetAccess(ctx, brook, "labs", []string{"demo"}, model.Public), "|demo|")
	_, err = s.DeleteFile(ctx, brook, "labs", "demo", "1.0", noarch.Basename)
	logged("delete file", err, "noarch|demo|"+noarch.FileName())
	logged("delete release", s.DeleteRelease(ctx, brook, "labs", "demo", "1.0"), "linux-64|demo|"+linux.FileName())
	logged("delete package", s.DeletePackage(ctx, brook, "labs", "demo"), "noarch|demo|"+newer.FileName())
}
