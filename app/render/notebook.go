package render

import (
	"regexp"
	"strings"
	"time"

	"vivarium/app/format/notebook"
	"vivarium/app/model"
)

// What of a notebook is drawn at most. The rest is for who downloads it.
const (
	maxCells   = 500
	maxDrawn   = 2 << 20  // bytes of markup
	maxText    = 64 << 10 // bytes of one output
	maxDrawing = 2 * time.Second
)

// Picture makes the address of a picture in a notebook: an attachment of a cell by
// its name, or with no name the picture of an output.
type Picture func(cell, output int, attachment string) string

// Notebook draws a notebook, as much of it as fits on a page. Nothing in it is run;
// what only a script can show is left out.
func Notebook(n *notebook.Notebook, picture Picture) model.RenderedNotebook {
	d := drawing{language: n.Language, picture: picture}
	out := model.RenderedNotebook{Language: n.Language, Kernel: n.Kernel}
	for i, cell := range n.Cells {
		if i >= maxCells || d.drawn > maxDrawn {
			out.Left = len(n.Cells) - i
			break
		}
		out.Cells = append(out.Cells, d.cell(i, cell))
	}
	return out
}

// drawing is a notebook while it is drawn.
type drawing struct {
	language string
	picture  Picture
	drawn    int           // bytes so far
	spent    time.Duration // on what may be slow
}

func (d *drawing) cell(at int, c notebook.Cell) model.RenderedCell {
	out := model.RenderedCell{Count: c.Count}
	switch c.Kind {
	case notebook.Code:
		out.Code, out.Source = true, d.code(c.Source)
	case notebook.Heading:
		out.Source = d.text(strings.Repeat("#", c.Level)+" "+strings.ReplaceAll(c.Source, "\n", " "), nil)
	case notebook.Markdown:
		out.Source = d.text(c.Source, func(address string) string { return d.attachment(at, c, address) })
	default:
		out.Code, out.Source = true, Code(c.Source, "")
	}
	d.drawn += len(out.Source)
	for i, o := range c.Outputs {
		if d.drawn > maxDrawn {
			break
		}
		drawn := d.output(o)
		drawn.Cell, drawn.Output = at, i
		d.drawn += len(drawn.HTML) + len(drawn.Text) + len(drawn.Error)
		out.Outputs = append(out.Outputs, drawn)
	}
	return out
}

// code highlights, and text draws Markdown, until that has taken too long for one
// page: what comes then stands plain.
func (d *drawing) code(source string) model.HTML {
	return d.timed(func() model.HTML { return Code(source, d.language) }, func() model.HTML { return Code(source, "") })
}

func (d *drawing) text(source string, picture func(string) string) model.HTML {
	return d.timed(func() model.HTML { return markdown(source, picture) }, func() model.HTML { return plainBlock(short(source)) })
}

func (d *drawing) timed(draw, plain func() model.HTML) model.HTML {
	if d.spent > maxDrawing {
		return plain()
	}
	var clock model.Clock
	start := clock.Now()
	defer func() { d.spent += clock.Since(start) }()
	return draw()
}

// attachment is the address of a picture that stands in the cell.
func (d *drawing) attachment(at int, c notebook.Cell, address string) string {
	name, ok := strings.CutPrefix(address, "attachment:")
	if _, there := c.Attachments[name]; !ok || !there || d.picture == nil {
		return ""
	}
	return d.picture(at, 0, name)
}

// PictureForms are the forms in which a picture can be shown, the best first.
var PictureForms = []string{"image/png", "image/jpeg", "image/svg+xml", "image/gif", "image/webp"}

// output draws the first of an output's forms that can be shown.
func (d *drawing) output(o notebook.Output) model.RenderedOutput {
	out := model.RenderedOutput{Count: o.Count, Error: short(o.Error), Text: short(o.Text)}
	if o.Data == nil {
		out.Text = withoutColours(out.Text)
		return out
	}
	for _, form := range PictureForms {
		if o.Data[form] != "" {
			out.Picture, out.Text = true, short(o.Data["text/plain"])
			return out
		}
	}
	if markup := o.Data["text/html"]; markup != "" && len(markup) <= maxDrawn && !scripted(o.Data, markup) {
		if out.HTML = outputHTML(markup); strings.TrimSpace(string(out.HTML)) != "" {
			return out
		}
	}
	if text := o.Data["text/markdown"]; text != "" {
		out.HTML = d.text(text, nil)
		return out
	}
	for _, form := range []string{"text/latex", "text/plain"} {
		if text := o.Data[form]; text != "" && !scripted(o.Data, o.Data["text/html"]) {
			out.Text = withoutColours(short(text))
			return out
		}
	}
	out.LeftOut = len(o.Data) > 0
	return out
}

// scripted reports whether an output is a program, which shows nothing by itself.
func scripted(forms map[string]string, markup string) bool {
	if forms["application/javascript"] != "" || forms["application/vnd.jupyter.widget-view+json"] != "" {
		return true
	}
	return strings.Contains(strings.ToLower(markup), "<script") && !strings.Contains(strings.ToLower(markup), "<table")
}

func short(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "") + "\n…"
}

var colours = regexp.MustCompile("\x1b\\[[0-9;?]*[A-Za-z]")

// withoutColours takes a terminal's colours off a text.
func withoutColours(text string) string { return colours.ReplaceAllString(text, "") }
