package httpd

import (
	"errors"
	"io"
	"net/http"
	"slices"

	"vivarium/app/model"
)

const (
	// smallBody bounds what is not an upload: forms and JSON.
	smallBody = 1 << 20
	// formOverhead is what a form adds to the file in it.
	formOverhead = 8 << 10
	// credentialForm bounds what comes with a password, before anybody is known.
	credentialForm = 64 << 10
	// photoForm is a photo of 5 MB and the form around it.
	photoForm = 5<<20 + formOverhead
	// metadataOverhead is what the form of a PyPI upload adds: a description and
	// lists of requirements come with the file.
	metadataOverhead = 5 << 20
)

// limitBody refuses a body that says it is too large before it is read, and cuts
// off one that turns out to be.
func (s *site) limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limit, said := s.bodyLimit(r)
		if r.ContentLength > limit {
			s.refuse(w, r, tooLarge(said))
			return
		}
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = &body{ReadCloser: http.MaxBytesReader(serverWriter(w), r.Body, limit), said: said}
		}
		next.ServeHTTP(w, r)
	})
}

// bodyLimit returns how large a body may be, and the limit that people are told:
// for an upload that of the file.
func (s *site) bodyLimit(r *http.Request) (limit, said int64) {
	v := visitOf(r)
	switch v.surface {
	case model.StoreSurface, model.PrefixSurface:
		return s.UploadSize + formOverhead, s.UploadSize
	case model.PyPISurface:
		return s.UploadSize + metadataOverhead, s.UploadSize
	case model.CondaSurface, model.QuetzSurface:
		return s.UploadSize, s.UploadSize
	case model.APISurface:
		if len(v.segments) > 1 && v.segments[1] == "upload" {
			return s.UploadSize, s.UploadSize
		}
	}
	if v.surface == model.PageSurface && r.Method == http.MethodPost {
		return s.formLimit(v.segments)
	}
	return smallBody, smallBody
}

// credentialPages take passwords from anybody.
var credentialPages = []string{"signin", "signup", "forgot-username", "forgot-password", "reset-password"}

// formLimit is bodyLimit for the form of a page.
func (s *site) formLimit(segments []string) (limit, said int64) {
	switch {
	case slices.Contains(credentialPages, segments[0]):
		return credentialForm, credentialForm
	case isUploadForm(segments):
		return s.UploadSize + formOverhead, s.UploadSize
	case len(segments) == 3 && segments[1] == "settings" && segments[2] == "photo":
		return photoForm, photoForm - formOverhead
	}
	return smallBody, smallBody
}

// isUploadForm reports whether a form takes a notebook or an environment file.
func isUploadForm(segments []string) bool {
	return len(segments) == 2 && (segments[1] == "notebooks" || segments[1] == "environments")
}

// serverWriter returns the server's own writer, which closes the connection when a
// body is cut off.
func serverWriter(w http.ResponseWriter) http.ResponseWriter {
	if rec, ok := w.(*recorder); ok {
		return rec.ResponseWriter
	}
	return w
}

// body words the error of a body that is too large as surfaces answer it.
type body struct {
	io.ReadCloser
	said int64
}

// Read reads at most what the limit allows.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		err = tooLarge(b.said)
	}
	return n, err
}

func tooLarge(limit int64) error {
	return model.Errorf(model.TooLarge, "The request is larger than the %d bytes that are accepted here.", limit)
}
