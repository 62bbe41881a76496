package web

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// auditFormat is a form in which audit lines can be taken away.
type auditFormat struct {
	extension, contentType string
	open                   func(io.Writer) auditWriter
}

// auditWriter writes lines one by one.
type auditWriter interface {
	write(auditRecord) error
	close() error
}

var auditFormats = map[string]auditFormat{
	"csv":  {"csv", "text/csv; charset=utf-8", newAuditCSV},
	"json": {"json", "application/json", func(w io.Writer) auditWriter { return &auditJSON{w: w} }},
}

// auditRecord is a line of the audit log as it is taken away.
type auditRecord struct {
	At      string `json:"at"`
	Account string `json:"account"`
	Actor   string `json:"actor"`
	Token   string `json:"token"`
	Action  string `json:"action"`
	Subject string `json:"subject"`
	Detail  string `json:"detail"`
	Address string `json:"address"`
	Client  string `json:"client"`
}

func recordOf(l model.AuditLine) auditRecord {
	return auditRecord{l.At.UTC().Format(time.RFC3339), l.Account, l.Actor, l.TokenName, l.Action, l.Subject, l.Detail, l.RemoteAddr, l.Client}
}

// sendAudit answers with a file of all lines that f selects, page by page, so that
// a log of any length takes no memory. When it cannot go on it cuts the connection:
// a file that ends early must not look whole.
func (ui *Surface) sendAudit(w http.ResponseWriter, r *http.Request, name string, format auditFormat, f registry.AuditFilter) error {
	f.Limit = registry.MaxAuditLines
	lines, err := ui.Registry.AuditLines(r.Context(), visitorOf(r).person, f)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", format.contentType)
	w.Header().Set("Content-Disposition", `attachment; filename="audit-`+name+"."+format.extension+`"`)
	out := format.open(w)
	for err == nil && len(lines) > 0 {
		for _, l := range lines {
			if err := out.write(recordOf(l)); err != nil {
				return nil // a visitor who left needs no answer
			}
		}
		f.Before = lines[len(lines)-1].ID
		lines, err = ui.Registry.AuditLines(r.Context(), visitorOf(r).person, f)
	}
	if err != nil {
		ui.Registry.LogFailure(r.Context(), "send the audit log", err)
		_ = http.NewResponseController(w).SetWriteDeadline(time.Unix(1, 0)) // what cannot be cut ends early
		return nil
	}
	_ = out.close() // as above: the visitor left
	return nil
}

// auditCSV writes a table with a head.
type auditCSV struct{ *csv.Writer }

func newAuditCSV(w io.Writer) auditWriter {
	out := auditCSV{csv.NewWriter(w)}
	_ = out.Write([]string{"at", "account", "actor", "token", "action", "subject", "detail", "address", "client"}) // fails with the first line
	return out
}

func (out auditCSV) write(r auditRecord) error {
	cells := []string{r.At, r.Account, r.Actor, r.Token, r.Action, r.Subject, r.Detail, r.Address, r.Client}
	for i := range cells {
		cells[i] = inert(cells[i])
	}
	return out.Write(cells)
}

func (out auditCSV) close() error {
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from taking a cell for a formula: what clients call
// themselves is theirs to choose.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// auditJSON writes an array with a line for each record.
type auditJSON struct {
	w     io.Writer
	begun bool
}

func (out *auditJSON) write(r auditRecord) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	lead := ",\n"
	if !out.begun {
		lead, out.begun = "[\n", true
	}
	_, err = io.WriteString(out.w, lead+string(data))
	return err
}

func (out *auditJSON) close() error {
	end := "\n]\n"
	if !out.begun {
		end = "[]\n"
	}
	_, err := io.WriteString(out.w, end)
	return err
}
