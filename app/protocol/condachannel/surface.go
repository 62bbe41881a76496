// Package condachannel serves conda channels: the indexes, shards and package
// files that conda, mamba, rattler and pixi ask for, in every URL form of
// contract section 5, and for people a page of each folder and a feed. It reads the
// path and the credential and asks registry; a refusal is never HTML, and a token in
// the path is in no answer of it.
package condachannel

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

// Options is what a Surface is built from.
type Options struct {
	Registry *registry.Registry
	// Routes are the conda rows of registry's route table; what has no row is not
	// served.
	Routes []model.Route
	// MaxAge is for how long an index may be used without asking again.
	MaxAge time.Duration
	// ExtraSubdirs are subdirs besides conda's own.
	ExtraSubdirs []string
}

// Surface answers every URL form of a conda channel.
type Surface struct {
	Options
	rows map[resource]model.Route
}

// New returns the surface.
func New(o Options) *Surface {
	s := &Surface{Options: o, rows: map[resource]model.Route{}}
	for _, row := range o.Routes {
		if row.Surface == model.CondaSurface {
			s.rows[resource(strings.TrimPrefix(row.Pattern, rowPrefix))] = row
		}
	}
	return s
}

// rowPrefix starts the pattern of every row: the resource follows.
const rowPrefix = "GET /{channel}/"

// Handlers returns the surface itself for every row that it knows how to answer,
// by pattern.
func (s *Surface) Handlers() map[string]http.Handler {
	all := map[string]http.Handler{}
	for _, res := range resources {
		all[rowPrefix+string(res)] = s
	}
	return all
}

// ServeHTTP answers a request for anything below a channel.
func (s *Surface) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		writeText(w, http.StatusMethodNotAllowed, "A channel's addresses take GET and HEAD only.")
		return
	}
	req, err := parse(r.URL.EscapedPath(), s.ExtraSubdirs)
	row, ok := s.rows[req.resource]
	if err != nil || !ok {
		req.resource, row = absent, s.rows[file] // who may ask is decided as for a file
	}
	r = r.WithContext(model.WithRoute(r.Context(), row))
	if err := s.serve(w, r, req); err != nil {
		writeText(w, protocol.Fail(w, r, s.Registry.Log, err), model.MessageOf(err))
	}
}

func (s *Surface) serve(w http.ResponseWriter, r *http.Request, req request) error {
	if req.resource == notices {
		return s.serveNotices(w, r, req)
	}
	if req.hasToken && req.token == "" {
		return model.Errorf(model.Unauthenticated, "The address has no token after /t/.")
	}
	actor, err := protocol.Actor(r, s.Registry, req.token)
	if err != nil {
		return err
	}
	if f, ok := indexes[req.resource]; ok {
		return s.serveIndex(w, r, actor, req, f)
	}
	switch req.resource {
	case channelPage:
		return s.serveChannelPage(w, r, actor, req)
	case subdirPage:
		return s.serveSubdirPage(w, r, actor, req)
	case feed:
		return s.serveFeed(w, r, actor, req)
	case shard:
		return s.serveShard(w, r, actor, req)
	case file:
		return s.serveFile(w, r, actor, req)
	}
	return s.refuseAbsent(r, actor, req)
}

// refuseAbsent answers for what no channel has. Whether a channel may be seen at
// all comes first, so that a closed one says the same for every address.
func (s *Surface) refuseAbsent(r *http.Request, actor model.Actor, req request) error {
	if req.channel != "" {
		if err := s.Registry.CheckChannel(r.Context(), actor, req.channel); err != nil {
			return err
		}
	}
	return model.Errorf(model.NotFound, "There is nothing at this address.")
}

// writeText answers one line, which conda clients show or log.
func writeText(w http.ResponseWriter, status int, sentence string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(sentence)+1))
	w.WriteHeader(status)
	w.Write([]byte(sentence + "\n"))
}
