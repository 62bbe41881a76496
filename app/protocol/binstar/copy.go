package binstar

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// copyRequest says where files go, and by which labels; the wire calls those
// channels. What is null is the caller's own account, and main.
type copyRequest struct {
	ToOwner   string `json:"to_owner"`
	FromLabel string `json:"from_channel"`
	ToLabel   string `json:"to_channel"`
}

// existing is what each method does with files that are there already.
var existing = map[string]registry.Existing{
	http.MethodPost: registry.RefuseExisting, http.MethodPut: registry.ReplaceExisting, http.MethodPatch: registry.KeepExisting,
}

// copyFiles copies a release's files, or one, to another channel.
func (s *Surface) copyFiles(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body copyRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	owner, name, version, basename := fileNames(r)
	files, err := s.Registry.CopyFiles(r.Context(), actor, registry.CopyRequest{
		Owner: owner, FileName: registry.FileName{Package: name, Version: version, Basename: basename},
		ToOwner: body.ToOwner, FromLabel: body.FromLabel, ToLabel: body.ToLabel, Existing: existing[r.Method],
	})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(files, func(f model.File) fileAnswer { return answerFile(r, f) }))
}
