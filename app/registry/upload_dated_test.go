package registry_test

import (
	"bytes"
	"strings"
	"testing"

	"vivarium/app/format/cran/crantest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

const (
	notebookText    = `{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "# Coral counts"}]}`
	environmentText = "name: kit\ndependencies: [python]\n"
)

// put uploads a file in one request.
func put(t testing.TB, s *registrytest.Site, actor model.Actor, channel string, up registry.Upload, data string) (model.File, bool, error) {
	t.Helper()
	in, err := s.Receive(t.Context(), actor, channel)
	if err != nil {
		return model.File{}, false, err
	}
	defer in.Close()
	if err := s.CheckUpload(t.Context(), actor, channel, up); err != nil {
		return model.File{}, false, err
	}
	if _, err := in.ReadFrom(strings.NewReader(data)); err != nil {
		return model.File{}, false, err
	}
	return s.Registry.Publish(t.Context(), actor, channel, in, up)
}

// TestPublishDated: notebooks, environments and files that say no version get that
// of the time, and a package called after them.
func TestPublishDated(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	today := s.Clock.Now().UTC().Format("2006.01.02.")
	r, rData := crantest.Build(t, crantest.Spec{})
	tests := []struct {
		up   registry.Upload
		data string
		want string // package/version, a star for the time
		kind model.PackageType
	}{
		{registry.Upload{FileName: "Coral Counts.ipynb"}, notebookText, "coral-counts/*", model.Notebook},
		{registry.Upload{FileName: "counts.IPYNB", Name: "named", Version: "7"}, notebookText, "named/7", model.Notebook},
		{registry.Upload{FileName: "environment.yml"}, environmentText, "kit/*", model.Environment},
		{registry.Upload{FileName: "environment.yml", Name: "other"}, environmentText, "other/*", model.Environment},
		{registry.Upload{FileName: "field kit.yaml"}, "dependencies: [a]", "field-kit/*", model.Environment},
		{registry.Upload{FileName: "Some data (2).csv"}, "a,b", "some-data-2.csv/*", model.GenericFile},
		{registry.Upload{FileName: "setup.sh", Type: model.Installer}, "#!", "setup.sh/*", model.Installer},
		{registry.Upload{FileName: r}, string(rData), "tinyr/0.1.2", model.RPackage},
	}
	for _, tt := range tests {
		f, made, err := put(t, s, brook, "brook", tt.up, tt.data)
		got := f.Package + "/" + f.Version
		if strings.HasPrefix(f.Version, today) {
			got = f.Package + "/*"
		}
		if err != nil || !made || got != tt.want || f.Type != tt.kind {
			t.Errorf("%s: got %s of type %s, made %t, %v, want %s of type %s", tt.up.FileName, got, f.Type, made, err, tt.want, tt.kind)
		}
		again, made, err := put(t, s, brook, "brook", tt.up, tt.data)
		if err != nil || made || again.ID != f.ID {
			t.Errorf("%s again: file %d, made %t, %v, want file %d and not made", tt.up.FileName, again.ID, made, err, f.ID)
		}
	}
	d, err := s.Package(t.Context(), brook, "brook", "coral-counts")
	if err != nil || d.Summary != "Coral counts" {
		t.Errorf("the notebook's package: %+v, %v", d.Package, err)
	}
}

// TestPublishDatedAgain: other bytes are another version when the upload names none,
// however fast they follow, and a conflict when it does, unless they replace.
func TestPublishDatedAgain(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	up := registry.Upload{FileName: "data.csv", Summary: "What was counted", Labels: []string{"dev"}}
	seen := map[string]bool{}
	for _, data := range []string{"a", "b", "c", "a"} {
		f, made, err := put(t, s, brook, "brook", up, data)
		if err != nil || !made || seen[f.Version] || strings.Join(f.Labels, "") != "dev" {
			t.Fatalf("%q: %+v, made %t, %v, after %v", data, f, made, err, seen)
		}
		seen[f.Version] = true
	}
	d, err := s.Package(t.Context(), brook, "brook", "data.csv")
	if err != nil || len(d.Versions) != 4 || d.Summary != "What was counted" {
		t.Errorf("got versions %v, summary %q, %v", d.Versions, d.Summary, err)
	}
	newest, err := d.Release(d.LatestVersion)
	if err != nil {
		t.Fatal(err)
	}
	if _, bytes, err := open(t, s, brook, newest.Files[0]); err != nil || bytes != "a" {
		t.Errorf("the newest version has %q, %v", bytes, err)
	}

	up.Version = "1"
	if _, made, err := put(t, s, brook, "brook", up, "a"); err != nil || !made {
		t.Fatalf("version 1: made %t, %v", made, err)
	}
	if _, _, err := put(t, s, brook, "brook", up, "b"); model.CodeOf(err) != model.Conflict || !strings.Contains(err.Error(), "other bytes") {
		t.Errorf("other bytes: %v, want Conflict", err)
	}
	up.Replace = true
	if f, made, err := put(t, s, brook, "brook", up, "b"); err != nil || !made || f.Version != "1" {
		t.Errorf("replaced: %+v, made %t, %v", f, made, err)
	}
}

func open(t testing.TB, s *registrytest.Site, actor model.Actor, f model.File) (registry.OpenedFile, string, error) {
	t.Helper()
	opened, err := s.OpenFile(t.Context(), actor, f.Owner, f.Package, f.Version, f.Basename)
	if err != nil {
		return opened, "", err
	}
	defer opened.Bytes.Close()
	var out bytes.Buffer
	_, err = out.ReadFrom(opened.Bytes)
	return opened, out.String(), err
}

// TestPublishDatedIsRefused leaves nothing behind.
func TestPublishDatedIsRefused(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, casey := s.Actor(t, "brook"), s.Actor(t, "casey")
	if _, _, err := put(t, s, brook, "brook", registry.Upload{FileName: "kit.yml"}, environmentText); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		actor model.Actor
		up    registry.Upload
		data  string
		code  model.Code
	}{
		"no notebook":             {brook, registry.Upload{FileName: "x.ipynb"}, "{}", model.Invalid},
		"no environment":          {brook, registry.Upload{FileName: "x.yml"}, "a: b", model.Invalid},
		"empty":                   {brook, registry.Upload{FileName: "x.csv"}, "", model.Invalid},
		"another type":            {brook, registry.Upload{FileName: "kit.ipynb", Name: "kit"}, notebookText, model.Conflict},
		"a name of signs":         {brook, registry.Upload{FileName: "???"}, "a", model.Invalid},
		"a path":                  {brook, registry.Upload{FileName: "../x.csv"}, "a", model.Invalid},
		"no name for a package":   {brook, registry.Upload{FileName: "x.csv", Name: "a b"}, "a", model.Invalid},
		"no version":              {brook, registry.Upload{FileName: "x.csv", Version: "a b"}, "a", model.Invalid},
		"a subdir":                {brook, registry.Upload{FileName: "x.csv", Subdir: "noarch"}, "a", model.Invalid},
		"other digest":            {brook, registry.Upload{FileName: "x.csv", SHA256: strings.Repeat("0", 64)}, "a", model.Invalid},
		"somebody else's channel": {casey, registry.Upload{FileName: "x.csv"}, "a", model.Forbidden},
		"no label":                {brook, registry.Upload{FileName: "x.csv", Labels: []string{"nolabel"}}, "a", model.Invalid},
	}
	for name, tt := range tests {
		if f, _, err := put(t, s, tt.actor, "brook", tt.up, tt.data); model.CodeOf(err) != tt.code {
			t.Errorf("%s: got %+v, %v, want %v", name, f, err, tt.code)
		}
	}
	list, _, err := s.Packages(t.Context(), brook, registry.PackageFilter{Owner: "brook"})
	if err != nil || len(list) != 1 {
		t.Errorf("refused uploads left %d packages, %v", len(list), err)
	}
}

func TestTypeOfName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]model.PackageType{
		"a-1.0-0.conda": model.Conda, "a.tar.bz2": model.Conda, "a-1.0-py3-none-any.whl": model.PyPI, "odd.whl": model.PyPI, "a-1.0.tar.gz": model.PyPI, "a-1.0.zip": model.PyPI,
		"a.b_1.0.tar.gz": model.RPackage, "ab_1.0.zip": model.RPackage, "ab_1.0.tgz": model.RPackage, "A.ipynb": model.Notebook, "a.YAML": model.Environment, "a.yml": model.Environment,
		"data.tar.gz": model.GenericFile, "data.zip": model.GenericFile, "x": model.GenericFile, "x.sh": model.GenericFile,
	} {
		if got := registry.TypeOfName(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
