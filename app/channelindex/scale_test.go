package channelindex_test

import (
	"os"
	"strconv"
	"testing"
)

// scaled is TEST_SCALE times full (0.02 when unset), and never less than least.
func scaled(t *testing.T, full, least int) int {
	t.Helper()
	share := 0.02
	if text := os.Getenv("TEST_SCALE"); text != "" {
		var err error
		if share, err = strconv.ParseFloat(text, 64); err != nil || share <= 0 {
			t.Fatalf("TEST_SCALE=%q, want a number above 0", text)
		}
	}
	return max(least, int(share*float64(full)))
}
