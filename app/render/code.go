package render

import (
	"html"
	"strings"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"

	"vivarium/app/model"
)

// What is highlighted at most of one text: beyond it the text stands plain. The
// highlighter goes back and forth in what it reads, which hostile texts make slow.
const (
	maxHighlighted = 64 << 10 // bytes
	maxHighlight   = 200 * time.Millisecond
)

// Code draws source as what stands inside a code element: escaped, with the classes
// of the highlighter for the language. An unknown language stands plain.
func Code(source, language string) model.HTML {
	lexer := lexerOf(language)
	if lexer == nil || len(source) > maxHighlighted {
		return model.HTML(html.EscapeString(source))
	}
	next, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, source)
	if err != nil {
		return model.HTML(html.EscapeString(source))
	}
	var b strings.Builder
	var clock model.Clock
	start, rest := clock.Now(), source
	for token := next(); token != chroma.EOF && clock.Since(start) < maxHighlight; token = next() {
		after, ok := strings.CutPrefix(rest, token.Value)
		if !ok { // a line end that the lexer has added
			break
		}
		rest = after
		if class := classOf(token.Type); class != "" {
			b.WriteString(`<span class="` + class + `">` + html.EscapeString(token.Value) + "</span>")
		} else {
			b.WriteString(html.EscapeString(token.Value))
		}
	}
	b.WriteString(html.EscapeString(rest))
	return model.HTML(b.String())
}

// maxLines is how many lines of a text are drawn one by one.
const maxLines = 2000

// Lines is Code line by line, for texts whose lines stand alone; left is how many at
// the end are not drawn.
func Lines(source, language string) (lines []model.HTML, left int) {
	all := strings.Split(strings.TrimRight(strings.ReplaceAll(source, "\r\n", "\n"), "\n"), "\n")
	for _, line := range all[:min(len(all), maxLines)] {
		// A key of YAML is one by what follows its colon, be it the end of the line.
		drawn := string(Code(strings.ToValidUTF8(line, "\uFFFD")+"\n", language))
		lines = append(lines, model.HTML(strings.ReplaceAll(drawn, "\n", "")))
	}
	return lines, len(all) - len(lines)
}

func lexerOf(language string) chroma.Lexer {
	if language == "" {
		return nil
	}
	if lexer := lexers.Get(language); lexer != nil {
		return chroma.Coalesce(lexer)
	}
	return nil
}

// classOf is the class of a kind of token, of those that the site's style knows.
func classOf(t chroma.TokenType) string {
	switch {
	case t == chroma.KeywordConstant:
		return "kc"
	case t == chroma.KeywordNamespace:
		return "kn"
	case t.InCategory(chroma.Keyword):
		return "k"
	case t == chroma.OperatorWord:
		return "ow"
	case t == chroma.NameTag:
		return "nt"
	case t == chroma.NameNamespace:
		return "nn"
	case t == chroma.NameFunction, t == chroma.NameClass, t == chroma.NameDecorator:
		return "nf"
	case t.InSubCategory(chroma.LiteralString):
		return "s"
	case t.InSubCategory(chroma.LiteralNumber):
		return "mi"
	case t.InCategory(chroma.Comment) && !t.InSubCategory(chroma.CommentPreproc):
		return "c"
	}
	return ""
}
