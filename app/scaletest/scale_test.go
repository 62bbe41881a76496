package scaletest

import (
	"fmt"
	"testing"
)

func TestShareIsANumberAboveZero(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{"": usual, "1": 1, "0.5": 0.5, "2": 2} {
		if got, err := parse(text); err != nil || got != want {
			t.Errorf("%q: got %v and %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"0", "-1", "all", "1,5"} {
		if got, err := parse(text); err == nil {
			t.Errorf("%q: got %v, want an error", text, got)
		}
	}
}

func TestCountIsNeverLessThanTheLeast(t *testing.T) {
	for _, test := range []struct {
		scale             string
		full, least, want int
	}{{"", 1000, 1, 20}, {"", 1000, 50, 50}, {"1", 1000, 50, 1000}, {"0.1", 5, 0, 0}} {
		t.Setenv("TEST_SCALE", test.scale)
		if got := Count(t, test.full, test.least); got != test.want {
			t.Errorf("TEST_SCALE=%q of %d, at least %d: got %d, want %d", test.scale, test.full, test.least, got, test.want)
		}
	}
}

func TestEveryoneIsChosenInTurn(t *testing.T) {
	t.Parallel()
	const names, every = 500, 50
	for n := range names {
		name, days := fmt.Sprint("thing ", n), 0
		for day := range every {
			if chosen(1.0/every, 1, name, day) {
				days++
			}
		}
		if days != 1 {
			t.Fatalf("%s: got %d of %d days, want 1", name, days, every)
		}
		if !chosen(1, 0.01, name, 0) {
			t.Fatalf("%s: not chosen at full scale", name)
		}
	}
}
