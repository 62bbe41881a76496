// Package condachannel serves conda channels: the indexes, shards and package
// files that conda, mamba, rattler and pixi ask for, in every URL form of
// contract section 5, and for people a page of each folder and a feed. It reads the
// path and the credential and asks registry; a refusal is never HTML, and a token in
// the path is in no answer of it.
package condachannel

import (
	"cmp"
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
	all[string(upload)] = s
	return all
}

// ServeHTTP answers a request for anything below a channel.
func (s *Surface) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	req, err := s.read(r)
	if err != nil {
		req.resource = absent
	}
	if allowed := req.methods(); !slices.Contains(allowed, r.Method) {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		protocol.WriteSentence(w, http.StatusMethodNotAllowed, "This address takes "+strings.Join(allowed, ", ")+" only.")
		return
	}
	row := s.row(&req, r.Method, err)
	r = r.WithContext(model.WithRoute(r.Context(), row))
	if err := s.serve(w, r, req); err != nil {
		protocol.WriteSentence(w, protocol.Fail(w, r, s.Registry, err), model.MessageOf(err))
	}
}

// read parses the address of a request. Who would read what there is not, and with a
// slash after it there is a page, means the page.
func (s *Surface) read(r *http.Request) (request, error) {
	req, err := parse(r.URL.EscapedPath(), s.ExtraSubdirs)
	if err == nil && req.resource != absent || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return req, err
	}
	page, notPage := parse(r.URL.EscapedPath()+"/", s.ExtraSubdirs)
	if notPage == nil && (page.resource == channelPage || page.resource == subdirPage) {
		page.lacksSlash = true
		return page, nil
	}
	return req, err
}

// row returns the row that decides who may ask. What no channel has is decided as
// for a file.
func (s *Surface) row(req *request, method string, malformed error) model.Route {
	if method == http.MethodPut && malformed == nil {
		req.resource = upload
	}
	row, ok := s.rows[req.resource]
	if !ok {
		req.resource, row = absent, s.rows[file]
	}
	return row
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
	if req.lacksSlash {
		return s.addSlash(w, r, actor, req)
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
	case upload:
		return s.receive(w, r, actor, req)
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
	if r.Method == http.MethodPut {
		return model.Errorf(model.Invalid, "Upload a conda package to /conda/%s/SUBDIR/FILE.", cmp.Or(req.channel, "CHANNEL"))
	}
	return model.Errorf(model.NotFound, "There is nothing at this address.")
}
