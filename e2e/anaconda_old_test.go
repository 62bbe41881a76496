package e2e

import (
	"net/http"
	"strings"
	"testing"
)

const environmentText = "name: kit\nchannels:\n- conda-forge\ndependencies:\n- python 3.13.*\n- pip:\n  - benthos-db\n"

// TestOldClient runs anaconda-client 1.13.0 through what it is used for, environments
// included (row 61). It may not say that the server's API is of another version.
func TestOldClient(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newOldClient(t, s)
	c.anaconda("--version").ok(t).says(t, "1.13.0")
	c.login("alice")
	nags := []string{"version", "upgrade", "newer"}
	c.anaconda("whoami").ok(t).says(t, "Username: alice").lacks(t, nags...)
	c.anaconda("upload", archive(t, tiny10)).ok(t).says(t, "Upload complete").lacks(t, "newer", "upgrade")
	c.anaconda("show", "alice/tiny").ok(t).says(t, "The tiny package").lacks(t, "newer", "upgrade")
	c.anaconda("label", "--list").ok(t).says(t, " + main")

	file := c.write("environment.yml", []byte(environmentText))
	c.anaconda("upload", file).ok(t).says(t, "located at:", s.URL+"/alice/kit")
	p := s.get("", "/api/package/alice/kit").json(t)
	if types := p["package_types"].([]any); len(types) != 1 || types[0] != "env" || p["summary"] != "Environment file" {
		t.Errorf("the package is %v", p)
	}
	c.anaconda("download", "alice/kit", "-o", "D").ok(t)
	c.sameFile("D/environment.yml", file)
	s.createEnvironment("", "alice", "kit", environmentText)
	c.anaconda("logout").ok(t)
}

// createEnvironment asks what "conda env create OWNER/NAME" asks: the package, and of
// its files those of type env with the highest version.
func (s *server) createEnvironment(token, owner, name, want string) {
	s.t.Helper()
	p := s.get(token, "/api/package/"+owner+"/"+name).json(s.t)
	latest, basename := "", ""
	for _, f := range p["files"].([]any) {
		f := f.(map[string]any)
		if f["type"] == "env" && f["version"].(string) > latest {
			latest, basename = f["version"].(string), f["basename"].(string)
		}
	}
	if latest == "" {
		s.t.Fatalf("%s/%s has no environment", owner, name)
	}
	if got := s.get(token, "/api/download/"+owner+"/"+name+"/"+latest+"/"+basename).is(s.t, http.StatusOK); string(got.body) != want {
		s.t.Errorf("the environment is %q, want %q", got.body, want)
	}
}

// step is one request of a client that cannot be installed here, and how it must be
// answered.
type step struct {
	method, path, body string
	status             int
}

// replay sends steps as a client with a token does.
func (s *server) replay(token string, steps ...step) {
	s.t.Helper()
	for _, st := range steps {
		got := s.send(st.method, s.API+st.path, strings.NewReader(st.body), "Authorization", "token "+token, "Content-Type", "application/json", "Accept", "application/json")
		if got.status != st.status || st.method != http.MethodHead && !strings.HasPrefix(got.header.Get("Content-Type"), "application/json") {
			s.t.Fatalf("%s: %d %s %s, want %d and JSON", got.request, got.status, got.header.Get("Content-Type"), got.body, st.status)
		}
	}
}

// publish goes through stage, store and commit as every version of the client does.
func (s *server) publish(token, path, staged string, data []byte) map[string]any {
	s.t.Helper()
	stage := s.send(http.MethodPost, s.API+"/stage/"+path, strings.NewReader(staged), "Authorization", "token "+token, "Content-Type", "application/json").json(s.t)
	ticket := stage["form_data"].(map[string]any)["key"].(string)
	form, kind := storeForm(s.t, map[string]string{"key": ticket}, "", data)
	s.post("", stage["post_url"].(string), kind, form).is(s.t, http.StatusCreated)
	return s.send(http.MethodPost, s.API+"/commit/"+path, strings.NewReader(`{"dist_id": "`+stage["dist_id"].(string)+`"}`), "Authorization", "token "+token, "Content-Type", "application/json").json(s.t)
}

