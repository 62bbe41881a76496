package pypiindex

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// Refuse answers with one sentence: in the body, and for an upload also in the
// reason phrase, which is all that twine and hatch show. Headers that w has
// already stay in the answer.
func Refuse(w http.ResponseWriter, r *http.Request, status int, sentence string) {
	contentType, body := refusalBody(r, status, sentence)
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodPost && writeWithReason(w, r, status, sentence, body) {
		return
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// refusalBody is the sentence in the form that the client shows best: uv asks for
// JSON and prints title and detail of a problem document, the others print plain
// text.
func refusalBody(r *http.Request, status int, sentence string) (contentType string, body []byte) {
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		problem, err := json.Marshal(map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": sentence})
		if err == nil {
			return "application/problem+json", problem
		}
	}
	return "text/plain; charset=utf-8", []byte(sentence + "\n")
}
