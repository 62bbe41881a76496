package binstar

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"vivarium/app/model"
	"vivarium/app/protocol"
)

// apiVersion is what clients compare with their own; old ones nag about any
// greater one.
const apiVersion = "0.2.1"

// timeFormat is how the API writes moments: always with an offset, which
// anaconda-client needs, and of one width, so that they sort as text.
const timeFormat = "2006-01-02 15:04:05.000000-07:00"

// failure is the body of every error.
type failure struct {
	Error string `json:"error"`
}

// empty is the body of answers that clients do not read.
type empty struct{}

func announce(w http.ResponseWriter) { w.Header().Set("X-Binstar-Api-Version", apiVersion) }

func writeJSON(w http.ResponseWriter, status int, answer any) error {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false) // ">=1.0" stays readable; nosniff guards browsers
	if err := enc.Encode(answer); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	h.Set("Cache-Control", "private, no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(body.Bytes())
	return nil
}

// noContent answers that it is done, with nothing to read.
func noContent(w http.ResponseWriter) error {
	w.Header().Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// fail answers err. The headers that a half-made answer has set must not stand
// beside it.
func (s *Surface) fail(w http.ResponseWriter, r *http.Request, err error) {
	w.Header().Del("Content-Length")
	status := protocol.Fail(w, r, s.Registry, err)
	writeJSON(w, status, failure{model.MessageOf(err)})
}

// moment writes t, null when it is not set.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := t.UTC().Format(timeFormat)
	return &text
}
