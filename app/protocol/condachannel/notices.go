package condachannel

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/protocol"
)

// noNotices is what a channel without notices answers, and one that the client
// may not see.
var noNotices = model.Document{
	Body:        model.Bytes(`{"notices":[]}` + "\n"),
	ContentType: "application/json",
	ETag:        `"no-notices"`,
}

// serveNotices answers what conda asks before every install, without credentials
// and with little patience: whoever asks is anonymous here, a wrong credential
// does not matter, and nothing but an unknown channel is an error (a 5xx would
// cost every install four tries).
func (s *Surface) serveNotices(w http.ResponseWriter, r *http.Request, req request) error {
	err := s.Registry.CheckChannel(r.Context(), protocol.From(r), req.channel)
	if model.CodeOf(err) == model.NotFound {
		return err
	}
	s.serveDocument(w, r, req, noNotices)
	return nil
}
