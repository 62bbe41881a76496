// Package cranindex serves a channel's R packages as R expects a repository: the
// folders src/contrib and bin/…/contrib with an index, PACKAGES, and the packages
// that it lists. It is made for each request from what is in the channel then.
package cranindex

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"

	"vivarium/app/format/cran"
	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

// Options is what a Surface is built from.
type Options struct {
	Registry *registry.Registry
	// Routes are the rows of registry's route table; what has no row is not served.
	Routes []model.Route
	// MaxAge is for how long an index may be used without asking again.
	MaxAge time.Duration
}

// Surface answers every URL form of a repository.
type Surface struct {
	Options
	rows map[resource]model.Route
}

// New returns the surface.
func New(o Options) *Surface {
	s := &Surface{Options: o, rows: map[resource]model.Route{}}
	for _, row := range o.Routes {
		if row.Surface == model.RSurface {
			s.rows[resource(row.Pattern)] = row
		}
	}
	return s
}

// Handlers returns the surface itself for every row that it knows how to answer, by
// pattern.
func (s *Surface) Handlers() map[string]http.Handler {
	return map[string]http.Handler{string(index): s, string(packed): s, string(pkgFile): s}
}

// ServeHTTP answers a request for anything below a repository.
func (s *Surface) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, r, http.StatusMethodNotAllowed, "This address is for installing. Upload R packages with anaconda upload, or by PUT to /api/upload instead.")
		return
	}
	req := parse(r.URL.EscapedPath())
	row, ok := s.rows[req.resource]
	if !ok {
		row = s.rows[index] // who may ask is decided as for an index
	}
	r = r.WithContext(model.WithRoute(r.Context(), row))
	if err := s.serve(w, r, req); err != nil {
		refuse(w, r, protocol.Fail(w, r, s.Registry, err), model.MessageOf(err))
	}
}

func refuse(w http.ResponseWriter, r *http.Request, status int, sentence string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(sentence)+1))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write([]byte(sentence + "\n"))
	}
}

func (s *Surface) serve(w http.ResponseWriter, r *http.Request, req request) error {
	if req.hasToken && req.token == "" {
		return model.Errorf(model.Unauthenticated, "The address has no token after /t/.")
	}
	actor, err := protocol.Actor(r, s.Registry, req.token)
	if err != nil {
		return err
	}
	switch req.resource {
	case index, packed:
		return s.serveIndex(w, r, actor, req)
	case pkgFile:
		return s.serveFile(w, r, actor, req)
	}
	if req.channel != "" { // a closed channel says the same for every address
		if err := s.Registry.CheckChannel(r.Context(), actor, req.channel); err != nil {
			return err
		}
	}
	return model.Errorf(model.NotFound, "There is nothing at this address.")
}

func (s *Surface) serveIndex(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	in, err := s.Registry.RIndex(r.Context(), actor, req.channel, req.indexLabel(), req.folder)
	if err != nil {
		return err
	}
	body, contentType := cran.WriteIndex(in.Entries), "text/plain; charset=utf-8"
	if req.resource == packed {
		contentType = "application/gzip"
		if body, err = pack(body); err != nil {
			return err
		}
	}
	sum := sha256.Sum256(body)
	doc := model.Document{
		Body: model.Bytes(body), ContentType: contentType, ModTime: in.Modified, TokenInPath: req.hasToken, ETag: `"` + hex.EncodeToString(sum[:16]) + `"`,
	}
	protocol.ServeDocument(w, r, doc, s.MaxAge)
	return nil
}

func pack(body []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	err := w.Close()
	return out.Bytes(), err
}

func (s *Surface) serveFile(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	f, err := s.Registry.OpenRFile(r.Context(), actor, req.channel, req.label, req.folder, req.file)
	if err != nil {
		return err
	}
	f.TokenInPath = req.hasToken
	protocol.ServeFile(w, r, f)
	return nil
}
