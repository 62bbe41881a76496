package registry_test

import (
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestAbandonedUploads of one package leave neither it nor a release, whichever of
// them made those.
func TestAbandonedUploads(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	for _, version := range []string{"1.0", "1.0", "2.0"} {
		spec := condatest.Spec{Name: "tiny", Version: version}
		fileName, data := condatest.Build(t, spec)
		if _, err := s.StageFile(t.Context(), brook, registrytest.Announce(spec, "labs", fileName, data)); err != nil {
			t.Fatal(err)
		}
	}
	later := s.Later(registry.StageLifetime + time.Hour)
	if c, err := later.CollectGarbage(t.Context(), model.LocalOperator(), registry.StageLifetime); err != nil || c.Stages != 3 {
		t.Fatalf("collected %+v, %v", c, err)
	}
	if d, err := s.Package(t.Context(), model.LocalOperator(), "labs", "tiny"); model.CodeOf(err) != model.NotFound {
		t.Errorf("tiny is there with %d releases, %v", len(d.Releases), err)
	}
}

// TestLateCommit finds no upload that was announced too long ago.
func TestLateCommit(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	spec := condatest.Spec{Name: "tiny"}
	fileName, data := condatest.Build(t, spec)
	earlier := s.Later(-registry.StageLifetime - time.Hour) // where it was announced
	brook := earlier.Actor(t, "brook")
	in := registrytest.Announce(spec, "labs", fileName, data)
	staged, err := earlier.StageFile(t.Context(), brook, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.CommitFile(t.Context(), s.Actor(t, "brook"), in.Owner, in.Package, in.Version, in.Basename, staged.DistID); model.CodeOf(err) != model.NotFound {
		t.Errorf("committed: %v", err)
	}
}
