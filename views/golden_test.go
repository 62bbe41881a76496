package views

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/a-h/templ"

	"vivarium/static"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// drawn returns the HTML of a component.
func drawn(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatalf("draw: %v", err)
	}
	if strings.Contains(b.String(), `aria-hidden="true"></svg>`) {
		t.Errorf("an icon that there is not:\n%s", b.String())
	}
	return b.String()
}

// checkGolden compares the HTML of a component with testdata/name.html. A line is
// broken before each tag that begins a block, so that a change can be read.
func checkGolden(t *testing.T, name string, c templ.Component) {
	t.Helper()
	got := broken(drawn(t, c))
	file := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what is drawn now; run the test with -update and read the difference:\n%s", file, got)
	}
}

var blocks = strings.NewReplacer(
	"<div", "\n<div", "<section", "\n<section", "<nav", "\n<nav", "<ul", "\n<ul", "<ol", "\n<ol", "<li", "\n<li", "<tr", "\n<tr", "<td", "\n<td", "<th", "\n<th",
	"<p", "\n<p", "<h1", "\n<h1", "<h2", "\n<h2", "<h3", "\n<h3", "<form", "\n<form", "<label", "\n<label", "<input", "\n<input", "<option", "\n<option",
	"<button", "\n<button", "<a ", "\n<a ", "<dl", "\n<dl", "<dt", "\n<dt", "<dd", "\n<dd", "<main", "\n<main", "<aside", "\n<aside", "<details", "\n<details",
)

// assetHash is left out, or a new rule of the style sheet would change every file.
var assetHash = regexp.MustCompile(`(/static/[a-z0-9.-]+)\.[0-9a-f]{16}\.`)

// drawings writes names in the place of what is drawn: icons and the logo.
var drawings = sync.OnceValue(func() *strings.Replacer {
	names := []string{static.Favicon(), "LOGO"}
	for _, icon := range static.IconNames() {
		names = append(names, `aria-hidden="true">`+static.Icon(icon)+"</svg>", `aria-hidden="true">`+icon+"</svg>")
	}
	return strings.NewReplacer(names...)
})

func broken(html string) string {
	html = assetHash.ReplaceAllString(drawings().Replace(html), "$1.HASH.")
	return strings.TrimPrefix(blocks.Replace(html), "\n") + "\n"
}
