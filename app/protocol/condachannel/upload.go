package condachannel

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/protocol"
)

// receive takes a package at the address from which it will be served, as
// artifactory does, and curl -T. A label in the address is put on it.
func (s *Surface) receive(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	up, err := protocol.UploadOf(r, req.name)
	if err != nil {
		return err
	}
	up.Type, up.Subdir = model.Conda, req.subdir
	if req.label != "" {
		up.Labels = append(up.Labels, req.label)
	}
	f, made, err := protocol.TakeFile(r, s.Registry, actor, req.channel, up, r.Body)
	if err != nil {
		return err
	}
	protocol.WriteSentence(w, protocol.UploadStatus(made), protocol.UploadSentence(f, made))
	return nil
}
