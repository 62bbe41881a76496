package binstar

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/protocol"
)

// uploadFile takes any file in one request, as curl -T sends it.
func (s *Surface) uploadFile(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	up, err := protocol.UploadOf(r, r.PathValue("file"))
	if err != nil {
		return err
	}
	f, made, err := protocol.TakeFile(r, s.Registry, actor, r.PathValue("channel"), up, r.Body)
	if err != nil {
		return err
	}
	return writeJSON(w, protocol.UploadStatus(made), answerFile(r, f))
}
