package registry_test

import (
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestModified: when an index last changed says nothing of what is hidden, and
// everything of what is not.
func TestModified(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, anyone := s.Actor(t, "brook"), model.Actor{}
	modified := func(actor model.Actor) time.Time {
		t.Helper()
		doc, err := s.OpenIndex(t.Context(), actor, "brook", "main", "noarch", model.Repodata)
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.PythonProjects(t.Context(), actor, "brook", "main")
		if err != nil {
			t.Fatal(err)
		}
		if !list.Modified.Equal(doc.ModTime) {
			t.Errorf("the simple index is of %v, repodata of %v", list.Modified, doc.ModTime)
		}
		return doc.ModTime
	}
	access := func(a model.Access) {
		t.Helper()
		if _, err := s.UpdatePackage(t.Context(), brook, "brook", "tiny", registry.PackageChange{Access: &a}); err != nil {
			t.Fatal(err)
		}
	}
	steps := []struct {
		name                   string
		do                     func()
		anyone, signedIn, mine bool // who is told
	}{
		{"a public package", func() { s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny"}) }, true, true, true},
		{"for those signed in", func() { access(model.Authenticated) }, true, true, true},
		{"another version", func() { s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny", Version: "2"}) }, false, true, true},
		{"private", func() { access(model.Private) }, false, true, true},
		{"a private version", func() { s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny", Version: "3"}) }, false, false, true},
		{"deleted", func() {
			if err := s.DeletePackage(t.Context(), brook, "brook", "tiny"); err != nil {
				t.Fatal(err)
			}
		}, false, false, true},
	}
	for _, step := range steps {
		before := []time.Time{modified(anyone), modified(s.Actor(t, "casey")), modified(brook)}
		step.do()
		after := []time.Time{modified(anyone), modified(s.Actor(t, "casey")), modified(brook)}
		for i, told := range []bool{step.anyone, step.signedIn, step.mine} {
			if after[i].After(before[i]) != told {
				t.Errorf("%s: person %d is told of %v after %v", step.name, i, after[i], before[i])
			}
		}
	}
}
