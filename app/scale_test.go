package main

import (
	"hash/fnv"
	"os"
	"strconv"
	"testing"
	"time"
)

// chosen reports whether this run tries the thing of that name, one of many that
// take long together: all are tried with TEST_SCALE=1, and otherwise TEST_SCALE
// (0.02 when unset) times share of them, other ones every day.
func chosen(t *testing.T, share float64, name string) bool {
	t.Helper()
	scale := 0.02
	if text := os.Getenv("TEST_SCALE"); text != "" {
		var err error
		if scale, err = strconv.ParseFloat(text, 64); err != nil || scale <= 0 {
			t.Fatalf("TEST_SCALE=%q, want a number above 0", text)
		}
	}
	if scale >= 1 {
		return true
	}
	every := max(1, int(1/(scale*share)))
	sum := fnv.New32a()
	sum.Write([]byte(name))
	return (int(sum.Sum32()%1e6)+time.Now().YearDay())%every == 0
}
