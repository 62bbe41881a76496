package registry_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// atOnce runs the sound upload beside some whose bytes are the same and that are
// refused only after they were stored, again and again.
func atOnce(t *testing.T, sound, refused func(round int) error) {
	t.Helper()
	for round := range 25 {
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if err := refused(round); model.CodeOf(err) != model.Invalid {
					t.Errorf("the wrong upload: %v, want it refused", err)
				}
			})
		}
		all.Go(func() {
			if err := sound(round); err != nil {
				t.Errorf("the right upload of the same bytes: %v", err)
			}
		})
		all.Wait()
	}
}

// TestRefusalSparesCondaBytes: the clean-up after a refused upload must not take
// the bytes from under another that is not done yet.
func TestRefusalSparesCondaBytes(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	upload := func(channel, announced string) func(int) error {
		return func(round int) error {
			spec := condatest.Spec{Name: "tiny", Version: fmt.Sprintf("1.%d", round)}
			fileName, data := condatest.Build(t, spec)
			in := registrytest.Announce(spec, channel, fileName, data)
			if announced != "" {
				in.Version, in.Basename = announced, "noarch/tiny-"+announced+"-0.conda"
			}
			_, err := s.Upload(t, brook, in, data)
			return err
		}
	}
	atOnce(t, upload("labs", ""), upload("brook", "2.0"))
	nothingLeftBut(t, s, 25)
}

// TestRefusalSparesPythonBytes is the same for wheels, whose metadata are bytes of
// their own.
func TestRefusalSparesPythonBytes(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	upload := func(channel string, labels ...string) func(int) error {
		return func(round int) error {
			fileName, data := pypitest.Wheel(t, pypitest.Spec{Name: "tiny", Version: fmt.Sprintf("1.%d", round)})
			in, err := s.Receive(t.Context(), brook, channel)
			if err != nil {
				return err
			}
			defer in.Close()
			if _, err := in.ReadFrom(bytes.NewReader(data)); err != nil {
				return err
			}
			_, _, err = s.PublishPython(t.Context(), brook, channel, in, registry.Upload{FileName: fileName, Labels: labels})
			return err
		}
	}
	atOnce(t, upload("labs"), upload("brook", "nolabel"))
	nothingLeftBut(t, s, 50)
}

// nothingLeftBut is nothingLeft for a site that has so many files of bytes in use.
func nothingLeftBut(t *testing.T, s *registrytest.Site, blobs int) {
	t.Helper()
	if stages, err := s.Store.StagesBefore(t.Context(), s.Clock.Now()); err != nil || len(stages) > 0 {
		t.Errorf("stages left: %v %v", stages, err)
	}
	n := 0
	for e, err := range s.Blobs.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if used, err := s.Store.BlobInUse(t.Context(), e.SHA256); err != nil || !used {
			t.Errorf("bytes left: %s, %v", e.SHA256, err)
		}
		n++
	}
	if n != blobs {
		t.Errorf("%d blobs are stored, want %d", n, blobs)
	}
}
