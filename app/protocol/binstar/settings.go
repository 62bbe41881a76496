package binstar

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// settingsAnswer is what an owner decides about a channel. An empty access is the
// site's own choice.
type settingsAnswer struct {
	Closed        bool         `json:"closed"`
	Immutable     bool         `json:"immutable"`
	DefaultAccess model.Access `json:"default_access"`
}

// settingsRequest is the body of PATCH of a channel's settings.
type settingsRequest struct {
	Closed        *bool         `json:"closed"`
	Immutable     *bool         `json:"immutable"`
	DefaultAccess *model.Access `json:"default_access"`
}

func (s *Surface) showSettings(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	settings, err := s.Registry.ChannelSettings(r.Context(), actor, r.PathValue("channel"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, settingsAnswer(settings))
}

func (s *Surface) changeSettings(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body settingsRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	if a := body.DefaultAccess; a != nil && *a != "" {
		if _, err := model.ParseAccess(string(*a)); err != nil {
			return err
		}
	}
	settings, err := s.Registry.UpdateChannel(r.Context(), actor, r.PathValue("channel"), registry.ChannelChange(body))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, settingsAnswer(settings))
}
