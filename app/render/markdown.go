package render

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"vivarium/app/model"
)

// MaxMarkdown is how much of a Markdown text is drawn, in bytes.
const MaxMarkdown = 128 << 10

// Markdown draws a text in GitHub's Markdown. Headings begin at h2, since a page has
// an h1 of its own; pictures are links to where they are.
func Markdown(source string) model.HTML { return markdown(source, nil) }

// markdown draws pictures whose address picture translates.
func markdown(source string, picture func(address string) string) model.HTML {
	source = strings.ToValidUTF8(source[:min(len(source), MaxMarkdown)], "\uFFFD")
	if costly(source) {
		return plainBlock(source)
	}
	raw := []byte(source)
	tree := engine.Parser().Parse(text.NewReader(raw))
	settle(tree, raw, picture)
	var out bytes.Buffer
	if engine.Renderer().Render(&out, raw, tree) != nil { // a Buffer takes everything
		return ""
	}
	return model.HTML(prose.SanitizeBytes(out.Bytes()))
}

// plainBlock draws a text as it is written.
func plainBlock(source string) model.HTML {
	return `<pre class="codeblock chroma"><code>` + Code(source, "") + "</code></pre>"
}

// engine draws no HTML that stands in the text.
var engine = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify),
	goldmark.WithRendererOptions(html.WithXHTML(), renderer.WithNodeRenderers(util.Prioritized(codeBlocks{}, 100))),
)

// settle makes headings and pictures fit their place.
func settle(tree ast.Node, raw []byte, picture func(string) string) {
	var pictures []*ast.Image
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the visitor never fails
		switch node := n.(type) {
		case *ast.Heading:
			if entering {
				node.Level = min(node.Level+1, 6)
			}
		case *ast.Image:
			if entering {
				pictures = append(pictures, node)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, p := range pictures {
		address := ""
		if picture != nil {
			address = picture(string(p.Destination))
		}
		if address != "" {
			p.Destination = []byte(address)
			continue
		}
		replace(p, raw)
	}
}

// replace puts a link to a picture in its place.
func replace(p *ast.Image, raw []byte) {
	link := ast.NewLink()
	link.Destination = p.Destination
	words := plainText(p, raw)
	if words == "" {
		words = "picture"
	}
	link.AppendChild(link, ast.NewString([]byte(words)))
	p.Parent().ReplaceChild(p.Parent(), p, link)
}

// plainText is what the text inside n says.
func plainText(n ast.Node, raw []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the visitor never fails
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(raw))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// codeBlocks draws blocks of code with the highlighter.
type codeBlocks struct{}

// RegisterFuncs names the nodes that codeBlocks draws.
func (codeBlocks) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, drawCode)
	r.Register(ast.KindCodeBlock, drawCode)
}

func drawCode(w util.BufWriter, raw []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	language := ""
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		language = string(fenced.Language(raw))
	}
	var code strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		code.Write(line.Value(raw))
	}
	_, err := w.WriteString(`<pre class="codeblock chroma"><code>` + string(Code(code.String(), language)) + "</code></pre>\n")
	return ast.WalkSkipChildren, err
}
