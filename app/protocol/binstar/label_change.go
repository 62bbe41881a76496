package binstar

import (
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// filesRequest says which files a label is put on or taken off: what is null
// selects nothing away.
type filesRequest struct {
	Package  string `json:"package"`
	Version  string `json:"version"`
	Basename string `json:"basename"`
}

func (f filesRequest) selection() registry.Selection {
	return registry.Selection{FileName: registry.FileName(f)}
}

// lockSuffix and copyWord stand in the tail of a label's address; no label may
// hold them so.
const (
	lockSuffix = "/lock"
	copyWord   = "/copy/"
)

// postLabel puts a label on files; with /lock after its name it locks it, and with
// /copy/ and another name it puts that on all of its files.
func (s *Surface) postLabel(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	label := r.PathValue("label")
	if name, ok := strings.CutSuffix(label, lockSuffix); ok {
		return s.lockLabel(w, r, actor, name, true)
	}
	if from, to, ok := strings.Cut(label, copyWord); ok {
		_, err := s.Registry.CopyLabel(r.Context(), actor, r.PathValue("owner"), from, to)
		return created(w, err)
	}
	var body filesRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	_, err := s.Registry.ChangeLabels(r.Context(), actor, r.PathValue("owner"), body.selection(), registry.LabelChange{Add: []string{label}})
	return created(w, err)
}

// putLabel makes a label that no file carries yet. One that is there already stays
// as it is: 200.
func (s *Surface) putLabel(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	_, err := s.Registry.CreateLabel(r.Context(), actor, r.PathValue("owner"), r.PathValue("label"))
	if model.CodeOf(err) == model.Conflict {
		return writeJSON(w, http.StatusOK, empty{})
	}
	return created(w, err)
}

// deleteLabel takes a label off files, and without any it removes the label; with
// /lock after its name it unlocks it.
func (s *Surface) deleteLabel(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	owner, label := r.PathValue("owner"), r.PathValue("label")
	if name, ok := strings.CutSuffix(label, lockSuffix); ok {
		return s.lockLabel(w, r, actor, name, false)
	}
	var body filesRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	if body == (filesRequest{}) {
		return created(w, s.Registry.DeleteLabel(r.Context(), actor, owner, label))
	}
	_, err := s.Registry.ChangeLabels(r.Context(), actor, owner, body.selection(), registry.LabelChange{Remove: []string{label}})
	return created(w, err)
}

func (s *Surface) lockLabel(w http.ResponseWriter, r *http.Request, actor model.Actor, name string, locked bool) error {
	_, err := s.Registry.LockLabel(r.Context(), actor, r.PathValue("owner"), name, locked)
	return created(w, err)
}

// created answers 201, which the client wants of deletions too.
func created(w http.ResponseWriter, err error) error {
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, empty{})
}
