package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

const (
	channelPath = "/conda/" + owner + "/noarch/"
	indexPath   = channelPath + "repodata.json.zst"
)

// workload is something that both servers serve, so and so often in each turn.
type workload struct {
	name               string
	ours, theirs       request
	body               []byte // what both answer
	connections, count int
	most               float64 // times what nginx takes
}

// turns is what a workload cost each server, turn by turn.
type turns struct {
	workload
	ourCosts, theirCosts []time.Duration
}

// measureServing lets both servers serve the same in turns.
func measureServing(ctx context.Context, p program, r *report) (err error) {
	server, err := p.serve(ctx, r.site.data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	web, err := startNginx(ctx, p.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, web.stop()) }()
	all, err := workloads(ctx, r.site, server, web)
	if err != nil {
		return err
	}
	if err := takeTurns(ctx, r, all, server, web.process); err != nil {
		return err
	}
	memory, err := residentBytes(server.pid)
	r.note("memory after all that was served", mebibytes(memory), "MiB", 0)
	return err
}

// takeTurns lets both servers serve each workload in every round.
func takeTurns(ctx context.Context, r *report, all []workload, ours, theirs *process) error {
	first := len(r.served)
	for _, w := range all {
		r.served = append(r.served, turns{workload: w})
	}
	for range r.rounds {
		for i := first; i < len(r.served); i++ {
			if err := r.served[i].take(ctx, ours, theirs); err != nil {
				return fmt.Errorf("%s: %w", r.served[i].name, err)
			}
		}
	}
	return nil
}

// take gives each server its turn, once on the way and once measured.
func (t *turns) take(ctx context.Context, ours, theirs *process) error {
	for _, side := range []struct {
		server *process
		r      request
		costs  *[]time.Duration
	}{{ours, t.ours, &t.ourCosts}, {theirs, t.theirs, &t.theirCosts}} {
		if _, err := drive(ctx, side.server.address, side.r, t.connections, min(t.count, t.connections)); err != nil {
			return err
		}
		cost, err := spent(side.server, func() error {
			_, err := drive(ctx, side.server.address, side.r, t.connections, t.count)
			return err
		})
		if err != nil {
			return err
		}
		*side.costs = append(*side.costs, cost)
	}
	return nil
}

// workloads returns what is measured, after both servers have shown that they
// answer the same.
func workloads(ctx context.Context, s site, ours *process, theirs *nginx) ([]workload, error) {
	index, err := get(ctx, "http://"+ours.address+indexPath)
	if err != nil {
		return nil, err
	}
	ok := func(path string) request { return request{path: path, status: http.StatusOK} }
	file := func(p condaPackage, name string, connections, count int, most float64) workload {
		path := channelPath + p.fileName()
		return workload{name: name, ours: ok(path), theirs: ok(path), body: p.body, connections: connections, count: count, most: most}
	}
	const many = 10_000
	private := file(s.private, "64 KiB package, private, by token", 8, many, 0) // nginx asks nobody whether it may
	private.ours.path = "/conda/t/" + s.token + "/" + owner + "/noarch/" + s.private.fileName()
	whole := workload{name: fmt.Sprintf("repodata.json.zst of %d kB, 200", len(index.body)/1000), ours: ok(indexPath), theirs: ok(indexPath), body: index.body, connections: 8, count: many}
	all := []workload{
		whole, file(s.small, "64 KiB package", 8, many, 4), private,
		file(s.middle, "5 MiB package", 4, 100, 1.3), file(s.large, "200 MiB package", 2, 6, 1.3),
	}
	for _, w := range all {
		if err := w.prepare(ctx, ours, theirs); err != nil {
			return nil, fmt.Errorf("%s: %w", w.name, err)
		}
	}
	unchanged, err := notModified(ctx, whole, ours, theirs)
	return append([]workload{unchanged}, all...), err
}

// prepare gives nginx the bytes and looks whether both servers answer them.
func (w workload) prepare(ctx context.Context, ours *process, theirs *nginx) error {
	if err := theirs.put(w.theirs.path, w.body); err != nil {
		return err
	}
	for address, r := range map[string]request{ours.address: w.ours, theirs.address: w.theirs} {
		got, err := ask(ctx, http.MethodGet, "http://"+address+r.path, cmp.Or(r.encoding, "identity"))
		if err != nil {
			return err
		}
		if !bytes.Equal(got.body, w.body) {
			return fmt.Errorf("%s answers other bytes", address)
		}
	}
	return nil
}

// notModified is w for clients that have it already.
func notModified(ctx context.Context, w workload, ours *process, theirs *nginx) (workload, error) {
	for address, r := range map[string]*request{ours.address: &w.ours, theirs.address: &w.theirs} {
		got, err := ask(ctx, http.MethodGet, "http://"+address+r.path, cmp.Or(r.encoding, "identity"))
		if err != nil {
			return w, err
		}
		r.etag, r.status = got.header.Get("ETag"), http.StatusNotModified
	}
	w.name, w.body, w.most = "repodata.json.zst, 304", nil, 4
	return w, nil
}
