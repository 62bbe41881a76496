package main

import (
	"bytes"
	"net/http"
	"os"
	"testing"
	"time"

	"vivarium/app/config"
	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/cran/crantest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// canary begins every text of what is private in the crawl; absent stands for it
// in the names of what there is not.
const (
	canary = "zqcanary"
	absent = "zqabsent"
)

// canaries are the texts: whoever may, sees each of them somewhere.
var canaries = []string{
	"name", "summary", "description", "license", "licenseurl", "home", "devurl", "docurl", "sourceurl", "version", "build", "depend", "label", "runexport",
	"release", "announce", "yank", "project", "local", "pysummary", "pydescription", "keyword", "author", "requires", "notebook", "cell", "environment",
	"r.title", "group",
}

// canarySite is a site with a public package, of which more may be private.
type canarySite struct {
	*testing.T
	*site
	*registrytest.Site
	brook model.Actor
}

// newCanarySites builds a site without anything private, and a copy of it to which
// a channel's worth of private things was added an hour later.
func newCanarySites(t *testing.T) (without, with *canarySite) {
	t.Helper()
	dir, other := t.TempDir(), t.TempDir()
	first := openCanarySite(t, dir, 0)
	_, err := first.store.Migrate(t.Context())
	check(t, err)
	first.populate()
	first.parts.close()
	check(t, os.CopyFS(other, os.DirFS(dir)))
	later := openCanarySite(t, other, time.Hour)
	later.brook = later.Actor(t, brook)
	later.hide()
	later.parts.close()
	without, with = openCanarySite(t, dir, 2*time.Hour), openCanarySite(t, other, 2*time.Hour)
	t.Cleanup(without.parts.close)
	t.Cleanup(with.parts.close)
	with.brook = with.Actor(t, brook)
	return without, with
}

// openCanarySite opens a site whose clock is ahead.
func openCanarySite(t *testing.T, dir string, ahead time.Duration) *canarySite {
	t.Helper()
	p := openWorld(t, dir, func(c *config.Config) { c.Testing.ClockOffset = ahead })
	h, err := p.handler(registry.Routes())
	check(t, err)
	return &canarySite{T: t, site: &site{p, h}, Site: &registrytest.Site{Registry: p.registry}}
}

// populate makes the people and what is public.
func (s *canarySite) populate() {
	s.Helper()
	for _, login := range []string{"ada", brook, "casey", "neighbour"} {
		s.User(s.T, login)
	}
	s.brook = s.Actor(s.T, brook)
	for _, org := range []string{labs, vault} {
		_, err := s.CreateOrganization(s.Context(), s.brook, registry.NewOrganization{Login: org})
		check(s.T, err)
	}
	s.Publish(s.T, s.brook, labs, condatest.Spec{Name: "finch"})
	s.upload(pypitest.Wheel(s.T, pypitest.Spec{Name: "finch"}))
	s.upload(crantest.Build(s.T, crantest.Spec{Name: "rfinch", Version: "1.0"}))
	check(s.T, s.SetCollaborator(s.Context(), s.brook, labs, "finch", "neighbour", model.Write))
	check(s.T, s.CreateCollection(s.Context(), s.brook, labs, "flock", registry.CollectionChange{}))
}

// hide makes everything that is private.
func (s *canarySite) hide() {
	s.Helper()
	hidden := model.Private
	_, err := s.UpdateChannel(s.Context(), s.brook, labs, registry.ChannelChange{DefaultAccess: &hidden})
	check(s.T, err)
	s.hideConda()
	s.hidePython()
	s.hideDocuments()
	_, err = s.CreateGroup(s.Context(), s.brook, labs, registry.NewGroup{Name: canary + "group", Permission: model.Read})
	check(s.T, err)
	for _, pkg := range []string{"name", "project", "notebook", "environment", "r"} {
		check(s.T, s.AttachPackage(s.Context(), s.brook, labs, canary+"group", canary+pkg))
		check(s.T, s.AddToCollection(s.Context(), s.brook, labs, "flock", []registry.PackageName{{Owner: labs, Name: canary + pkg}}))
		s.download(canary + pkg)
	}
	public := model.Public
	_, err = s.UpdateChannel(s.Context(), s.brook, labs, registry.ChannelChange{DefaultAccess: &public})
	check(s.T, err)
}

func (s *canarySite) hideConda() {
	s.Helper()
	ctx := s.Context()
	url := func(what string) string { return "https://" + canary + what + ".example/" }
	for _, subdir := range []string{"noarch", "linux-64"} {
		s.Publish(s.T, s.brook, labs, condatest.Spec{
			Name: canary + "name", Version: "1.0." + canary + "version", Build: canary + "build", Subdir: subdir, Depends: []string{canary + "depend"},
			License: canary + "license", Summary: canary + "summary", RunExports: map[string]any{"weak": []string{canary + "runexport"}},
			About: map[string]any{
				"description": canary + "description", "home": url("home"), "dev_url": url("devurl"), "doc_url": url("docurl"), "license_url": url("licenseurl"),
			},
		}, "main", canary+"label")
	}
	source, text, more := url("sourceurl"), canary+"release", canary+"announce"
	_, err := s.UpdatePackage(ctx, s.brook, labs, canary+"name", registry.PackageChange{SourceURL: &source})
	check(s.T, err)
	_, err = s.UpdateRelease(ctx, s.brook, labs, canary+"name", "1.0."+canary+"version", registry.ReleaseChange{Description: &text, Announce: &more})
	check(s.T, err)
}

func (s *canarySite) hidePython() {
	s.Helper()
	spec := pypitest.Spec{
		Name: canary + "project", Version: "1.0+" + canary + "local", Summary: canary + "pysummary", Requires: []string{canary + "requires"}, Description: canary + "pydescription",
		Headers: []string{"Keywords: " + canary + "keyword", "Author: " + canary + "author"},
	}
	s.upload(pypitest.Wheel(s.T, spec))
	spec.Version = "0.9"
	f := s.upload(pypitest.Sdist(s.T, spec))
	_, err := s.YankFiles(s.Context(), s.brook, labs, registry.Selection{FileName: registry.FileName{Package: f.Package, Version: f.Version}}, canary+"yank")
	check(s.T, err)
}

func (s *canarySite) hideDocuments() {
	s.Helper()
	s.upload(canary+"notebook.ipynb", []byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"id": "a", "cell_type": "markdown", "metadata": {}, "source": ["# `+canary+`cell"]}]}`))
	s.upload(canary+"environment.yml", []byte("name: "+canary+"environment\ndependencies: [python]\n"))
	s.upload(crantest.Build(s.T, crantest.Spec{Name: canary + "r", Version: "1.0", Fields: []string{"Description: " + canary + "r.title"}}))
}

// download counts a download of each file of a package of labs, on a day of canaryDays.
func (s *canarySite) download(pkg string) {
	s.Helper()
	d, err := s.Package(s.Context(), s.brook, labs, pkg)
	check(s.T, err)
	for _, f := range d.Files() {
		check(s.T, s.Store.AddDownloads(s.Context(), map[int64]int64{f.ID: 1}, time.Date(2026, time.January, 2, 0, 0, 0, 0, time.UTC)))
	}
}

// canaryDays are days on which what is private was downloaded.
const canaryDays = "2026-01-01--2026-01-31"

// upload publishes a file of labs' in one request.
func (s *canarySite) upload(fileName string, data []byte) model.File {
	s.Helper()
	in, err := s.Receive(s.Context(), s.brook, labs)
	check(s.T, err)
	defer in.Close()
	_, err = in.ReadFrom(bytes.NewReader(data))
	check(s.T, err)
	f, _, err := s.Registry.Publish(s.Context(), s.brook, labs, in, registry.Upload{FileName: fileName})
	check(s.T, err)
	return f
}

// visitor is somebody who crawls, in a browser and with a token at once: pages
// look at the one, programs at the other.
type canaryVisitor struct {
	name           string
	cookie, secret string
	// told says that they may hear that there is something, as only a scope is
	// missing.
	told bool
}

// visitors are all kinds of people without a right to anything private.
func (s *canarySite) visitors() []canaryVisitor {
	person := func(login string) canaryVisitor {
		return canaryVisitor{name: login, cookie: signIn(s.T, s, login), secret: s.Token(s.T, login)}
	}
	revoked := s.Token(s.T, brook)
	check(s.T, s.EndToken(s.Context(), s.TokenActor(s.T, revoked)))
	other, _, err := s.CreateToken(s.Context(), s.brook, vault, registry.NewToken{Name: "of another organization"})
	check(s.T, err)
	return []canaryVisitor{
		{name: "anonymous"}, person("casey"), person("neighbour"), person("ada"), {name: "another organization's token", secret: other},
		{name: "revoked token", secret: revoked}, {name: "token for uploads to Python", secret: s.Token(s.T, brook, "pypi:upload"), told: true},
	}
}

// send lets a request be theirs.
func (v canaryVisitor) send(r *http.Request) {
	if v.cookie != "" {
		r.AddCookie(&http.Cookie{Name: "vivarium_session", Value: v.cookie})
	}
	if v.secret != "" {
		r.Header.Set("Authorization", "token "+v.secret)
	}
}
