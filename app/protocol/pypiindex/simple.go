package pypiindex

import (
	"net/http"
	"net/url"
	"strings"

	"vivarium/app/model"
	"vivarium/app/protocol"
)

// serveList answers the list of projects, in HTML or JSON.
func (s *Surface) serveList(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	index, err := s.Registry.PythonProjects(r.Context(), actor, req.channel, req.indexLabel())
	if err != nil {
		return err
	}
	form := negotiate(r)
	body, err := listBody(form, index.Names)
	if err != nil {
		return err
	}
	return s.servePage(w, r, req, body, model.Document{ContentType: string(form), ModTime: index.Modified})
}

// serveProject answers the files of a project, in HTML or JSON.
func (s *Surface) serveProject(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	p, err := s.Registry.PythonProject(r.Context(), actor, req.channel, req.indexLabel(), req.project)
	if err != nil {
		return err
	}
	form := negotiate(r)
	body, err := projectBody(form, p)
	if err != nil {
		return err
	}
	return s.servePage(w, r, req, body, model.Document{ContentType: string(form), ModTime: p.Modified})
}

// servePage answers a page that was made for this request. The rest of doc says
// what it is.
func (s *Surface) servePage(w http.ResponseWriter, r *http.Request, req request, page []byte, doc model.Document) error {
	doc.TokenInPath = req.hasToken
	w.Header().Add("Vary", "Accept")
	return protocol.ServePage(w, r, page, doc, s.MaxAge)
}

// serveFile answers a file, or the core metadata beside it.
func (s *Surface) serveFile(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	open := s.Registry.OpenPythonFile
	if req.metadata {
		open = s.Registry.OpenPythonMetadata
	}
	f, err := open(r.Context(), actor, req.channel, req.label, req.sha256, req.file)
	if err != nil {
		return err
	}
	f.TokenInPath = req.hasToken
	protocol.ServeFile(w, r, f)
	return nil
}

// fileURL is a file's address, relative to its project's page. It holds the
// digest, so that no address is ever used for other bytes. A plus is escaped, as
// some clients would read it as a blank.
func fileURL(f model.File) string {
	return f.SHA256 + "/" + strings.ReplaceAll(url.PathEscape(f.Basename), "+", "%2B")
}
