package main

import (
	"runtime/debug"
	"testing"
)

// TestCollectEarly is not parallel: how often garbage is collected is the process's.
func TestCollectEarly(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	for _, tt := range []struct {
		said string
		want int
	}{{"200", 100}, {"", 60}} {
		t.Setenv("GOGC", tt.said)
		collectEarly()
		if got := debug.SetGCPercent(100); got != tt.want {
			t.Errorf("GOGC=%s: garbage is collected at %d %%, want %d", tt.said, got, tt.want)
		}
	}
}
