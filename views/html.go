package views

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"vivarium/app/model"
)

// safe puts markup that app/render has made, or one of our drawings, into a page as
// it is.
func safe(markup model.HTML) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, string(markup))
		return err
	})
}

// codeBlock draws highlighted code. It is not a template, because templ puts blanks
// in front of what stands inside a pre element.
func codeBlock(name string, source model.HTML) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<pre class="codeblock chroma" tabindex="0" role="region" aria-label="`+templ.EscapeString(name)+`"><code>`+string(source)+"</code></pre>")
		return err
	})
}

// textBlock draws a plain text as code.
func textBlock(name, text string) templ.Component {
	return codeBlock(name, model.HTML(templ.EscapeString(text)))
}

// codeLines draws the rows of a table with one line of code in each.
func codeLines(lines []model.HTML) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for n, line := range lines {
			b.WriteString(`<tr><td class="ln" aria-hidden="true">` + strconv.Itoa(n+1) + "</td><td>" + string(line) + "</td></tr>")
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}
