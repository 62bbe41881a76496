package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"

	"vivarium/app/config"
	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/cran/crantest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// world is the site of the matrix: labs has a package of each access, vault is
// closed and has a public one, brook has a private one. It is built once; each row
// works on copies, a new one after every change.
type world struct {
	dir     string
	copies  string            // where copies are made; they are removed at once
	actors  []actor           // of programs
	readers []actor           // of pages
	staged  map[string]string // the dist_id of an upload under way, by package
	tickets map[string]string // the ticket of one whose bytes are still to come
	shards  map[string]string // the hash of a package's shard, by package
	tokens  map[string]int64  // the id of a token to revoke, by account
}

// target is what a request is about.
type target struct {
	name, channel, pkg string
	access             model.Access
	absent             bool
}

func (t target) closed() bool     { return t.channel == vault }
func (t target) fullName() string { return t.channel + "/" + t.pkg }

// hidden are the targets whose names are in no answer to who may not see them.
var hidden = []target{
	{name: "private", channel: labs, pkg: "raven", access: model.Private},
	{name: "private of a user", channel: brook, pkg: "robin", access: model.Private},
}

var packageTargets = []target{
	{name: "public", channel: labs, pkg: "finch", access: model.Public},
	{name: "authenticated", channel: labs, pkg: "heron", access: model.Authenticated},
	hidden[0], hidden[1],
	{name: "absent", channel: labs, pkg: "goose", absent: true},
	{name: "absent of a user", channel: brook, pkg: "goose", absent: true},
	{name: "closed channel", channel: vault, pkg: "finch", access: model.Public},
}

var accountTargets = []target{
	{name: "open", channel: labs, pkg: "finch"}, {name: "user", channel: brook, pkg: "robin"},
	{name: "closed", channel: vault, pkg: "finch"}, {name: "absent", channel: "nowhere", pkg: "finch", absent: true},
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{dir: t.TempDir(), copies: t.TempDir(), staged: map[string]string{}, tickets: map[string]string{}, shards: map[string]string{}, tokens: map[string]int64{}}
	p := openWorld(t, w.dir)
	defer p.close()
	if _, err := p.store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := &registrytest.Site{Registry: p.registry}
	for _, p := range people {
		s.User(t, loginOf(p.name))
	}
	s.User(t, "extra")
	s.User(t, "gone")
	w.build(t, s, labs)
	w.build(t, s, vault)
	w.buildPackage(t, s, hidden[1])
	for _, channel := range []string{labs, vault, brook} {
		w.collect(t, s, channel)
	}
	shut := true
	_, err := s.UpdateChannel(t.Context(), s.Actor(t, brook), vault, registry.ChannelChange{Closed: &shut})
	check(t, err)
	for _, p := range append([]actor{{name: labs}, {name: vault}}, people...) {
		w.spareToken(t, s, loginOf(p.name))
	}
	w.readers = readers(t, p)
	w.actors = actors(t, s)
	return w
}

