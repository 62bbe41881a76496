package condachannel

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"

	"vivarium/app/model"
	"vivarium/app/protocol"
)

// noticeJSON is one notice (CEP 6). conda reads when it ends under a name of its
// own.
type noticeJSON struct {
	ID        string            `json:"id"`
	Message   string            `json:"message"`
	Level     model.NoticeLevel `json:"level"`
	CreatedAt string            `json:"created_at"`
	ExpiresAt string            `json:"expires_at"`
	ExpiredAt string            `json:"expired_at"`
}

type noticesJSON struct {
	Notices []noticeJSON `json:"notices"`
}

// serveNotices answers what conda asks before every install, without credentials
// and with little patience: a wrong credential does not matter, and nothing but an
// unknown channel is an error (a 5xx would cost every install four tries).
func (s *Surface) serveNotices(w http.ResponseWriter, r *http.Request, req request) error {
	actor, err := protocol.Actor(r, s.Registry, req.token)
	if err != nil {
		actor = protocol.From(r)
	}
	list, modified, err := s.Registry.ShownNotices(r.Context(), actor, req.channel)
	if model.CodeOf(err) == model.NotFound {
		return err
	}
	if err != nil {
		s.Registry.LogFailure(r.Context(), "notices left out", err)
	}
	doc, err := noticesDocument(list, modified)
	if err != nil {
		return err
	}
	s.serveDocument(w, onlySince(r, modified), req, doc)
	return nil
}

// onlySince lets a request go on without a time of its copy that is not modified. A
// notice that is taken back may make the document older than a copy with it.
func onlySince(r *http.Request, modified time.Time) *http.Request {
	since := r.Header.Get("If-Modified-Since")
	if since == "" || since == modified.UTC().Format(http.TimeFormat) {
		return r
	}
	r = r.Clone(r.Context())
	r.Header.Del("If-Modified-Since")
	return r
}

func noticesDocument(list []model.Notice, modified time.Time) (model.Document, error) {
	out := noticesJSON{Notices: []noticeJSON{}}
	at := func(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05+00:00") } // old Pythons do not know Z
	for _, n := range list {
		out.Notices = append(out.Notices, noticeJSON{n.UID, n.Message, n.Level, at(n.CreatedAt), at(n.ExpiresAt), at(n.ExpiresAt)})
	}
	body, err := json.Marshal(out)
	body = append(body, '\n')
	sum := sha256.Sum256(body)
	return model.Document{Body: model.Bytes(body), ContentType: "application/json", ETag: `"` + hex.EncodeToString(sum[:16]) + `"`, ModTime: modified}, err
}
