// Package pypiindex serves Python indexes: the simple index in HTML and JSON, the
// files and their metadata that pip, uv and poetry ask for, the legacy JSON of a
// project, and the upload that twine, uv publish and the others speak, in every
// URL form of contract section 5.
package pypiindex

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

// Options is what a Surface is built from.
type Options struct {
	Registry *registry.Registry
	// Routes are the PyPI rows of registry's route table; what has no row is not
	// served.
	Routes []model.Route
	// MaxAge is for how long an index page may be used without asking again.
	MaxAge time.Duration
}

// Surface answers every URL form of a Python index.
type Surface struct {
	Options
	rows map[resource]model.Route
}

// New returns the surface.
func New(o Options) *Surface {
	s := &Surface{Options: o, rows: map[resource]model.Route{}}
	for _, row := range o.Routes {
		if row.Surface == model.PyPISurface {
			s.rows[resource(row.Pattern)] = row
		}
	}
	return s
}

// Handlers returns the surface itself for every row that it knows how to answer,
// by pattern.
func (s *Surface) Handlers() map[string]http.Handler {
	all := map[string]http.Handler{}
	for _, res := range []resource{projectList, projectPage, projectFile, projectJSON, upload} {
		all[string(res)] = s
	}
	return all
}

// ServeHTTP answers a request for anything below an index.
func (s *Surface) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	req, err := parse(r.URL.EscapedPath())
	if allowed := req.methods(); err == nil && !slices.Contains(allowed, r.Method) {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		Refuse(w, r, http.StatusMethodNotAllowed, req.methodSentence())
		return
	}
	row, ok := s.rows[req.resource]
	if err != nil || !ok {
		req.resource, req.redirect, row = absent, "", s.rows[projectPage] // who may ask is decided as for a project
	}
	r = r.WithContext(model.WithRoute(r.Context(), row))
	if err := s.serve(w, r, req); err != nil {
		Refuse(w, r, protocol.Fail(w, r, s.Registry, err), model.MessageOf(err))
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
	if req.redirect != "" {
		return s.redirect(w, r, actor, req)
	}
	switch req.resource {
	case projectList:
		return s.serveList(w, r, actor, req)
	case projectPage:
		return s.serveProject(w, r, actor, req)
	case projectFile:
		return s.serveFile(w, r, actor, req)
	case projectJSON:
		return s.serveLegacy(w, r, actor, req)
	case upload:
		return s.receive(w, r, actor, req)
	}
	return s.refuseAbsent(r, actor, req)
}

// redirect sends the client to the canonical address beside this one, whether or
// not there is anything. A closed channel says not even that to anonymous.
func (s *Surface) redirect(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	if err := s.Registry.CheckChannel(r.Context(), actor, req.channel); err != nil {
		return err
	}
	protocol.RedirectBeside(w, r, req.redirect, http.StatusMovedPermanently)
	return nil
}

// refuseAbsent answers for what no index has. Whether a channel may be seen at
// all comes first, so that a closed one says the same for every address.
func (s *Surface) refuseAbsent(r *http.Request, actor model.Actor, req request) error {
	if req.channel != "" {
		if err := s.Registry.CheckChannel(r.Context(), actor, req.channel); err != nil {
			return err
		}
	}
	return model.Errorf(model.NotFound, "There is nothing at this address.")
}