// openWorld opens a site on a folder, with nothing that slows a crowd down.
func openWorld(t *testing.T, dir string, changes ...func(*config.Config)) *parts {
	t.Helper()
	c := config.Default()
	c.DataDir, c.Limits.RequestsPerMinute, c.Limits.SignInAttempts = dir, 0, 0
	for _, change := range changes {
		change(&c)
	}
	p, err := openParts(t.Context(), c, slog.New(slog.DiscardHandler))
	check(t, err)
	return p
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// build makes an organization that brook and gone own, with groups for everybody
// in the matrix, and its packages.
func (w *world) build(t *testing.T, s *registrytest.Site, org string) {
	t.Helper()
	ctx, by := t.Context(), s.Actor(t, brook)
	_, err := s.CreateOrganization(ctx, by, registry.NewOrganization{Login: org})
	check(t, err)
	check(t, s.AddGroupMember(ctx, by, org, "owners", "gone"))
	for _, g := range []struct {
		registry.NewGroup
		member string
	}{
		{registry.NewGroup{Name: "readers", Permission: model.Read}, "reader"}, {registry.NewGroup{Name: "writers", Permission: model.Write}, "writer"},
		{registry.NewGroup{Name: "managers", Permission: model.Admin}, "manager"}, {registry.NewGroup{Name: "crew", Permission: model.Read}, "extra"},
		{registry.NewGroup{Name: "specialists", Permission: model.Read}, "specialist"},
		{registry.NewGroup{Name: "creators", Permission: model.Write, AllPackages: true}, "creator"},
	} {
		_, err := s.CreateGroup(ctx, by, org, g.NewGroup)
		check(t, err)
		check(t, s.AddGroupMember(ctx, by, org, g.Name, g.member))
	}
	for _, tg := range packageTargets {
		if tg.channel == org && !tg.absent {
			w.buildPackage(t, s, tg)
		}
	}
}

// buildPackage makes the package of a target, and an R package and a notebook with
// pictures beside it, since those share none with other types.
func (w *world) buildPackage(t *testing.T, s *registrytest.Site, tg target) {
	t.Helper()
	w.publish(t, s, tg.channel, tg.pkg)
	w.grant(t, s, tg)
	publishR(t, s, tg.channel, "r"+tg.pkg)
	name := tg.pkg
	tg.pkg = "r" + name
	w.grant(t, s, tg)
	publishNotebook(t, s, tg.channel, "n"+name)
	tg.pkg = "n" + name
	w.grant(t, s, tg)
}

// publishNotebook publishes a notebook whose first cell shows a picture, which is its
// small picture too.
func publishNotebook(t *testing.T, s *registrytest.Site, channel, name string) {
	t.Helper()
	var dot bytes.Buffer
	check(t, png.Encode(&dot, image.NewGray(image.Rect(0, 0, 1, 1))))
	picture := dot.Bytes()
	data := fmt.Appendf(nil, `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"id": "a", "cell_type": "code", "metadata": {}, "source": "",
		"execution_count": 1, "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": %q}}]}]}`, base64.StdEncoding.EncodeToString(picture))
	in := registry.StageRequest{Owner: channel, Package: name, Version: "1.0", Basename: name + ".ipynb", Type: model.Notebook}
	_, err := s.Upload(t, s.Actor(t, brook), in, data)
	check(t, err)
	_, err = s.UpdatePackage(t.Context(), s.Actor(t, brook), channel, name, registry.PackageChange{Thumbnail: &picture})
	check(t, err)
}

func publishR(t *testing.T, s *registrytest.Site, channel, name string) {
	t.Helper()
	fileName, data := crantest.Build(t, crantest.Spec{Name: name, Version: "1.0"})
	in := registry.StageRequest{Owner: channel, Package: name, Version: "1.0", Basename: fileName, Type: model.RPackage}
	_, err := s.Upload(t, s.Actor(t, brook), in, data)
	check(t, err)
}

// grant gives everybody in the matrix what they have on a package.
func (w *world) grant(t *testing.T, s *registrytest.Site, tg target) {
	t.Helper()
	ctx, by := t.Context(), s.Actor(t, brook)
	_, err := s.UpdatePackage(ctx, by, tg.channel, tg.pkg, registry.PackageChange{Access: &tg.access})
	check(t, err)
	public := strings.HasSuffix(tg.pkg, "finch")
	for login, p := range map[string]model.Permission{"guest": model.Read, "helper": model.Write, "extra": model.Write, "neighbour": model.Write} {
		if login != "neighbour" || public {
			check(t, s.SetCollaborator(ctx, by, tg.channel, tg.pkg, login, p))
		}
	}
	if tg.channel == brook {
		return // groups are of organizations
	}
	for _, g := range []string{"readers", "writers", "managers", "crew"} {
		check(t, s.AttachPackage(ctx, by, tg.channel, g, tg.pkg))
	}
	if public {
		check(t, s.SetLevel(ctx, by, tg.channel, "specialists", tg.pkg, model.Admin))
	}
}

// publish uploads a conda file and a wheel, and leaves two uploads under way: one
// to be committed, and one that waits for its bytes.
func (w *world) publish(t *testing.T, s *registrytest.Site, channel, name string) {
	t.Helper()
	ctx, by := t.Context(), s.Actor(t, brook)
	s.Publish(t, by, channel, condatest.Spec{Name: name, Version: "1.0"})
	in, err := s.Receive(ctx, by, channel)
	check(t, err)
	defer in.Close()
	fileName, data := pypitest.Wheel(t, pypitest.Spec{Name: name, Version: "1.0"})
	_, err = in.ReadFrom(bytes.NewReader(data))
	check(t, err)
	_, _, err = s.PublishPython(ctx, by, channel, in, registry.Upload{FileName: fileName})
	check(t, err)

	staged, data := stage(t, s, channel, condatest.Spec{Name: name, Version: "4.0"})
	check(t, s.StoreFile(ctx, staged.Ticket, nil, int64(len(data)), bytes.NewReader(data)))
	w.staged[channel+"/"+name] = staged.DistID
	waits, _ := stage(t, s, channel, condatest.Spec{Name: name, Version: "5.0"})
	w.tickets[channel+"/"+name] = waits.Ticket

	doc, err := s.OpenIndex(ctx, by, channel, model.MainLabel, "noarch", model.ShardIndex)
	check(t, err)
	body, err := model.ReadBody(doc.Body)
	check(t, err)
	w.shards[channel+"/"+name] = shardOf(t, body, name)
}

// stage announces an upload of brook's and returns the bytes to be sent.
func stage(t *testing.T, s *registrytest.Site, channel string, spec condatest.Spec) (registry.Staged, []byte) {
	t.Helper()
	fileName, data := condatest.Build(t, spec)
	staged, err := s.StageFile(t.Context(), s.Actor(t, brook), registrytest.Announce(spec, channel, fileName, data))
	check(t, err)
	return staged, data
}

// shardOf finds the hash of a package's shard: a short text, then 32 bytes.
func shardOf(t *testing.T, index []byte, name string) string {
	t.Helper()
	_, rest, ok := bytes.Cut(plain(t, index), append([]byte{0xa0 | byte(len(name))}, name+"\xc4\x20"...))
	if !ok || len(rest) < 32 {
		t.Fatalf("the shard index has no %s", name)
	}
	return hexOf(rest[:32])
}

// spareToken makes a token that is there to be revoked.
func (w *world) spareToken(t *testing.T, s *registrytest.Site, login string) {
	t.Helper()
	maker := login
	if login == labs || login == vault {
		maker = brook
	}
	_, token, err := s.CreateToken(t.Context(), s.Actor(t, maker), login, registry.NewToken{Name: "spare"})
	check(t, err)
	w.tokens[login] = token.ID
}

// site is a copy of the world that answers requests.
type site struct {
	*parts
	http.Handler
}

func (s *site) close() {
	s.parts.close()
	os.RemoveAll(s.config.DataDir)
}

// open serves a fresh copy by a table of routes.
func (w *world) open(t *testing.T, routes []model.Route) (*site, error) {
	t.Helper()
	dir, err := os.MkdirTemp(w.copies, "")
	check(t, err)
	check(t, os.CopyFS(dir, os.DirFS(w.dir)))
	s := &site{parts: openWorld(t, dir)}
	if s.Handler, err = s.handler(routes); err != nil {
		s.close()
	}
	return s, err
}
