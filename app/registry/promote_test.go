package registry_test

import (
	"sync"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
	"vivarium/app/scaletest"
)

// TestPromotionIsOneChange puts a label on very many files at once. Who reads the
// index of the label meanwhile sees none of them or all.
func TestPromotionIsOneChange(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	count := scaletest.Count(t, 10_000, 400)
	s.FillChannel(t, "labs", "noarch", count)
	brook := s.Actor(t, "brook")
	promoted := func() int {
		_, body := readOf(t, s, "prod", model.Repodata)
		return len(filesIn(t, body))
	}
	if got := promoted(); got != 0 {
		t.Fatalf("%d files carry a label that nobody has used", got)
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				if got := promoted(); got != 0 && got != count {
					t.Errorf("%d of %d files are promoted", got, count)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	touched, err := s.ChangeLabels(t.Context(), brook, "labs", registry.Selection{Label: "main"}, registry.LabelChange{Add: []string{"prod"}})
	if err != nil || len(touched) != count {
		t.Errorf("%d files were promoted, want %d: %v", len(touched), count, err)
	}
	if got := promoted(); got != count {
		t.Errorf("%d files carry the label when the change returns, want %d", got, count)
	}
	close(done)
	readers.Wait()
	if _, err := s.ChangeLabels(t.Context(), brook, "labs", registry.Selection{Label: "prod"}, registry.LabelChange{Remove: []string{"prod"}}); err != nil {
		t.Error(err)
	}
	if got := promoted(); got != 0 {
		t.Errorf("%d files are left under the label", got)
	}
}
