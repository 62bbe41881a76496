package pypiindex

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"vivarium/app/model"
)

// maxReason bounds a reason phrase, in characters.
const maxReason = 200

// What is still read of a refused upload before the connection is closed, so
// that the client reads the answer and not a reset: all of it, but next to nothing
// of an upload that is larger than that.
const (
	drainBytes = 64 << 20
	drainLess  = 256 << 10
	drainTime  = 5 * time.Second
)

func drainLimit(r *http.Request) int64 {
	if r.ContentLength > drainBytes {
		return drainLess
	}
	return drainBytes
}

// writeWithReason answers with the sentence as the reason phrase of HTTP/1.1,
// which net/http cannot send: it takes the connection over. It reports false,
// having written nothing, when there is no connection to take.
func writeWithReason(w http.ResponseWriter, r *http.Request, status int, sentence string, body []byte) bool {
	if r.ProtoMajor != 1 {
		return false
	}
	h := w.Header().Clone()
	conn, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return false
	}
	defer conn.Close()
	if note, ok := w.(interface{ NoteStatus(int) }); ok {
		note.NoteStatus(status)
	}
	h.Set("Connection", "close")
	h.Set("Date", model.Clock{}.Now().Format(http.TimeFormat))
	conn.SetDeadline(model.Clock{}.Now().Add(drainTime))
	fmt.Fprintf(buffered, "HTTP/1.1 %d %s\r\n", status, reason(sentence))
	h.Write(buffered)
	io.WriteString(buffered, "\r\n")
	buffered.Write(body)
	if buffered.Flush() != nil {
		return true
	}
	if half, ok := conn.(interface{ CloseWrite() error }); ok { // plain or TLS
		half.CloseWrite()
	}
	io.Copy(io.Discard, io.LimitReader(conn, drainLimit(r)))
	return true
}

// reason is the sentence as a reason phrase may be: one line of limited length.
func reason(sentence string) string {
	out := clean(sentence)
	if len(out) > maxReason {
		out = out[:maxReason-3] + "..."
	}
	return out
}

// clean replaces what cannot stand in a line of ASCII.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, strings.ReplaceAll(s, "…", "..."))
}
