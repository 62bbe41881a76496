package e2e

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"vivarium/app/scaletest"
)

const racers = 64

// TestU23Race uploads one file name with different bytes 64 times at once: exactly
// one wins, and what it sent is listed and served. Then the same with bytes of
// which several are equal: the losers' clean-up must not take the winner's.
func TestU23Race(t *testing.T) {
	t.Parallel()
	v := newVictim(t, unlimited)
	for round := range scaletest.Count(t, 200, 4) {
		name := fmt.Sprintf("race%d", round)
		for _, contents := range []int{racers, 4, 1} {
			version := fmt.Sprintf("%d.0", contents)
			var conda, wheels []artifact
			for n := range racers {
				salt := fmt.Sprint(n % contents)
				conda = append(conda, condaSpec{name: name, version: version, salt: salt}.build(t))
				wheels = append(wheels, wheelSpec{name: name, version: version, salt: salt}.build(t))
			}
			v.race(conda, http.StatusConflict)
			v.race(wheels, http.StatusBadRequest)
		}
	}
	v.hasNoLitter()
}

// race uploads all at once. Losers are answered refused; on PyPI, who sent the
// winner's bytes has won too.
func (v *victim) race(files []artifact, refused int) {
	v.t.Helper()
	verdicts, start := make([]verdict, len(files)), make(chan bool)
	var all sync.WaitGroup
	for i, a := range files {
		all.Go(func() {
			<-start
			var err error
			if verdicts[i], err = v.alice.publish(v.t.Context(), a); err != nil {
				v.t.Errorf("%s: %v", a.fileName, err)
			}
		})
	}
	close(start)
	all.Wait()
	won, winner := map[string]int{}, artifact{}
	for i, got := range verdicts {
		switch {
		case got.made():
			won[files[i].sha256()]++
			winner = files[i]
		case got.status != refused:
			v.t.Errorf("%s: a loser is told %v, want %d", files[i].fileName, got, refused)
		}
	}
	if len(won) != 1 || winner.subdir != "" && won[winner.sha256()] != 1 {
		v.t.Fatalf("%s: won %v, want one", files[0].fileName, won)
	}
	v.wins(winner)
}

// wins fails the test unless the winner is listed and served whole.
func (v *victim) wins(a artifact) {
	v.t.Helper()
	v.serves(a)
	for _, f := range v.listed() {
		if f.fileName == a.fileName && f.sha256 != a.sha256() {
			v.t.Errorf("%s is listed as %s, but %s won", a.fileName, f.sha256, a.sha256())
		}
	}
}
