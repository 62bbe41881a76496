package main

import "testing"

func TestStockGivesEachPackageOnce(t *testing.T) {
	t.Parallel()
	var s stock
	if err := s.fill(3); err != nil {
		t.Fatal(err)
	}
	if len(s.ready) != 3 {
		t.Errorf("%d packages are ready, want three", len(s.ready))
	}
	seen := map[string]bool{}
	for range 5 { // two more than there are
		p, err := s.take()
		if err != nil {
			t.Fatal(err)
		}
		if seen[p.fileName()] || len(p.body) == 0 {
			t.Errorf("got %s of %d bytes", p.fileName(), len(p.body))
		}
		seen[p.fileName()] = true
	}
}
