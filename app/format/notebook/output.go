package notebook

import "strings"

// wireOutput is an output as it is written, in both formats.
type wireOutput struct {
	Kind      string          `json:"output_type"`
	Text      lines           `json:"text"`
	Name      optional        `json:"ename"`
	Value     text            `json:"evalue"`
	Trace     []text          `json:"traceback"`
	Data      map[string]text `json:"data"`
	Count     *float64        `json:"execution_count"`
	OldCount  *float64        `json:"prompt_number"`
	OldPNG    text            `json:"png"`
	OldJPEG   text            `json:"jpeg"`
	OldSVG    text            `json:"svg"`
	OldHTML   text            `json:"html"`
	OldLaTeX  text            `json:"latex"`
	OldScript text            `json:"javascript"`
	OldJSON   text            `json:"json"`
}

func (o wireOutput) output() Output {
	out := Output{Text: string(o.Text)}
	switch o.Kind {
	case "stream":
	case "error", "pyerr":
		out.Error, out.Text = strings.TrimSuffix(string(o.Name)+": "+string(o.Value), ": "), joined(o.Trace)
	default:
		out.Text, out.Data = "", o.forms()
		for _, n := range []*float64{o.Count, o.OldCount} {
			if n != nil {
				out.Count = bounded(*n)
			}
		}
	}
	return out
}

// forms returns the forms of one thing by media type; format 3 has words of its own
// for them.
func (o wireOutput) forms() map[string]string {
	forms := plain(o.Data)
	for media, t := range map[string]text{
		"text/plain": text(o.Text), "image/png": o.OldPNG, "image/jpeg": o.OldJPEG, "image/svg+xml": o.OldSVG, "text/html": o.OldHTML,
		"text/latex": o.OldLaTeX, "application/javascript": o.OldScript, "application/json": o.OldJSON,
	} {
		if t != "" && forms[media] == "" {
			forms[media] = string(t)
		}
	}
	return forms
}

func joined(trace []text) string {
	var b strings.Builder
	for i, line := range trace {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(string(line))
	}
	return b.String()
}
