package e2e

import (
	"os"
	"strconv"
	"testing"
)

// scaled is the share of a figure that this run tries: all of it with
// TEST_SCALE=1, else TEST_SCALE times as much (0.02 when unset), and never less
// than least.
func scaled(t *testing.T, full, least int) int {
	t.Helper()
	return max(least, int(share(t)*float64(full)))
}

// share is the part of each figure that is tried.
func share(t *testing.T) float64 {
	t.Helper()
	text := os.Getenv("TEST_SCALE")
	if text == "" {
		return 0.02
	}
	part, err := strconv.ParseFloat(text, 64)
	if err != nil || part <= 0 {
		t.Fatalf("TEST_SCALE=%q, want a number above 0", text)
	}
	return part
}
