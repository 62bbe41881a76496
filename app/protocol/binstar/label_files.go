package binstar

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// labelsRequest names labels of files: to set, add or take off, as the method
// says.
type labelsRequest struct {
	Labels []string `json:"labels"`
}

// change is what a method does with the labels.
func (b labelsRequest) change(method string) registry.LabelChange {
	switch method {
	case http.MethodPut:
		return registry.LabelChange{Add: b.Labels, Only: true}
	case http.MethodDelete:
		return registry.LabelChange{Remove: b.Labels}
	}
	return registry.LabelChange{Add: b.Labels}
}

// changedAnswer says how many files are not as they were.
type changedAnswer struct {
	Changed int `json:"changed"`
}

// changeLabels sets, adds or takes off the labels of all files that the path
// names: a package's, a release's, or one.
func (s *Surface) changeLabels(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body labelsRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	if len(body.Labels) == 0 && r.Method != http.MethodPut {
		return model.Errorf(model.Invalid, "Name the labels: {\"labels\": [\"main\"]}.")
	}
	return s.answerChange(w, r, actor, registry.Selection{FileName: pathFile(r)}, body.change(r.Method))
}

func (s *Surface) answerChange(w http.ResponseWriter, r *http.Request, actor model.Actor, sel registry.Selection, change registry.LabelChange) error {
	owner := r.PathValue("owner") + r.PathValue("channel")
	files, err := s.Registry.ChangeLabels(r.Context(), actor, owner, sel, change)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, changedAnswer{len(files)})
}

// pathFile is what the path names of a file; a basename without what is done to
// it.
func pathFile(r *http.Request) registry.FileName {
	basename, _ := cutTask(r.PathValue("basename"))
	return registry.FileName{Package: r.PathValue("package"), Version: r.PathValue("version"), Basename: basename}
}

// bulkRequest relabels many files of a channel in one change: those that are
// named, else those of a package, or of one version of it, else all; with a label
// those of them that carry it.
type bulkRequest struct {
	Files  []filesRequest `json:"files"`
	Label  string         `json:"label"`
	Add    []string       `json:"add"`
	Remove []string       `json:"remove"`
	filesRequest
}

func (s *Surface) bulkLabels(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body bulkRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	if len(body.Add)+len(body.Remove) == 0 {
		return model.Errorf(model.Invalid, "Say which labels to add and which to remove: {\"label\": \"dev\", \"add\": [\"main\"], \"remove\": [\"dev\"]}.")
	}
	sel := body.selection()
	sel.Label = body.Label
	for _, f := range body.Files {
		sel.Files = append(sel.Files, registry.FileName(f))
	}
	return s.answerChange(w, r, actor, sel, registry.LabelChange{Add: body.Add, Remove: body.Remove})
}
