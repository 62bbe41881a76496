package condachannel

import (
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/app/protocol"
)

// serveIndex answers with an index; a channel without a label in its URL is the
// label main.
func (s *Surface) serveIndex(w http.ResponseWriter, r *http.Request, actor model.Actor, req request, f model.IndexFormat) error {
	if req.resource.negotiated() {
		w.Header().Add("Vary", "Accept-Encoding")
		if prefersGzip(strings.Join(r.Header.Values("Accept-Encoding"), ",")) {
			f = f.Gzip()
		}
	}
	doc, err := s.openIndex(r, actor, req, f)
	if err != nil {
		return err
	}
	s.serveDocument(w, r, req, doc)
	return nil
}

func (s *Surface) openIndex(r *http.Request, actor model.Actor, req request, f model.IndexFormat) (model.Document, error) {
	if req.resource.ofChannel() {
		return s.Registry.OpenChannelIndex(r.Context(), actor, req.channel, req.indexLabel(), f)
	}
	return s.Registry.OpenIndex(r.Context(), actor, req.channel, req.indexLabel(), req.subdir, f)
}

func (s *Surface) serveShard(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	doc, err := s.Registry.OpenShard(r.Context(), actor, req.channel, req.indexLabel(), req.subdir, req.name)
	if err != nil {
		return err
	}
	s.serveDocument(w, r, req, doc)
	return nil
}

func (s *Surface) serveFile(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	f, err := s.Registry.OpenCondaFile(r.Context(), actor, req.channel, req.label, req.subdir, req.name)
	if err != nil {
		return err
	}
	f.TokenInPath = req.hasToken
	protocol.ServeFile(w, r, f)
	return nil
}

func (s *Surface) serveDocument(w http.ResponseWriter, r *http.Request, req request, doc model.Document) {
	doc.TokenInPath = req.hasToken
	protocol.ServeDocument(w, r, doc, s.MaxAge)
}

func (req request) indexLabel() string {
	if req.label == "" {
		return model.MainLabel
	}
	return req.label
}

// prefersGzip reports whether an Accept-Encoding takes gzip at least as gladly as
// no encoding (RFC 9110 12.5.3).
func prefersGzip(accept string) bool {
	gzip, identity, anything := -1.0, -1.0, -1.0 // not named
	for item := range strings.SplitSeq(accept, ",") {
		coding, params, _ := strings.Cut(item, ";")
		q := protocol.Quality(params)
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			gzip = q
		case "identity":
			identity = q
		case "*":
			anything = q
		}
	}
	if gzip < 0 {
		gzip = anything
	}
	return gzip > 0 && gzip >= identity
}
