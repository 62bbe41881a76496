package render

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// prose is what Markdown may draw. There is no id, name, style, class but for the
// highlighter's, and no attribute that htmx reads.
var prose = policy(func(p *bluemonday.Policy) {
	p.AllowElements("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "em", "strong", "del", "blockquote", "ul", "li", "pre", "code", "sub", "sup")
	allowTables(p)
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowElements("ol", "span")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(codeblock chroma|[a-z]{1,3}[0-9]?)$`)).OnElements("pre", "span")
	p.AllowAttrs("href").Matching(regexp.MustCompile(`^(?i)(https?://|mailto:)`)).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.RequireParseableURLs(true)
	// Pictures come from the site itself: their addresses are made here, of what is
	// in the notebook.
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^/[A-Za-z0-9._~%/?&=+-]+$`)).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowRelativeURLs(true)
})

// output is what the HTML of a cell's output may draw: tables and text.
var output = policy(func(p *bluemonday.Policy) {
	p.AllowElements("p", "br", "hr", "em", "i", "b", "strong", "code", "pre", "ul", "ol", "li", "sub", "sup", "div", "span", "dl", "dt", "dd")
	allowTables(p)
	p.SkipElementsContent("style", "script", "title", "head", "button", "select", "textarea", "svg", "math", "template", "noscript", "iframe", "object")
})

func allowTables(p *bluemonday.Policy) {
	p.AllowElements("table", "thead", "tbody", "tfoot", "tr", "caption")
	p.AllowAttrs("colspan", "rowspan").Matching(regexp.MustCompile(`^[1-9][0-9]?$`)).OnElements("td", "th")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(left|right|center)$`)).OnElements("td", "th")
	p.AllowElements("td", "th")
}

func policy(allow func(*bluemonday.Policy)) *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	allow(p)
	return p
}
