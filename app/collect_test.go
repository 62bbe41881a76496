package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestCollectAt(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		inUse uint64
		want  int
	}{{0, 400}, {1 << 20, 400}, {8 << 20, 200}, {32 << 20, 50}, {500 << 20, 50}} {
		if got := collectAt(tt.inUse); got != tt.want {
			t.Errorf("%d bytes in use: at %d %%, want %d", tt.inUse, got, tt.want)
		}
	}
}

// TestPaceCollections is not parallel: how often garbage is collected is the process's.
func TestPaceCollections(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	t.Setenv("GOGC", "100")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	paceCollections(ctx)
	if got := debug.SetGCPercent(100); got != 100 {
		t.Errorf("GOGC=100: garbage is collected at %d %%", got)
	}

	t.Setenv("GOGC", "")
	paceCollections(ctx)
	much := make([]byte, 4*garbageRoom)
	for deadline := time.Now().Add(time.Minute); ; runtime.Gosched() {
		runtime.GC()
		got := debug.SetGCPercent(garbagePercent)
		debug.SetGCPercent(got)
		if got == garbagePercent {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("much is in use, and garbage is collected at %d %%, want %d", got, garbagePercent)
		}
	}
	runtime.KeepAlive(much)
}
