package binstar

import (
	"net/http"

	"vivarium/app/model"
)

// transferRequest names the account that gets a package.
type transferRequest struct {
	Owner string `json:"owner"`
}

// transferPackage answers with the package as it is at its new place.
func (s *Surface) transferPackage(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body transferRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	d, err := s.Registry.TransferPackage(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), body.Owner)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerPackage(r, d))
}
