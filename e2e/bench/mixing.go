package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// measureMix notes how many requests of the mix each server answers in a second, in
// turns, from the channel of large files.
func measureMix(ctx context.Context, p program, r *report) error {
	c := channel{data: filepath.Join(p.dir, "mixed"), files: large}
	var err error
	if c.api, err = makeModel(ctx, p, c.data); err != nil {
		return err
	}
	if err := seed(ctx, c.data, c.files); err != nil {
		return err
	}
	return c.onServer(ctx, p, func(server *process) error { return c.mix(ctx, p, server, r) })
}

// sides are the mixes of the two servers, and what each took.
type sides struct{ ours, theirs mixRun }

// mixRun is a mix and what it took in all turns.
type mixRun struct {
	*mix
	server *process
	took   []time.Duration
	cost   time.Duration
	length time.Duration
	goods  *stock // nil: it uploads nothing
}

func (c *channel) mix(ctx context.Context, p program, server *process, r *report) (err error) {
	web, err := startNginx(ctx, p.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, web.stop()) }()
	s, err := c.prepareMix(ctx, server, web)
	if err != nil {
		return err
	}
	for range r.rounds {
		if err := errors.Join(s.ours.turn(ctx, r.mixTime), s.theirs.turn(ctx, r.mixTime)); err != nil {
			return fmt.Errorf("mixed load: %w", err)
		}
	}
	s.note(r)
	return noteMemory(ctx, server, fmt.Sprintf("memory after mixed load, %d files", c.files), 150, r)
}

// prepareMix gives both servers what the mix asks for.
func (c *channel) prepareMix(ctx context.Context, ours *process, theirs *nginx) (s sides, err error) {
	made, err := bulkPackage("download", smallSize)
	if err != nil {
		return s, err
	}
	if err := c.api.upload(ctx, made); err != nil {
		return s, err
	}
	if err := c.readAll(ctx); err != nil {
		return s, err
	}
	index, err := get(ctx, c.api.site+shardsPath)
	if err != nil {
		return s, err
	}
	file := channelPath + made.fileName()
	for path, body := range map[string][]byte{shardsPath: index.body, file: made.body} {
		if err := theirs.put(path, body); err != nil {
			return s, err
		}
	}
	goods := new(stock)
	upload := func(ctx context.Context) error {
		p, err := goods.take()
		if err != nil {
			return err
		}
		return c.api.upload(ctx, p)
	}
	s.ours = mixRun{mix: &mix{address: ours.address, index: shardsPath, file: file, upload: upload}, server: ours, goods: goods}
	s.theirs = mixRun{mix: &mix{address: theirs.address, index: shardsPath, file: file}, server: theirs.process}
	return s, nil
}

// turn lets the clients work once. What they upload is made before.
func (m *mixRun) turn(ctx context.Context, length time.Duration) error {
	if m.goods != nil {
		if err := m.goods.fill(int(length.Seconds() * uploadsPerSecond)); err != nil {
			return err
		}
	}
	begin := time.Now()
	cost, err := spent(m.server, func() error {
		took, err := m.run(ctx, length)
		m.took = append(m.took, took...)
		return err
	})
	m.cost += cost
	m.length += time.Since(begin)
	return err
}

// rate is how many requests were answered in a second.
func (m *mixRun) rate() float64 { return float64(len(m.took)) / m.length.Seconds() }

// microseconds is the CPU of a request.
func (m *mixRun) microseconds() float64 { return m.cost.Seconds() * 1e6 / float64(len(m.took)) }

func (m *mixRun) milliseconds(q float64) float64 { return quantile(m.took, q).Seconds() * 1e3 }

func (s *sides) note(r *report) {
	ours, theirs := &s.ours, &s.theirs
	r.note("mixed load: requests/s", ours.rate(), "1/s", 0)
	r.note("mixed load: requests/s of nginx, no uploads", theirs.rate(), "1/s", 0)
	r.note("mixed load: times as slow as nginx", theirs.rate()/ours.rate(), "", 5)
	r.note("mixed load: CPU of a request", ours.microseconds(), "µs", 0)
	r.note("mixed load: CPU of a request of nginx", theirs.microseconds(), "µs", 0)
	r.note("mixed load: share of index reads that had changed", float64(ours.changed.Load())/float64(ours.sent.Load())/0.9*100, "%", 0)
	r.note("mixed load: p50 of uploads", quantile(ours.uploads, 0.5).Seconds()*1e3, "ms", 0)
	r.note("mixed load: p95", ours.milliseconds(0.95), "ms", 0)
	r.note("mixed load: p99", ours.milliseconds(0.99), "ms", 100)
	r.note("mixed load: p99 of nginx", theirs.milliseconds(0.99), "ms", 0)
}
