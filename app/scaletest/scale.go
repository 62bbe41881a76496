// Package scaletest says how much of a large figure a run of the tests tries: all
// of it with TEST_SCALE=1, else TEST_SCALE times as much, 0.02 when that is unset.
package scaletest

import (
	"fmt"
	"hash/fnv"
	"os"
	"strconv"
	"testing"
	"time"
)

const usual = 0.02

// Share is the part of each large figure that is tried.
func Share(t testing.TB) float64 {
	t.Helper()
	part, err := parse(os.Getenv("TEST_SCALE"))
	if err != nil {
		t.Fatal(err)
	}
	return part
}

func parse(text string) (float64, error) {
	if text == "" {
		return usual, nil
	}
	part, err := strconv.ParseFloat(text, 64)
	if err != nil || part <= 0 {
		return 0, fmt.Errorf("TEST_SCALE=%q, want a number above 0", text)
	}
	return part, nil
}

// Count is the share of full that is tried, and never less than least.
func Count(t testing.TB, full, least int) int {
	t.Helper()
	return max(least, int(Share(t)*float64(full)))
}

// Chosen says whether this run tries the thing of that name, one of many that take
// long together: every one at full scale, else share of what the scale gives, other
// ones every day.
func Chosen(t testing.TB, share float64, name string) bool {
	t.Helper()
	const day = 24 * 60 * 60
	return chosen(Share(t), share, name, int(time.Now().Unix()/day)) // a year has too few
}

func chosen(scale, share float64, name string, day int) bool {
	if scale >= 1 {
		return true
	}
	every := max(1, int(1/(scale*share)))
	sum := fnv.New32a()
	sum.Write([]byte(name))
	return (int(sum.Sum32()%1e6)+day)%every == 0
}
