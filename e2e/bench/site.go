package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// site is a data folder with packages in it.
type site struct {
	data          string
	token         string // reads the private package
	small         condaPackage
	middle, large condaPackage
	private       condaPackage
	packages      int
}

// owner is the user whose channel is measured.
const owner = "bench"

// The packages of the site. Most are there to make an index of usual size.
const (
	uploadSize = 100_000 // of the archive
	textFactor = 3       // how much larger the text in it is
	warmUps    = 20
	uploads    = 280
	smallSize  = 64 << 10
	middleSize = 5 << 20
	largeSize  = 200 << 20
)

// measureUpload fills a site, and notes what the upload of a usual package costs.
func measureUpload(ctx context.Context, p program, r *report) (err error) {
	r.site = site{data: filepath.Join(p.dir, "data")}
	server, err := p.serve(ctx, r.site.data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	a, err := r.site.open(ctx, p, server)
	if err != nil {
		return err
	}
	if err := r.site.uploadText(ctx, a, server, r); err != nil {
		return err
	}
	return r.site.uploadBulk(ctx, a)
}

// open makes the user and the tokens.
func (s *site) open(ctx context.Context, p program, server *process) (api, error) {
	a := api{site: "http://" + server.address, owner: owner}
	if _, err := p.admin(ctx, s.data, "create-user", owner, "--email", owner+"@example.test", "--generate-password"); err != nil {
		return a, err
	}
	var err error
	if a.token, err = p.admin(ctx, s.data, "create-token", owner, "--name", "upload", "--scopes", "api:write"); err != nil {
		return a, err
	}
	s.token, err = p.admin(ctx, s.data, "create-token", owner, "--name", "download", "--scopes", "conda:download")
	return a, err
}

func (s *site) uploadText(ctx context.Context, a api, server *process, r *report) error {
	var used time.Duration
	for i := range warmUps + uploads {
		// Text of this size makes an archive of about uploadSize.
		p, err := textPackage(fmt.Sprintf("text%03d", i), firstVersion, uploadSize*textFactor)
		if err != nil {
			return err
		}
		cost, err := spent(server, func() error { return a.upload(ctx, p) })
		if err != nil {
			return err
		}
		if i >= warmUps {
			used += cost
		}
		s.packages++
		if i == 0 {
			r.note("size of that package", float64(len(p.body))/1e3, "kB", 0)
		}
	}
	r.note("CPU of a conda upload", float64(used.Microseconds())/1e3/uploads, "ms", 20)
	return nil
}

func (s *site) uploadBulk(ctx context.Context, a api) error {
	for _, bulk := range []struct {
		name string
		size int
		into *condaPackage
	}{{"small", smallSize, &s.small}, {"private", smallSize, &s.private}, {"middle", middleSize, &s.middle}, {"large", largeSize, &s.large}} {
		p, err := bulkPackage(bulk.name, bulk.size)
		if err != nil {
			return err
		}
		if err := a.upload(ctx, p); err != nil {
			return err
		}
		*bulk.into = p
		s.packages++
	}
	return a.send(ctx, "PATCH", "/api/package/"+owner+"/private", map[string]string{"access": "private"}, nil)
}

// spent returns the CPU that a process used while do ran.
func spent(p *process, do func() error) (time.Duration, error) {
	before, err := p.cpu()
	if err != nil {
		return 0, err
	}
	if err := do(); err != nil {
		return 0, err
	}
	after, err := p.cpu()
	return after - before, err
}
