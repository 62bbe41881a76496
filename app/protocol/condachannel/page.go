package condachannel

import (
	"net/http"
	"path"

	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

func (s *Surface) serveChannelPage(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	list, err := s.Registry.ChannelSubdirs(r.Context(), actor, req.channel, req.indexLabel())
	if err != nil {
		return err
	}
	return s.servePage(w, r, req, list, channelHTML(req.folder(), list.Subdirs))
}

func (s *Surface) serveSubdirPage(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	list, err := s.Registry.SubdirFiles(r.Context(), actor, req.channel, req.indexLabel(), req.subdir, r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	return s.servePage(w, r, req, list, subdirHTML(req.folder()+"/"+req.subdir, list.Files, list.More))
}

func (s *Surface) servePage(w http.ResponseWriter, r *http.Request, req request, list registry.ChannelListing, page []byte) error {
	w.Header().Set("Content-Security-Policy", stylePolicy)
	return s.serveMade(w, r, req, list, page, "text/html; charset=utf-8")
}

// serveMade answers what was made of a listing for this request.
func (s *Surface) serveMade(w http.ResponseWriter, r *http.Request, req request, list registry.ChannelListing, body []byte, contentType string) error {
	doc := model.Document{ContentType: contentType, ModTime: list.Modified, TokenInPath: req.hasToken}
	return protocol.ServePage(w, r, body, doc, s.MaxAge)
}

// addSlash sends the reader to a page's address from the one without the slash at its
// end, if the channel may be seen.
func (s *Surface) addSlash(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	if err := s.Registry.CheckChannel(r.Context(), actor, req.channel); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "private, no-store")
	protocol.RedirectBeside(w, r, path.Base(path.Join(req.folder(), req.subdir))+"/", http.StatusPermanentRedirect)
	return nil
}

// folder names the channel as it was asked for, without a token.
func (req request) folder() string {
	if req.label == "" {
		return req.channel
	}
	return req.channel + "/label/" + req.label
}
