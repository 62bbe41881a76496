package sitedump_test

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/moving"
	"vivarium/app/moving/sitedump"
	"vivarium/app/registry/registrytest"
)

// dump is a folder as the original wrote it.
type dump struct{ fstest.MapFS }

func (d dump) write(name string, data []byte) {
	d.MapFS[name] = &fstest.MapFile{Data: data, Mode: 0o644}
}

func (d dump) meta(t testing.TB, folder string, said map[string]any) {
	t.Helper()
	raw, err := json.Marshal(said)
	if err != nil {
		t.Fatal(err)
	}
	d.write(folder+"/meta.json", raw)
}

// conda lays a package into a folder and returns what meta.json says of it.
func (d dump) conda(t testing.TB, folder string, spec condatest.Spec, labels ...string) map[string]any {
	t.Helper()
	name, data := condatest.Build(t, spec)
	d.write(folder+"/"+name, data)
	sum := md5.Sum(data)
	subdir := spec.Subdir
	if subdir == "" {
		subdir = "noarch"
	}
	return map[string]any{
		"basename": subdir + "/" + name, "version": spec.Version, "distribution_type": "conda", "md5": hex.EncodeToString(sum[:]), "labels": labels,
		"upload_time": map[string]any{"$date": 1442845316870},
	}
}

const (
	tiny  = "alice/59921152446b5703f430383f--tiny"
	notes = "alice/59921152446b5703f4303840--notes"
	wheel = "acme/5989fbd1446b575b99032652--Rec.Pkg"
	twice = "acme/5989fbd1446b575b99032653--twice"
	loose = "acme/5989fbd1446b575b99032654--loose"
)

type said = map[string]any

