// Package prefix takes conda packages in the form in which prefix.dev does, which
// rattler-build and pixi speak: a multipart form to /api/v1/upload/{channel}. What
// is wrong is said in one line of text, which the client shows.
package prefix

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

// Surface answers the rows of the prefix surface in registry's route table.
type Surface struct{ reg *registry.Registry }

// New returns the surface.
func New(reg *registry.Registry) *Surface { return &Surface{reg} }

// Handlers returns the handler of every row, by its pattern.
func (s *Surface) Handlers() map[string]http.Handler {
	return map[string]http.Handler{"POST /prefix/api/v1/upload/{channel}": http.HandlerFunc(s.upload)}
}

func (s *Surface) upload(w http.ResponseWriter, r *http.Request) {
	f, made, err := s.take(r)
	if err != nil {
		protocol.WriteSentence(w, protocol.Fail(w, r, s.reg, err), model.MessageOf(err))
		return
	}
	protocol.WriteSentence(w, protocol.UploadStatus(made), protocol.UploadSentence(f, made))
}

// take reads the form as it comes. Who may write is decided before, where to as
// soon as the file's name is known.
func (s *Surface) take(r *http.Request) (f model.File, made bool, err error) {
	actor, err := protocol.Actor(r, s.reg, "")
	if err != nil {
		return f, false, err
	}
	in, err := s.reg.Receive(r.Context(), actor, r.PathValue("channel"))
	if err != nil {
		return f, false, err
	}
	defer in.Close()
	form := form{in: in, announced: func(up registry.Upload) error {
		return s.reg.CheckUpload(r.Context(), actor, r.PathValue("channel"), up)
	}}
	if form.up, err = protocol.UploadOf(r, ""); err != nil {
		return f, false, err
	}
	if err := form.read(r); err != nil {
		return f, false, err
	}
	return s.reg.Publish(r.Context(), actor, r.PathValue("channel"), in, form.up)
}
