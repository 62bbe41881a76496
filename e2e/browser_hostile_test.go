package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// keep uploads any file to alice's channel in one request and returns what the API
// says of it.
func (s *server) keep(token, fileName, data string) map[string]any {
	s.t.Helper()
	got := s.send(http.MethodPut, s.URL+"/api/upload/alice/"+fileName, strings.NewReader(data), "Authorization", "token "+token).is(s.t, http.StatusCreated)
	var file map[string]any
	if err := json.Unmarshal(got.body, &file); err != nil {
		s.t.Fatal(err)
	}
	return file
}

// TestX4FilesAreNotRun downloads what a browser would run, at every door: it is told
// to keep it as a file.
func TestX4FilesAreNotRun(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "t", "all")
	const script = "<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>"
	for _, name := range []string{"page.html", "page.xhtml", "picture.svg", "style.css", "script.js", "feed.xml", "text.txt"} {
		file := s.keep(token, name, script)
		version := fmt.Sprint(file["version"])
		for _, at := range []string{
			"/api/download/alice/" + name + "/" + version + "/" + name, "/alice/packages/" + name + "/download?version=" + version + "&file=" + name,
		} {
			got := s.get("", at).is(t, http.StatusOK)
			if string(got.body) != script {
				t.Errorf("%s: other bytes came back", at)
			}
			for header, want := range map[string]string{
				"Content-Type": "application/octet-stream", "Content-Disposition": "attachment; filename=" + name, "X-Content-Type-Options": "nosniff",
			} {
				if value := got.header.Get(header); value != want {
					t.Errorf("%s: %s: got %q, want %q", at, header, value, want)
				}
			}
			if policy := got.header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") || !strings.Contains(policy, "default-src 'none'") {
				t.Errorf("%s: Content-Security-Policy: %q", at, policy)
			}
		}
	}
}

// TestX3NotebookInBrowser shows a notebook made of attacks to somebody who is signed
// in: nothing of it runs, and the page asks no other site (which report tells).
func TestX3NotebookInBrowser(t *testing.T) {
	t.Parallel()
	corpus, err := os.ReadFile("../app/render/testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := startServer(t)
	s.addUser("alice")
	const caught = `<script>document.title = "caught " + document.cookie</script><img src="https://evil.test/x" onerror="document.title = 'caught'"><iframe src="https://evil.test"></iframe>`
	attacks := append(strings.Split(strings.TrimSpace(string(corpus)), "\n"), caught, "$\\href{javascript:alert(1)}{x}$")
	s.keep(s.addToken("alice", "t", "all"), "hostile.ipynb", notebookOf(t, attacks))
	b := newBrowser(t, s, true)
	b.signInWith("alice", password)
	b.open("/alice/hostile")
	b.says("alert(1)") // as text
	var title string
	var scripts, frames int
	b.run(chromedp.Title(&title), chromedp.Evaluate(`document.querySelectorAll("main script, main [onerror], main [onload], main [onclick]").length`, &scripts),
		chromedp.Evaluate(`frames.length`, &frames))
	if strings.Contains(title, "caught") || scripts != 0 || frames != 0 {
		t.Errorf("the title is %q; %d scripts and %d frames", title, scripts, frames)
	}
	b.look("notebook-hostile")
}

// notebookOf is a notebook with each attack as a text, as code, and as outputs of
// every kind.
func notebookOf(t *testing.T, attacks []string) string {
	t.Helper()
	var cells []map[string]any
	for _, a := range attacks {
		data := map[string]string{"text/html": a, "text/markdown": a, "text/latex": a, "image/svg+xml": a, "application/javascript": "document.title = 'caught'"}
		var outputs []map[string]any
		for kind, text := range data {
			outputs = append(outputs, map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]string{kind: text}})
		}
		cells = append(cells, map[string]any{"cell_type": "markdown", "metadata": map[string]any{}, "source": a},
			map[string]any{"cell_type": "code", "execution_count": 1, "metadata": map[string]any{}, "source": a, "outputs": outputs})
	}
	text, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
