// Package notebook reads Jupyter notebooks (.ipynb), of format 3 and 4: their cells
// and what they have put out. Nothing is run, and nothing that stands in a notebook
// is trusted: what may be shown of it is for who draws it to decide.
package notebook

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"vivarium/app/model"
)

// What a notebook may have at most. Larger ones hold data that belongs beside them.
const (
	MaxSize  = 32 << 20 // bytes
	MaxCells = 20_000
)

// Notebook is what a notebook holds.
type Notebook struct {
	Format   int    // 3 or 4
	Language string // of the code, such as python
	Kernel   string // what runs it, as people call it
	// Summary and Description are what the notebook says of itself; most say nothing.
	Summary, Description string
	Cells                []Cell
}

// Kind is the kind of a cell.
type Kind string

// The kinds of cells.
const (
	Code     Kind = "code"
	Markdown Kind = "markdown"
	Raw      Kind = "raw"
	Heading  Kind = "heading" // of format 3
)

// Cell is a piece of a notebook.
type Cell struct {
	Kind    Kind
	Source  string
	Level   int // of a heading, 1 to 6
	Count   int // In [Count]; 0: never run
	Outputs []Output
	// Attachments are pictures for a text, by name and then by media type.
	Attachments map[string]map[string]string
}

// Output is something that a cell has put out: a text, an error, or one thing in
// several forms.
type Output struct {
	Text  string // a stream, or the trace of an error
	Error string // its name and what it says; empty for anything else
	// Data has the forms by media type; binary ones in base64.
	Data  map[string]string
	Count int // Out [Count]; 0: not the value of the cell
}

// Read reads a notebook. It fails with Invalid on what is none; an error without a
// code is a failed read of r.
func Read(r io.Reader) (*Notebook, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, err
	}
	return Parse(raw)
}

// Parse is Read of bytes.
func Parse(raw []byte) (*Notebook, error) {
	if len(raw) > MaxSize {
		return nil, model.Errorf(model.Invalid, "The notebook is larger than %d MiB. Clear the outputs that are not needed, and save it again.", MaxSize>>20)
	}
	var w wireNotebook
	if err := json.Unmarshal(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), &w); err != nil {
		return nil, &model.Error{Code: model.Invalid, Message: "The file is not a notebook: it is not the JSON of one.", Err: err}
	}
	cells := w.Cells
	switch w.Format {
	case 4:
	case 3:
		for _, sheet := range w.Worksheets {
			cells = append(cells, sheet.Cells...)
		}
	default:
		return nil, model.Errorf(model.Invalid, "The file is not a notebook of format 3 or 4 (nbformat is %d). Open it in Jupyter and save it again.", w.Format)
	}
	if len(cells) > MaxCells {
		return nil, model.Errorf(model.Invalid, "The notebook has more than %d cells.", MaxCells)
	}
	return w.notebook(cells)
}

// Title returns the first heading of a notebook, or nothing.
func (n *Notebook) Title() string {
	for _, c := range n.Cells {
		if c.Kind == Heading {
			return strings.TrimSpace(c.Source)
		}
		if c.Kind != Markdown {
			continue
		}
		for line := range strings.Lines(c.Source) {
			if text := strings.TrimLeft(line, "#"); text != line && strings.HasPrefix(text, " ") {
				return strings.TrimSpace(text)
			}
		}
	}
	return ""
}
