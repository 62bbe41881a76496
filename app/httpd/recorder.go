package httpd

import (
	"io"
	"net/http"
)

// recorder remembers the status and size of an answer for the log. It hands
// ReadFrom on, so that a file still goes out by sendfile.
type recorder struct {
	http.ResponseWriter
	status int // 0 until something was answered
	size   int64
}

// WriteHeader notes the status, unless it only announces another one.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (w *recorder) Write(b []byte) (int, error) {
	w.begin()
	n, err := w.ResponseWriter.Write(b)
	w.size += int64(n)
	return n, err
}

// ReadFrom lets the server's writer read from src.
func (w *recorder) ReadFrom(src io.Reader) (int64, error) {
	w.begin()
	var n int64
	var err error
	if to, ok := w.ResponseWriter.(io.ReaderFrom); ok {
		n, err = to.ReadFrom(src)
	} else {
		n, err = io.Copy(struct{ io.Writer }{w.ResponseWriter}, src)
	}
	w.size += n
	return n, err
}

// Flush sends what was written so far.
func (w *recorder) Flush() {
	w.begin()
	_ = http.NewResponseController(w.ResponseWriter).Flush() // who cannot flush sends it later
}

// Unwrap gives http.ResponseController the writer below.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// NoteStatus is for who takes the connection over and answers by itself.
func (w *recorder) NoteStatus(status int) { w.status = status }

func (w *recorder) begin() {
	if w.status == 0 {
		w.status = http.StatusOK
	}
}
