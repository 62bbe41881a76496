package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"
)

// idleTime is how long a server is left alone before its memory is read.
const idleTime = 3 * time.Second

// measureStart notes what a start on an empty folder costs up to the first answer,
// and what memory the server then holds.
func measureStart(ctx context.Context, p program, r *report) error {
	var costs []time.Duration
	for i := range r.rounds {
		cost, memory, err := start(ctx, p, filepath.Join(p.dir, fmt.Sprintf("empty%d", i)), "/health/ready", i == 0)
		if err != nil {
			return err
		}
		costs = append(costs, cost)
		if i == 0 {
			r.note("memory of an idle server, new folder", mebibytes(memory), "MiB", 60)
		}
	}
	r.note("CPU from start to first 200, new folder", median(costs).Seconds(), "s", 0.1)
	return nil
}

// measureRestart notes the same of a site that has packages, whose index is the
// first thing asked for.
func measureRestart(ctx context.Context, p program, r *report) error {
	var costs []time.Duration
	for i := range r.rounds {
		cost, memory, err := start(ctx, p, r.site.data, indexPath, i == 0)
		if err != nil {
			return err
		}
		costs = append(costs, cost)
		if i == 0 {
			r.note(fmt.Sprintf("memory of an idle server, %d packages", r.site.packages), mebibytes(memory), "MiB", 60)
		}
	}
	r.note(fmt.Sprintf("CPU from start to first index, %d packages", r.site.packages), median(costs).Seconds(), "s", 0.1)
	return nil
}

// start runs the server until it answers path, and for a while longer if its idle
// memory is asked for.
func start(ctx context.Context, p program, data, path string, idle bool) (cost time.Duration, memory int64, err error) {
	server, err := p.serve(ctx, data)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	if _, err = get(ctx, "http://"+server.address+path); err != nil {
		return 0, 0, err
	}
	if cost, err = server.cpu(); err != nil || !idle {
		return cost, 0, err
	}
	select {
	case <-time.After(idleTime):
	case <-ctx.Done():
		return 0, 0, ctx.Err()
	}
	memory, err = residentBytes(server.pid)
	return cost, memory, err
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

func mebibytes(n int64) float64 { return float64(n) / (1 << 20) }