// TestCondaEnvUpload replays "conda env upload" and "conda env create": the package
// and the release come first, and the release's description is empty.
func TestCondaEnvUpload(t *testing.T) {
	t.Parallel()
	replays(t, "conda", "26.7.2", "conda env create OWNER/NAME")
	replays(t, "anaconda-client", "1.12.3", "conda env upload")
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	s.replay(token,
		step{"GET", "/user", "", 200},
		step{"GET", "/package/alice/kit", "", 404},
		step{"POST", "/package/alice/kit", `{"public": true, "publish": false, "public_attrs": {"summary": "Environment file", "license": {"name": null, "url": null}}}`, 200},
		step{"GET", "/release/alice/kit/2026.11.22.1335", "", 404},
		step{"POST", "/release/alice/kit/2026.11.22.1335", `{"requirements": {}, "announce": "", "description": null}`, 200},
		step{"GET", "/dist/alice/kit/2026.11.22.1335/environment.yml", "", 404},
	)
	made := s.publish(token, "alice/kit/2026.11.22.1335/environment.yml",
		`{"distribution_type": "env", "description": "", "attrs": {"name": "kit", "dependencies": ["python"]}, "dependencies": null, "channels": ["main"], "sha256": null}`, []byte(environmentText))
	if made["url"] != s.URL+"/alice/kit" || made["type"] != "env" {
		t.Errorf("got %v", made)
	}
	s.replay(token, step{"GET", "/dist/alice/kit/2026.11.22.1335/environment.yml", "", 200})
	s.createEnvironment("", "alice", "kit", environmentText)
	private := `{"access": "private"}`
	s.replay(token, step{"PATCH", "/package/alice/kit", private, 200})
	s.createEnvironment(token, "alice", "kit", environmentText)
	if got := s.status("", "/api/package/alice/kit"); got != http.StatusNotFound {
		t.Errorf("anonymous gets the private environment: %d", got)
	}
}

// TestNotebookUpload replays "anaconda notebook upload" of 1.12.3, which stages with
// neither package nor release, and "anaconda upload x.ipynb --thumbnail" of it.
func TestNotebookUpload(t *testing.T) {
	t.Parallel()
	replays(t, "anaconda-client", "1.12.3", "anaconda notebook upload")
	replays(t, "anaconda-client", "1.12.3", "anaconda upload --thumbnail")
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	notebook := []byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "metadata": {}, "source": "# Coral"}]}`)
	made := s.publish(token, "alice/coral/2026.11.22.1335/coral.ipynb",
		`{"distribution_type": "ipynb", "description": "", "attrs": {}, "dependencies": null, "channels": ["main"], "sha256": null}`, notebook)
	if made["url"] != s.URL+"/alice/coral" {
		t.Errorf("got %v", made)
	}
	const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
	s.replay(token,
		step{"HEAD", "", "", 200},
		step{"GET", "/dist/alice/reef/2026.11.22.1336/reef.ipynb", "", 404},
		step{"GET", "/package/alice/reef", "", 404},
		step{"POST", "/package/alice/reef", `{"public": true, "publish": false, "public_attrs": {"name": "reef", "summary": "Jupyter Notebook", "description": "Jupyter Notebook", "thumbnail": "` + pixel + `", "package_types": ["ipynb"]}}`, 200},
		step{"POST", "/release/alice/reef/2026.11.22.1336", `{"requirements": [], "announce": null, "description": "Jupyter Notebook", "version": "2026.11.22.1336", "summary": "Jupyter Notebook"}`, 200},
	)
	s.publish(token, "alice/reef/2026.11.22.1336/reef.ipynb", `{"distribution_type": "ipynb", "description": null, "attrs": {}, "dependencies": null, "channels": [], "sha256": null}`, notebook)
	p := s.get("", "/api/package/alice/reef").json(t)
	s.send(http.MethodGet, p["thumbnail_url"].(string), nil).is(t, http.StatusOK)
	c := newClient(t, s)
	c.anaconda("-t", token, "download", "alice/reef", "-o", "D").ok(t).says(t, "has been downloaded")
	if got := string(s.get("", "/alice/reef").is(t, http.StatusOK).body); !strings.Contains(got, "<h2>Coral</h2>") {
		t.Errorf("the page does not show the notebook: %.500s", got)
	}
}
