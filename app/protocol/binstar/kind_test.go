package binstar_test

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/cran/crantest"
)

const (
	tinyNotebook    = `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "metadata": {}, "source": "# Coral counts"}]}`
	tinyEnvironment = "name: kit\nchannels: [conda-forge]\ndependencies: [python]\n"
)

// kinds is a file of each type but conda and pypi.
func kinds(t testing.TB) map[string]artifact {
	r, rData := crantest.Build(t, crantest.Spec{Fields: []string{"Description: What it does.", "URL: https://r.example, https://x.example", "BugReports: https://r.example/bugs"}})
	built, builtData := crantest.Build(t, crantest.Spec{Name: "builtr", Built: "R 4.3.1; x86_64-w64-mingw32; 2024-01-01 10:00:00 UTC; windows"})
	return map[string]artifact{
		"r":         {"tinyr", "0.1.2", r, rData},
		"r built":   {"builtr", "0.1.2", built, builtData},
		"ipynb":     {"coral-counts", "2026.11.22.1335", "Coral counts.ipynb", []byte(tinyNotebook)},
		"env":       {"kit", "2026.11.22.133512", "environment.yml", []byte(tinyEnvironment)},
		"file":      {"somefile", "1", "some file+ü.bin", []byte("\x00\x01")},
		"project":   {"reef", "2026.11.22.1335", "reef.tar", []byte("any bytes")},
		"installer": {"kit-setup", "1.0", "kit-1.0-Linux-x86_64.sh", []byte("#!/bin/sh\n")},
	}
}

// TestEveryType stages, stores and commits a file of every type, and reads it back.
func TestEveryType(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api")
	all := kinds(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		a := all[name]
		kind, _, _ := strings.Cut(name, " ")
		refusal(t, s.do(t, token, http.MethodGet, a.path("dist", "brook"), nil), http.StatusNotFound)
		golden(t, "kind_"+strings.ReplaceAll(name, " ", "_"), s.tryUpload(t, token, "brook", a, kind))
		if w := s.must(t, http.StatusOK, "", http.MethodGet, a.path("download", "brook"), nil); !bytes.Equal(w.Body.Bytes(), a.data) {
			t.Errorf("the download of %s differs from what was uploaded", a.basename)
		}
		p := object(t, s.must(t, http.StatusOK, "", http.MethodGet, "/api/package/brook/"+a.name, nil))
		if types := p["package_types"].([]any); len(types) != 1 || types[0] != kind {
			t.Errorf("%s has the types %v", a.name, types)
		}
		refusal(t, s.tryUpload(t, token, "brook", a, kind), http.StatusConflict)
	}
	p := object(t, s.must(t, http.StatusOK, "", http.MethodGet, "/api/package/brook/tinyr", nil))
	if p["summary"] != "A tiny package" || p["home"] != "https://r.example" || p["dev_url"] != "https://r.example/bugs" || p["license"] != "MIT" {
		t.Errorf("the R package says %v", p)
	}
	if p := object(t, s.must(t, http.StatusOK, "", http.MethodGet, "/api/package/brook/coral-counts", nil)); p["summary"] != "Coral counts" {
		t.Errorf("the notebook says %v", p["summary"])
	}
}

// TestTypesDoNotMix: conda and pypi may share a package, others may not, whether
// they were announced or the package was made for one.
func TestTypesDoNotMix(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api")
	all := kinds(t)
	for name, a := range all {
		kind, _, _ := strings.Cut(name, " ")
		if w := s.tryUpload(t, token, "brook", a, kind); w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", name, w.Code, w.Body)
		}
		other := artifact{a.name, "3", "x.bin", []byte("x")}
		otherKind := "file"
		if kind == "file" {
			otherKind = "installer"
		}
		if says := refusal(t, s.tryUpload(t, token, "brook", other, otherKind), http.StatusConflict); !strings.Contains(says, "holds "+kind) || !strings.Contains(says, "Choose another name") {
			t.Errorf("%s beside %s: %q", otherKind, kind, says)
		}
	}
	mixed := artifact{"tinyr", "0.1.2", "noarch/tinyr-0.1.2-0.conda", nil}
	refusal(t, s.do(t, token, http.MethodPost, mixed.path("stage", "brook"), map[string]any{"distribution_type": "conda"}), http.StatusConflict)
	refusal(t, s.do(t, token, http.MethodPost, "/api/package/brook/both", `{"public_attrs": {"package_types": ["ipynb", "env"]}}`), http.StatusConflict)
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny-wheel", Version: "0.3"})
	s.uploadPython(t, token, "brook", tinyWheel(t)[0])
}

// TestKindIsRefused: what is not what it says, by its name or by its bytes.
func TestKindIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api")
	all := kinds(t)
	with := func(kind string, change func(*artifact)) artifact { a := all[kind]; change(&a); return a }
	tests := map[string]struct {
		kind string
		a    artifact
		says string
	}{
		"a notebook by another name":     {"ipynb", with("ipynb", func(a *artifact) { a.basename = "x.json" }), ".ipynb"},
		"no notebook":                    {"ipynb", with("ipynb", func(a *artifact) { a.data = []byte("{}") }), "not a notebook"},
		"an environment by another name": {"env", with("env", func(a *artifact) { a.basename = "x.txt" }), ".yml"},
		"no environment":                 {"env", with("env", func(a *artifact) { a.data = []byte("a: b") }), "no dependencies"},
		"another R package":              {"r", with("r", func(a *artifact) { a.name = "other" }), "belongs to tinyr"},
		"another version of it":          {"r", with("r", func(a *artifact) { a.version = "0.1.3" }), "belongs to tinyr"},
		"no R package":                   {"r", with("r", func(a *artifact) { a.data = []byte("x") }), "gzip"},
		"a path":                         {"file", with("file", func(a *artifact) { a.basename = "a/b" }), "cannot be a file name"},
		"a hidden path":                  {"file", with("file", func(a *artifact) { a.basename = `..\b` }), "cannot be a file name"},
		"an empty file":                  {"file", with("file", func(a *artifact) { a.data = nil }), "empty"},
	}
	for name, tt := range tests {
		w := s.tryUpload(t, token, "brook", tt.a, tt.kind)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s: %d %s, want 400 that says %q", name, w.Code, w.Body, tt.says)
		}
	}
	list := s.must(t, http.StatusOK, token, http.MethodGet, "/api/packages/brook", nil)
	if strings.TrimSpace(list.Body.String()) != "[]" {
		t.Errorf("refused uploads left %s", list.Body)
	}
}

// TestOldTypes: "anaconda notebook upload" of 1.12 sends the ending as the type, and
// neither makes the package nor the release first.
func TestOldTypes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api")
	for kind, want := range map[string]string{"ipynb": "ipynb", "yml": "env", "yaml": "env", "csv": "file", "md": "file"} {
		a := artifact{"old-" + kind, "2026.11.22.1335", "old." + kind, []byte(tinyEnvironment)}
		if kind == "ipynb" {
			a.data = []byte(tinyNotebook)
		}
		w := s.tryUpload(t, token, "brook", a, kind)
		if got := object(t, w); w.Code != http.StatusOK || got["type"] != want || got["url"] != "http://vivarium.test:8080/brook/old-"+kind {
			t.Errorf("%s: %d %v, want type %s", kind, w.Code, got, want)
		}
	}
}
