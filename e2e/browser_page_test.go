package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// open goes to a path of the site. It goes again when the page that a click before
// leads to came in between.
func (b *browser) open(path string) {
	b.t.Helper()
	there := chromedp.Navigate(b.s.URL + path)
	err := b.try(there)
	if err != nil && strings.Contains(err.Error(), "net::ERR_ABORTED") {
		err = b.try(there)
	}
	if err != nil {
		b.t.Fatalf("%v\n%s", err, b.outline())
	}
}

// node is a node of the accessibility tree.
type node struct {
	Ignored bool              `json:"ignored"`
	Role    value             `json:"role"`
	Name    value             `json:"name"`
	DOMNode cdp.BackendNodeID `json:"backendDOMNodeId"`
}

// value is a property of a node.
type value struct {
	Value string `json:"value"`
}

// nodes reads the accessibility tree; between two pages there is none. The answer
// is decoded here, because a newer browser knows properties that the library
// refuses.
func (b *browser) nodes() []node {
	var answer struct {
		Nodes []node `json:"nodes"`
	}
	err := b.try(chromedp.ActionFunc(func(ctx context.Context) error {
		return cdp.Execute(ctx, "Accessibility.getFullAXTree", nil, &answer)
	}))
	if err != nil {
		b.t.Logf("read the accessibility tree: %v", err)
		return nil
	}
	return answer.Nodes
}

// find waits for a control; see matching.
func (b *browser) find(role, pattern string) node {
	b.t.Helper()
	var found []node
	b.until(fmt.Sprintf("no %s %q", role, pattern), func() bool {
		found = matching(b.nodes(), role, pattern)
		return len(found) > 0
	})
	return found[0]
}

// gone waits until there is no such control.
func (b *browser) gone(role, pattern string) {
	b.t.Helper()
	b.until(fmt.Sprintf("still a %s %q", role, pattern), func() bool {
		all := b.nodes()
		return len(all) > 1 && len(matching(all, role, pattern)) == 0
	})
}

// matching lists the nodes whose role and name match the patterns as a whole.
func matching(nodes []node, role, pattern string) []node {
	want := regexp.MustCompile("^(?:" + role + ") (?:" + pattern + ")$")
	return slices.DeleteFunc(slices.Clone(nodes), func(n node) bool {
		return n.Ignored || !want.MatchString(n.Role.Value+" "+n.Name.Value)
	})
}

// until polls the page for as long as the browser may take.
func (b *browser) until(otherwise string, done func() bool) {
	b.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(patience)
	for !done() {
		select {
		case <-deadline:
			b.t.Fatalf("%s\n%s", otherwise, b.outline())
		case <-tick.C:
		}
	}
}

// outline is what the page is, for the message of a failed test.
func (b *browser) outline() string {
	var at string
	_ = b.try(chromedp.Location(&at))
	lines := []string{"at " + at}
	for _, n := range b.nodes() {
		if !n.Ignored && n.Name.Value != "" && !strings.HasSuffix(n.Role.Value, "Text") && n.Role.Value != "InlineTextBox" {
			lines = append(lines, n.Role.Value+" "+n.Name.Value)
		}
	}
	return strings.Join(lines, "\n")
}

// click presses the control with the mouse.
func (b *browser) click(role, pattern string) {
	b.t.Helper()
	n := b.find(role, pattern)
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		if err := dom.ScrollIntoViewIfNeeded().WithBackendNodeID(n.DOMNode).Do(ctx); err != nil {
			return err
		}
		quads, err := dom.GetContentQuads().WithBackendNodeID(n.DOMNode).Do(ctx)
		if err != nil || len(quads) == 0 {
			return fmt.Errorf("%s %q is not on the screen: %w", role, pattern, err)
		}
		x, y := (quads[0][0]+quads[0][4])/2, (quads[0][1]+quads[0][5])/2
		for _, kind := range []input.MouseType{input.MousePressed, input.MouseReleased} {
			if err := input.DispatchMouseEvent(kind, x, y).WithButton(input.Left).WithClickCount(1).Do(ctx); err != nil {
				return err
			}
		}
		return nil
	}))
}

// fill types text into a field.
func (b *browser) fill(pattern, text string) {
	b.t.Helper()
	n := b.find("textbox", pattern)
	b.run(dom.Focus().WithBackendNodeID(n.DOMNode), input.InsertText(text))
}

// arrives waits until the page is the one at path.
func (b *browser) arrives(path string) {
	b.t.Helper()
	b.until("not at "+path, func() bool {
		var at string
		err := b.try(chromedp.Location(&at))
		return err == nil && at == b.s.URL+path // an error: between two pages
	})
}

// text is what the page shows, once there is one.
func (b *browser) text() string {
	b.t.Helper()
	var text string
	b.until("the page stays empty", func() (ok bool) {
		text, ok = b.visible()
		return ok && text != ""
	})
	return text
}

// visible is what the page shows now; false between two pages.
func (b *browser) visible() (text string, ok bool) {
	err := b.try(chromedp.Evaluate(`document.body ? document.body.innerText : ""`, &text))
	return text, err == nil
}

// shows waits until the page shows each of words: it may still be on its way.
func (b *browser) shows(words ...string) {
	b.t.Helper()
	for _, w := range words {
		b.until(fmt.Sprintf("the page does not show %q", w), func() bool {
			text, ok := b.visible()
			return ok && strings.Contains(text, w)
		})
	}
}

// look checks the page's width on a phone, and its one h1, and keeps pictures of it
// when SCREENSHOTS names a folder.
func (b *browser) look(page string) {
	b.t.Helper()
	var over, headings int
	b.run(b.size(360),
		chromedp.Evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`, &over),
		b.size(1280),
		chromedp.Evaluate(`document.querySelectorAll("h1").length`, &headings))
	if over > 0 {
		b.t.Errorf("%s is %d pixels too wide for a screen of 360", page, over)
	}
	if headings != 1 {
		b.t.Errorf("%s has %d h1, want 1", page, headings)
	}
	if folder := os.Getenv("SCREENSHOTS"); folder != "" {
		b.picture(folder, page)
	}
}

// picture writes the page as PNG, wide and narrow, light and dark.
func (b *browser) picture(folder, page string) {
	b.t.Helper()
	for _, width := range []int64{1280, 390} {
		for _, theme := range []string{"light", "dark"} {
			var png []byte
			look := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
			b.run(b.size(width), emulation.SetEmulatedMedia().WithFeatures(look),
				chromedp.Evaluate(`scrollTo(0, 0)`, nil), chromedp.FullScreenshot(&png, 100))
			name := fmt.Sprintf("%s-%s-%d-%s.png", page, b.name, width, theme)
			if err := os.WriteFile(filepath.Join(folder, name), png, 0o644); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	b.run(b.size(1280), emulation.SetEmulatedMedia())
}
