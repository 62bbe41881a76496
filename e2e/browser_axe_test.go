package e2e

import (
	"encoding/json"
	"os"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axePath is where tools/install-test-needs puts axe-core.
const axePath = "../.tools/axe-4.14.1.min.js"

var readAxe = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile(axePath)
	return string(text), err
})

// finding is something that axe complains of.
type finding struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML string }
}

const runAxe = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]})
	.then(r => JSON.stringify(r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.map(n => ({HTML: n.html}))}))))`

// view is how somebody sees a page.
type view struct {
	width int64
	theme string
}

// views are wide and narrow, in light and dark; few has both of each in half the
// time.
var (
	views = []view{{1280, "light"}, {1280, "dark"}, {390, "light"}, {390, "dark"}}
	few   = []view{{1280, "light"}, {390, "dark"}}
)

// inspect looks at the page as look does, and lets axe look for what keeps people
// out. Without scripts axe cannot run.
func (b *browser) inspect(page string) {
	b.t.Helper()
	b.inspectAs(page, views)
}

func (b *browser) inspectAs(page string, views []view) {
	b.t.Helper()
	b.look(page)
	if b.name == "scripts-false" {
		return
	}
	source, err := readAxe()
	if err != nil {
		lacks(b.t, "axe-core")
	}
	var loaded bool
	b.run(chromedp.Evaluate(source+"; true", &loaded))
	for _, v := range views {
		look := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
		// A colour on its way to another one is neither, and what the top bar covers of
		// a page that is scrolled is not small.
		b.run(b.size(v.width), emulation.SetEmulatedMedia().WithFeatures(look), chromedp.Evaluate(`document.getAnimations().forEach(a => a.finish()); scrollTo(0, 0)`, nil))
		b.axe(page+", "+v.theme, v.width)
	}
	b.run(b.size(1280), emulation.SetEmulatedMedia())
}

func (b *browser) axe(page string, width int64) {
	b.t.Helper()
	var report string
	b.run(chromedp.Evaluate(runAxe, &report, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	var findings []finding
	if err := json.Unmarshal([]byte(report), &findings); err != nil {
		b.t.Fatal(err)
	}
	for _, f := range findings {
		var where []string
		for _, n := range f.Nodes {
			where = append(where, n.HTML)
		}
		b.t.Errorf("%s at %d pixels: axe finds %s (%s): %s\n%s", page, width, f.ID, f.Impact, f.Help, strings.Join(where, "\n"))
	}
}
