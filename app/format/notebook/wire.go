package notebook

import (
	"encoding/json"
	"strings"

	"vivarium/app/model"
)

// wireNotebook is a notebook as it is written, in both formats.
type wireNotebook struct {
	Format     int        `json:"nbformat"`
	Cells      []wireCell `json:"cells"`
	Worksheets []struct {
		Cells []wireCell `json:"cells"`
	} `json:"worksheets"`
	Metadata struct {
		Summary     optional `json:"summary"`
		Description optional `json:"description"`
		Kernel      struct {
			Name     optional `json:"display_name"`
			Language optional `json:"language"`
		} `json:"kernelspec"`
		Language struct {
			Name optional `json:"name"`
		} `json:"language_info"`
	} `json:"metadata"`
}

type wireCell struct {
	Kind        string                     `json:"cell_type"`
	Source      lines                      `json:"source"`
	Input       lines                      `json:"input"`    // format 3
	Language    optional                   `json:"language"` // format 3
	Level       int                        `json:"level"`    // format 3
	Count       *float64                   `json:"execution_count"`
	Prompt      json.RawMessage            `json:"prompt_number"` // format 3
	Outputs     []wireOutput               `json:"outputs"`
	Attachments map[string]map[string]text `json:"attachments"`
}

// lines is a text that may be written as a list of its lines.
type lines string

// UnmarshalJSON reads a text or a list of texts.
func (l *lines) UnmarshalJSON(raw []byte) error {
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		*l = lines(strings.Join(many, ""))
		return nil
	}
	return json.Unmarshal(raw, (*string)(l))
}

// text is lines, or JSON of any other kind as it is written.
type text string

// UnmarshalJSON never fails.
func (t *text) UnmarshalJSON(raw []byte) error {
	var l lines
	if l.UnmarshalJSON(raw) != nil {
		l = lines(raw)
	}
	*t = text(l)
	return nil
}

// optional is a text that counts only when it is one.
type optional string

// UnmarshalJSON never fails.
func (o *optional) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*o = optional(strings.TrimSpace(s))
	}
	return nil
}

func (w *wireNotebook) notebook(cells []wireCell) (*Notebook, error) {
	m := w.Metadata
	n := &Notebook{
		Format: w.Format, Language: first(m.Language.Name, m.Kernel.Language), Kernel: string(m.Kernel.Name),
		Summary: string(m.Summary), Description: string(m.Description), Cells: make([]Cell, 0, len(cells)),
	}
	for i, c := range cells {
		cell, err := c.cell()
		if err != nil {
			return nil, model.Errorf(model.Invalid, "Cell %d of the notebook is none of code, markdown, raw and heading.", i+1)
		}
		if n.Language == "" && cell.Kind == Code {
			n.Language = string(c.Language)
		}
		n.Cells = append(n.Cells, cell)
	}
	return n, nil
}

func first(options ...optional) string {
	for _, o := range options {
		if o != "" {
			return string(o)
		}
	}
	return ""
}

func (c wireCell) cell() (Cell, error) {
	cell := Cell{Kind: Kind(c.Kind), Source: string(c.Source), Count: c.count()}
	switch cell.Kind {
	case Code:
		if c.Input != "" {
			cell.Source = string(c.Input)
		}
		for _, o := range c.Outputs {
			cell.Outputs = append(cell.Outputs, o.output())
		}
	case Heading:
		cell.Level = min(max(c.Level, 1), 6)
	case Markdown, Raw:
		for name, forms := range c.Attachments {
			if cell.Attachments == nil {
				cell.Attachments = map[string]map[string]string{}
			}
			cell.Attachments[name] = plain(forms)
		}
	default:
		return cell, model.Errorf(model.Invalid, "%q is no kind of cell.", c.Kind)
	}
	return cell, nil
}

// count reads both words for how often a cell was run; format 3 may write anything.
func (c wireCell) count() int {
	if c.Count != nil {
		return bounded(*c.Count)
	}
	var n float64
	if json.Unmarshal(c.Prompt, &n) != nil {
		return 0
	}
	return bounded(n)
}

func bounded(n float64) int {
	if n > 0 && n < 1e9 {
		return int(n)
	}
	return 0
}

func plain(forms map[string]text) map[string]string {
	out := make(map[string]string, len(forms))
	for media, t := range forms {
		out[media] = string(t)
	}
	return out
}
