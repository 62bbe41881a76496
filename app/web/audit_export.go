package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"vivarium/app/model"
)

// auditFormat is a form in which audit lines can be taken away.
type auditFormat struct {
	extension, contentType string
	write                  func(io.Writer, []model.AuditLine) error
}

var auditFormats = map[string]auditFormat{
	"csv":  {"csv", "text/csv; charset=utf-8", writeAuditCSV},
	"json": {"json", "application/json", writeAuditJSON},
}

// sendAudit answers with a file.
func sendAudit(w http.ResponseWriter, login string, f auditFormat, lines []model.AuditLine) error {
	var body bytes.Buffer
	if err := f.write(&body, lines); err != nil {
		return err
	}
	w.Header().Set("Content-Type", f.contentType)
	w.Header().Set("Content-Disposition", `attachment; filename="audit-`+login+"."+f.extension+`"`)
	_, _ = w.Write(body.Bytes()) // a visitor who left needs no answer
	return nil
}

var auditColumns = []string{"at", "actor", "token", "action", "subject", "detail", "address", "client"}

func auditCells(l model.AuditLine) []string {
	return []string{l.At.UTC().Format(time.RFC3339), l.Actor, l.TokenName, l.Action, l.Subject, l.Detail, l.RemoteAddr, l.Client}
}

func writeAuditCSV(w io.Writer, lines []model.AuditLine) error {
	out := csv.NewWriter(w)
	rows := [][]string{auditColumns}
	for _, l := range lines {
		cells := auditCells(l)
		for i := range cells {
			cells[i] = inert(cells[i])
		}
		rows = append(rows, cells)
	}
	return out.WriteAll(rows)
}

// inert keeps a spreadsheet from taking a cell for a formula: what clients call
// themselves is theirs to choose.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func writeAuditJSON(w io.Writer, lines []model.AuditLine) error {
	rows := make([]map[string]string, len(lines))
	for i, l := range lines {
		rows[i] = map[string]string{}
		for j, cell := range auditCells(l) {
			rows[i][auditColumns[j]] = cell
		}
	}
	return json.NewEncoder(w).Encode(rows)
}
