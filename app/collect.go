package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Garbage is collected when it is garbagePercent of what is in use, or garbageRoom
// when that is more. Much in use is packed indexes, which are quickly looked through:
// so it is early. With little in use that would be every few hundred requests.
const (
	garbagePercent = 50
	garbageRoom    = 16 << 20
	mostPercent    = 400
)

// collectAt returns the percentage for so many bytes in use.
func collectAt(inUse uint64) int {
	return int(min(max(garbagePercent, 100*garbageRoom/max(inUse, 1)), mostPercent))
}

// paceCollections keeps to that until ctx ends, unless GOGC is set: who sets it has
// chosen.
func paceCollections(ctx context.Context) {
	if os.Getenv("GOGC") != "" {
		return
	}
	p := &pacer{ctx: ctx, inUse: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}}
	p.collected()
}

// pacer is referred to by nobody, so that its finalizer is called after each
// collection.
type pacer struct {
	ctx     context.Context
	inUse   []metrics.Sample
	percent int
}

func (p *pacer) collected() {
	if p.ctx.Err() != nil {
		return
	}
	metrics.Read(p.inUse)
	// To set it stops all that goes on, so that small differences are let be.
	const tolerance = 8
	want := collectAt(p.inUse[0].Value.Uint64())
	if difference := max(want-p.percent, p.percent-want); difference > p.percent/tolerance {
		debug.SetGCPercent(want)
		p.percent = want
	}
	runtime.SetFinalizer(p, (*pacer).collected)
}
