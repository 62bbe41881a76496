package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// The channels that publishing is measured in, and what is measured in each.
const (
	small, large = 1_000, 100_000
	million      = 1_000_000
	warm         = 5 // publishes that are not measured
)

// measureGrowth measures the index in channels of growing size.
func measureGrowth(ctx context.Context, p program, r *report) error {
	base := filepath.Join(p.dir, "channel")
	a, err := makeModel(ctx, p, base)
	if err != nil {
		return err
	}
	sizes := []int{0, small, 10_000, large}
	if r.million {
		sizes = append(sizes, million)
	}
	for _, files := range sizes {
		data := fmt.Sprintf("%s-%d", base, files)
		if err := os.CopyFS(data, os.DirFS(base)); err != nil {
			return err
		}
		if err := seed(ctx, data, files); err != nil {
			return err
		}
		if err := measureChannel(ctx, p, r, channel{data: data, files: files, api: a}); err != nil {
			return fmt.Errorf("channel of %d files: %w", files, err)
		}
		if err := os.RemoveAll(data); err != nil {
			return err
		}
	}
	return nil
}

// channel is a site with one channel of so many files.
type channel struct {
	data  string
	files int
	api   api
}

// measureChannel notes what publishes take, then restarts and serves.
func measureChannel(ctx context.Context, p program, r *report, c channel) error {
	if err := c.onServer(ctx, p, func(server *process) error { return c.publishes(ctx, server, r) }); err != nil {
		return err
	}
	if c.files < small || c.files == 10*small {
		return nil
	}
	begin := time.Now()
	return c.onServer(ctx, p, func(server *process) error {
		if _, err := get(ctx, c.api.site+indexPath); err != nil {
			return err
		}
		if c.files >= large {
			if err := c.noteRestart(ctx, server, time.Since(begin), r); err != nil {
				return err
			}
		}
		return c.serve(ctx, p, server, r)
	})
}

// noteRestart notes what it took until the first index, and the memory behind all.
func (c *channel) noteRestart(ctx context.Context, server *process, took time.Duration, r *report) error {
	r.note(fmt.Sprintf("from restart to first index, %d files", c.files), took.Seconds(), "s", 1)
	cost, err := server.cpu()
	if err != nil {
		return err
	}
	r.note(fmt.Sprintf("CPU from restart to first index, %d files", c.files), cost.Seconds(), "s", 0)
	if err := c.readAll(ctx); err != nil {
		return err
	}
	return noteMemory(ctx, server, fmt.Sprintf("memory after restart, %d files in all forms", c.files), 0, r)
}

// onServer runs do while the site is served.
func (c *channel) onServer(ctx context.Context, p program, do func(*process) error) (err error) {
	server, err := p.serve(ctx, c.data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	c.api.site = "http://" + server.address
	return do(server)
}

func (c *channel) publishes(ctx context.Context, server *process, r *report) error {
	if err := c.readAll(ctx); err != nil {
		return err
	}
	if c.files >= large {
		if err := noteMemory(ctx, server, fmt.Sprintf("memory, %d files in all forms", c.files), map[int]float64{large: 150, million: 1024}[c.files], r); err != nil {
			return err
		}
	}
	all := publishing{files: c.files}
	for i := range warm + r.publishes {
		const size = 20 << 10
		made, err := textPackage(fmt.Sprintf("fresh%06d", i), firstVersion, size)
		if err != nil {
			return err
		}
		took, err := publish(ctx, c.api, server, made)
		if err != nil {
			return err
		}
		if i >= warm {
			all.took = append(all.took, took)
		}
	}
	r.published = append(r.published, all)
	return nil
}

// readAll reads every form of every index whole.
func (c *channel) readAll(ctx context.Context) error {
	for _, f := range forms {
		if _, err := ask(ctx, http.MethodGet, c.api.site+f.path, f.encoding); err != nil {
			return err
		}
	}
	return nil
}

func noteMemory(ctx context.Context, server *process, name string, most float64, r *report) error {
	select {
	case <-time.After(idleTime):
	case <-ctx.Done():
		return ctx.Err()
	}
	memory, err := residentBytes(server.pid)
	r.note(name, mebibytes(memory), "MiB", most)
	return err
}

// serve measures indexes beside nginx, and from the large channel on also whole ones.
func (c *channel) serve(ctx context.Context, p program, server *process, r *report) (err error) {
	web, err := startNginx(ctx, p.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, web.stop()) }()
	all, err := c.workloads(ctx, server, web)
	if err != nil {
		return err
	}
	return takeTurns(ctx, r, all, server, web.process)
}

// workloads are unchanged indexes over 64 connections, and whole ones.
func (c *channel) workloads(ctx context.Context, ours *process, theirs *nginx) ([]workload, error) {
	var all []workload
	for _, f := range []form{{indexPath, "identity"}, {channelPath + "repodata.json", "gzip"}} {
		got, err := ask(ctx, http.MethodGet, c.api.site+f.path, f.encoding)
		if err != nil {
			return nil, err
		}
		const volume, connections = 800 << 20, 8 // bytes a turn
		whole := workload{
			name: fmt.Sprintf("%s %s, %d files, 200", filepath.Base(f.path), f.encoding, c.files), body: got.body,
			ours:   request{path: f.path, encoding: f.encoding, status: http.StatusOK},
			theirs: request{path: "/memory" + f.path + "." + f.encoding, status: http.StatusOK},
			count:  max(1, volume/len(got.body)), connections: connections, most: 2,
		}
		if err := whole.prepare(ctx, ours, theirs); err != nil {
			return nil, err
		}
		unchanged, err := notModified(ctx, whole, ours, theirs)
		if err != nil {
			return nil, err
		}
		unchanged.name = fmt.Sprintf("%s %s, %d files, 304", filepath.Base(f.path), f.encoding, c.files)
		unchanged.connections, unchanged.count = 64, 20_000
		all = append(all, unchanged)
		if c.files >= large {
			all = append(all, whole)
		}
	}
	return all, nil
}
