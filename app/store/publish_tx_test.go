package store

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"
)

// patient lets publishes wait for each other as long as the test may take.
func patient(s *Store) *Store {
	s.db.coming.gatherFor, s.db.coming.expectFor = time.Hour, time.Hour
	return s
}

// publish commits something by name.
func publish(t *testing.T, s *Store, name string) {
	t.Helper()
	if err := s.InPublishTx(t.Context(), name, retire(t, name)); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// TestPublishWaitsForTheExpected has some arrive after the first, and one that is
// expected while that waits.
func TestPublishWaitsForTheExpected(t *testing.T) {
	t.Parallel()
	s := patient(openTest(t))
	s.ExpectPublish("brook")
	s.ExpectPublish("casey")
	before := s.commits(t)
	var wait sync.WaitGroup
	for i, name := range []string{"ada", "brook"} {
		wait.Go(func() { publish(t, s, name) })
		for s.publishers() != i+1 {
			runtime.Gosched()
		}
	}
	s.ExpectPublish("drew")
	check(t, s.InSharedTx(t.Context(), retire(t, "others"))) // does not wait with them
	wait.Go(func() { publish(t, s, "casey") })
	for s.publishers() != 3 {
		runtime.Gosched()
	}
	publish(t, s, "drew")
	wait.Wait()
	for _, name := range []string{"ada", "brook", "casey", "drew", "others"} {
		same(t, name, s.retired(t, name), true)
	}
	same(t, "commits", s.commits(t)-before, uint32(2))
}

func (s *Store) publishers() int {
	p := &s.db.publishing
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open == nil {
		return 0
	}
	return len(p.open.members)
}

// TestPublishDoesNotWait for itself, for those that came, and for those that come too late.
func TestPublishDoesNotWait(t *testing.T) {
	t.Parallel()
	s := patient(openTest(t))
	s.ExpectPublish("ada")
	publish(t, s, "ada")
	check(t, s.InPublishTx(t.Context(), "", retire(t, "brook")))

	s.db.coming.gatherFor = time.Millisecond
	s.ExpectPublish("casey")
	check(t, s.InPublishTx(t.Context(), "", retire(t, "drew")))

	s = patient(openTest(t))
	s.db.coming.expectFor = time.Millisecond
	s.ExpectPublish("casey")
	check(t, s.InPublishTx(t.Context(), "", retire(t, "emery")))
	publish(t, s, "casey")
	same(t, "expected", len(s.db.coming.expected), 0)
}

// TestPublishersInACrowd publish one after another, more at once than a group takes:
// none waits for one that waits for it.
func TestPublishersInACrowd(t *testing.T) {
	t.Parallel()
	s := patient(openTest(t))
	var wait sync.WaitGroup
	for i := range maxTogether + 8 {
		wait.Go(func() {
			for j := range 5 {
				name := fmt.Sprint("user", i, "-", j)
				s.ExpectPublish(name)
				publish(t, s, name)
			}
		})
	}
	wait.Wait()
	same(t, "expected", len(s.db.coming.expected), 0)
}
