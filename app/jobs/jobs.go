// Package jobs runs the background work of a serving process: one file per job,
// each on its own schedule, until the server stops.
package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// job is a piece of work that is run again and again, at an interval.
type job struct {
	name  string
	every time.Duration
	run   func(context.Context) error
}

// run runs all jobs until ctx is done and returns when each has stopped. A job
// that fails is logged and tried again at its next turn.
func run(ctx context.Context, log *slog.Logger, all []job) {
	var running sync.WaitGroup
	for _, j := range all {
		running.Go(func() { repeat(ctx, log, j) })
	}
	running.Wait()
}

func repeat(ctx context.Context, log *slog.Logger, j job) {
	tick := time.NewTicker(j.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := j.run(ctx); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "job failed", "job", j.name, "error", err)
			}
		}
	}
}
