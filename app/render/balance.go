package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vivarium/app/model"
)

// maxNesting is how deep the elements of an output may nest.
const maxNesting = 100

// outputHTML draws the HTML of an output: what of it is allowed, with every element
// closed that it opens and nothing else closed, so that it stays in its place. It is
// empty when it cannot be drawn.
func outputHTML(markup string) model.HTML {
	allowed := output.Sanitize(markup)
	if nesting(allowed) > maxNesting {
		return ""
	}
	nodes, err := html.ParseFragment(strings.NewReader(allowed), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, n := range nodes {
		styleTables(n)
		if html.Render(&b, n) != nil { // a Builder takes everything
			return ""
		}
	}
	return model.HTML(b.String())
}

// styleTables gives tables the look of the site's own.
func styleTables(n *html.Node) {
	for d := range n.Descendants() {
		styleTable(d)
	}
	styleTable(n)
}

func styleTable(n *html.Node) {
	if n.DataAtom == atom.Table {
		n.Attr = []html.Attribute{{Key: "class", Val: "table"}}
	}
}

// nesting is at least how deep the elements of markup nest.
func nesting(markup string) int {
	deepest, now := 0, 0
	for z := html.NewTokenizer(strings.NewReader(markup)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return deepest
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) != "br" && string(name) != "hr" {
				now++
				deepest = max(deepest, now)
			}
		case html.EndTagToken:
			now = max(now-1, 0)
		}
	}
}
