package pypiindex

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"time"

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
	return s.servePage(w, r, req, form, body, index.Modified, index.Private)
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
	return s.servePage(w, r, req, form, body, p.Modified, p.Private)
}

func (s *Surface) servePage(w http.ResponseWriter, r *http.Request, req request, form contentType, body []byte, modified time.Time, private bool) error {
	sum := sha256.Sum256(body)
	doc, err := pack(r, model.Document{
		Body: body, ContentType: string(form), ETag: `"` + hex.EncodeToString(sum[:16]) + `"`, ModTime: modified, Private: private || req.hasToken,
	})
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept, Accept-Encoding")
	protocol.ServeDocument(w, r, doc, s.MaxAge)
	return nil
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
	f.Private = f.Private || req.hasToken
	protocol.ServeFile(w, r, f)
	return nil
}

// fileURL is a file's address, relative to its project's page. It holds the
// digest, so that no address is ever used for other bytes. A plus is escaped, as
// some clients would read it as a blank.
func fileURL(f model.File) string {
	return f.SHA256 + "/" + strings.ReplaceAll(url.PathEscape(f.Basename), "+", "%2B")
}