// original is a dump with two people and an organization.
func original(t testing.TB) dump {
	d := dump{fstest.MapFS{}}
	d.write("README.txt", []byte("a dump"))
	d.meta(t, "alice", said{"login": "alice", "user_type": "user", "name": "Alice", "email": "alice@example.test", "groups": []any{"acme/Devs", "elsewhere/x"}})
	d.meta(t, "bob", said{"user_type": "user", "email": "bob@example.test", "groups": []any{said{"name": "nosuch", "organization": "acme"}}})
	d.meta(t, "acme", said{"login": "acme", "name": "Acme", "groups": []any{
		said{"name": "Owners", "permission": "admin", "members": []any{"root", said{"login": "bob"}}},
		said{"name": "devs", "perms": "Read-Write", "members": []any{}, "packages": []any{"acme/twice", said{"name": "Rec.Pkg"}, "gone"}},
	}})
	files := []any{
		d.conda(t, tiny, condatest.Spec{Name: "tiny", Version: "1.0"}, "main", "dev"), d.conda(t, tiny+"/linux-64", condatest.Spec{Name: "tiny", Version: "2.0", Subdir: "linux-64"}),
		said{"basename": "noarch/tiny-3.0-0.conda", "version": "3.0", "labels": []any{"main"}},
	}
	d.meta(t, tiny, said{"name": "tiny", "public": false, "summary": "By hand", "package_types": []any{"conda"}, "files": files, "collaborators": []any{"bob"}})
	d.write(tiny+"/leftover.txt", []byte("?"))
	d.write(notes+"/59921152446b5703f4303841--notes.ipynb", []byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}`))
	d.meta(t, notes, said{"name": "notes", "public": true, "package_types": []any{"ipynb"}, "releases": []any{
		said{"version": "2017.08.14", "description": "A day.", "distributions": []any{said{"basename": "notes.ipynb", "type": "ipynb"}}},
	}})
	name, data := pypitest.Wheel(t, pypitest.Spec{Name: "Rec.Pkg", Version: "1.0"})
	d.write(wheel+"/1.0/"+name, data)
	d.meta(t, wheel, said{"name": "Rec.Pkg", "public": true, "files": []any{said{"basename": name, "version": "1.0"}}})
	for _, subdir := range []string{"noarch", "linux-64"} {
		d.conda(t, twice+"/"+subdir, condatest.Spec{Name: "twice", Version: "1.0", Subdir: subdir})
	}
	d.meta(t, twice, said{"name": "twice", "published": true, "public": false, "files": []any{
		said{"basename": "linux-64/twice-1.0-0.conda", "version": "1.0"}, said{"basename": "noarch/twice-1.0-0.conda", "version": "1.0"},
	}})
	d.conda(t, loose, condatest.Spec{Name: "loose", Version: "1.0"})
	return d
}

// moved brings the dump to a site and returns the sheets by account.
func moved(t testing.TB, site *registrytest.Site, d dump, owner string) map[string]*moving.Sheet {
	t.Helper()
	accounts, err := sitedump.Read(d, "site-dump")
	if err != nil {
		t.Fatal(err)
	}
	van := moving.Van{Registry: site.Registry, Actor: model.LocalOperator(), Parallel: 2, Owner: owner, Moved: func() {}}
	sheets, err := van.MoveSite(t.Context(), accounts)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*moving.Sheet{}
	for _, s := range sheets {
		byName[s.Name] = s
	}
	return byName
}

func remarks(list []moving.Remark) (lines []string) {
	for _, r := range list {
		lines = append(lines, r.Name+": "+r.Reason)
	}
	return lines
}

// TestMoveSite makes accounts and brings what they have; again, it does nothing.
func TestMoveSite(t *testing.T) {
	t.Parallel()
	site, d := registrytest.Empty(t), original(t)
	sheets := moved(t, site, d, "")
	alice, bob, acme := sheets["alice"], sheets["bob"], sheets["acme"]
	if !alice.AccountMade || !bob.AccountMade || !acme.AccountMade || acme.Groups != 2 {
		t.Errorf("accounts %+v %+v %+v", alice, bob, acme)
	}
	if want := []string{"tiny/3.0/noarch/tiny-3.0-0.conda: The dump describes it, but has no such file."}; !slices.Equal(remarks(alice.Problems), want) {
		t.Errorf("alice's problems: %q", remarks(alice.Problems))
	}
	if want := []string{"tiny/leftover.txt: meta.json does not describe it, and it does not say itself what it is."}; !slices.Equal(remarks(alice.Skipped), want) {
		t.Errorf("alice's skipped: %q", remarks(alice.Skipped))
	}
	if want := []string{`group acme/Owners: root: "root" is not a user here.`, `group acme/devs: gone: Package "acme/gone" does not exist.`}; !slices.Equal(remarks(acme.Problems), want) {
		t.Errorf("acme's problems: %q", remarks(acme.Problems))
	}
	if alice.Files.Here != 3 || alice.Digests != (moving.DigestCount{MD5: 2, Unsaid: 1}) || acme.Files.Here != 4 || bob.Files.There != 0 {
		t.Errorf("files %+v %+v", alice, acme)
	}
	again := moved(t, site, d, "")
	if again["alice"].Files.Copied+again["acme"].Files.Copied != 0 || again["acme"].AccountMade || again["acme"].Files.Present != 4 || len(again["acme"].Problems) != 2 {
		t.Errorf("again: %+v %+v", again["alice"], again["acme"])
	}
}

// TestMovedSiteIsAsItWas looks at who may do what, and at the packages.
func TestMovedSiteIsAsItWas(t *testing.T) {
	t.Parallel()
	site := registrytest.Empty(t)
	moved(t, site, original(t), "")
	op := model.LocalOperator()
	access := map[string]model.Access{"alice/tiny": model.Private, "alice/notes": model.Public, "acme/Rec.Pkg": model.Public, "acme/twice": model.Authenticated, "acme/loose": model.Private}
	for full, want := range access {
		owner, name := path.Split(full)
		if p, err := site.Package(t.Context(), op, strings.TrimSuffix(owner, "/"), name); err != nil || p.Access != want {
			t.Errorf("%s is %s, %v", full, p.Access, err)
		}
	}
	p, err := site.Package(t.Context(), site.Actor(t, "bob"), "alice", "tiny") // a collaborator
	if err != nil || p.Summary != "By hand" || p.Permission != model.Write || p.Releases[0].Files[0].UploadedAt.Year() != 2015 {
		t.Errorf("tiny is %+v, %v", p, err)
	}
	n, err := site.Package(t.Context(), model.Actor{}, "alice", "notes")
	if err != nil || n.LatestVersion != "2017.08.14" || n.Releases[0].Description != "A day." {
		t.Errorf("notes is %+v, %v", n, err)
	}
	g, err := site.Group(t.Context(), op, "acme", "devs")
	if err != nil || g.Permission != model.Write || len(g.Members) != 1 || g.Members[0].Login != "alice" || len(g.Packages) != 2 {
		t.Errorf("devs is %+v, %v", g, err)
	}
	if u, err := site.Account(t.Context(), op, "alice"); err != nil || u.Name != "Alice" || u.Email != "alice@example.test" {
		t.Errorf("alice is %+v, %v", u, err)
	}
}

// TestAccountsThatCannotBeMade say what to do, and the others are brought.
func TestAccountsThatCannotBeMade(t *testing.T) {
	t.Parallel()
	site := registrytest.Empty(t)
	d := dump{fstest.MapFS{}}
	d.meta(t, "bare", said{"user_type": "user"})
	d.meta(t, "admin", said{"user_type": "user", "email": "a@example.test"})
	d.meta(t, "orphan", said{"user_type": "org"})
	d.conda(t, "orphan/59921152446b5703f430383f--tiny", condatest.Spec{Name: "tiny"})
	sheets := moved(t, site, d, "")
	for login, want := range map[string]string{"bare": "app admin create-user bare --email ADDR", "admin": "reserved", "orphan": "--owner"} {
		if got := remarks(sheets[login].Problems); len(got) != 1 || !strings.Contains(got[0], want) || sheets[login].Packages.There != 0 {
			t.Errorf("%s: %q", login, got)
		}
	}
	site.User(t, "bare")
	if sheets = moved(t, site, d, "bare"); len(sheets["bare"].Problems) != 0 || !sheets["orphan"].AccountMade || sheets["orphan"].Files.Copied != 1 {
		t.Errorf("bare %+v, orphan %+v", sheets["bare"], sheets["orphan"])
	}
	d.meta(t, "bare", said{"user_type": "org"})
	if got := remarks(moved(t, site, d, "")["bare"].Problems); len(got) != 1 || !strings.Contains(got[0], "a user in one place") {
		t.Errorf("of another kind: %q", got)
	}
}

// TestReadRefuses what is no dump.
func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for want, d := range map[string]fstest.MapFS{
		"There is no account in it": {"file": {}},
		"stray has no meta.json":    {"stray/file": {}},
		"read alice/meta.json":      {"alice/meta.json": {Data: []byte("[")}},
	} {
		if _, err := sitedump.Read(d, "dump"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// FuzzRead reads what no server of this kind wrote.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"login": "a", "groups": [{"name": "x", "members": [1, null, {"login": "b"}]}, "a/x", 7]}`), []byte(`{"files": [{"basename": "noarch/../../x-1-0.conda"}]}`))
	f.Fuzz(func(t *testing.T, account, pkg []byte) {
		d := fstest.MapFS{"a/meta.json": {Data: account}, "a/59921152446b5703f430383f--x/meta.json": {Data: pkg}, "a/59921152446b5703f430383f--x/noarch/x-1-0.conda": {}}
		list, err := sitedump.Read(d, "dump")
		if err != nil {
			return
		}
		p, err := list[0].Channel.Packages[0].Read(t.Context())
		for _, file := range p.Files {
			if err == nil && (file.Open == nil || !fs.ValidPath("x/"+path.Base(file.Basename)) && file.Basename != "") {
				t.Errorf("%q: %+v", pkg, file)
			}
		}
	})
}
