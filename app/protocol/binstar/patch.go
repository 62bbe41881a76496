package binstar

import (
	"encoding/json"
	"net/http"

	"vivarium/app/model"
)

// patchRequest says what of a file's record is served otherwise than the archive
// has it, and why.
type patchRequest struct {
	Patch  json.RawMessage `json:"patch"`
	Reason string          `json:"reason"`
}

// patchAnswer is the patch of a file in answers about it.
type patchAnswer struct {
	Patch  json.RawMessage `json:"patch"`
	Author string          `json:"author"`
	Reason string          `json:"reason"`
	At     *string         `json:"patched_at"`
}

func answerPatch(f model.File) *patchAnswer {
	if f.Patch == nil {
		return nil
	}
	return &patchAnswer{f.Patch, f.PatchAuthor, f.PatchReason, moment(f.PatchedAt)}
}

func (s *Surface) patchFile(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body patchRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	if body.Patch == nil {
		return model.Errorf(model.Invalid, "Send the patch: {\"patch\": {\"depends\": [\"python >=3.9\"]}, \"reason\": \"…\"}.")
	}
	f, err := s.Registry.PatchFile(r.Context(), actor, r.PathValue("owner"), pathFile(r), body.Patch, body.Reason)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerFile(r, f))
}

func (s *Surface) unpatchFile(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	f, err := s.Registry.UnpatchFile(r.Context(), actor, r.PathValue("owner"), pathFile(r))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerFile(r, f))
}
