package binstar

import (
	"net/http"

	"vivarium/app/model"
)

// labelSummary is a label in a channel's list of them.
type labelSummary struct {
	Locked bool `json:"is_locked"`
	Files  int  `json:"count"`
}

// labelAnswer is a label with the files that carry it.
type labelAnswer struct {
	labelSummary
	List []fileAnswer `json:"files"`
}

// listLabels answers an object of labels by name; the wire calls them channels.
func (s *Surface) listLabels(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	labels, err := s.Registry.Labels(r.Context(), actor, r.PathValue("owner"))
	if err != nil {
		return err
	}
	byName := map[string]labelSummary{}
	for _, l := range labels {
		byName[l.Name] = labelSummary{Locked: l.Locked, Files: l.Files}
	}
	return writeJSON(w, http.StatusOK, byName)
}

func (s *Surface) showLabel(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	l, files, err := s.Registry.LabelFiles(r.Context(), actor, r.PathValue("owner"), r.PathValue("label"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, labelAnswer{
		labelSummary: labelSummary{Locked: l.Locked, Files: len(files)},
		List:         each(files, func(f model.File) fileAnswer { return answerFile(r, f) }),
	})
}
