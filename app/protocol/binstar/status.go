package binstar

import (
	"net/http"

	"vivarium/app/model"
)

// statusRequest is the state of a project (PEP 792).
type statusRequest struct {
	Status string `json:"status"`
	Reason string `json:"reason"`
}

func (s *Surface) setStatus(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body statusRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	status, err := model.ParseProjectStatus(body.Status)
	if err != nil {
		return err
	}
	d, err := s.Registry.SetStatus(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), status, body.Reason)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerPackage(r, d))
}
