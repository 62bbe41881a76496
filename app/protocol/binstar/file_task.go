package binstar

import (
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// tasks are what can be done to a file by a word at the end of its address, by
// the word and the method. No file's name can end so, as none but conda's holds a
// slash.
func (s *Surface) tasks() map[string]map[string]action {
	return map[string]map[string]action{
		"labels": {http.MethodPost: s.changeLabels, http.MethodPut: s.changeLabels, http.MethodDelete: s.changeLabels},
		"yank":   {http.MethodPost: s.yank, http.MethodDelete: s.unyank},
		"patch":  {http.MethodPut: s.patchFile, http.MethodDelete: s.unpatchFile},
	}
}

// cutTask takes the word of a task off the end of a basename.
func cutTask(basename string) (file, task string) {
	at := strings.LastIndexByte(basename, '/')
	if at <= 0 {
		return basename, ""
	}
	switch word := basename[at+1:]; word {
	case "labels", "yank", "patch":
		return basename[:at], word
	}
	return basename, ""
}

// onFile does the task that the address names, or deletes the file.
func (s *Surface) onFile(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	_, task := cutTask(r.PathValue("basename"))
	if do := s.tasks()[task][r.Method]; do != nil {
		return do(w, r, actor)
	}
	if task == "" && r.Method == http.MethodDelete {
		return s.deleteFile(w, r, actor)
	}
	return model.Errorf(model.NotFound, "There is nothing at this address for %s. After a file's address come /labels, /yank and /patch.", r.Method)
}

// yankRequest says why files are yanked.
type yankRequest struct {
	Reason string `json:"reason"`
}

// yank hides a file, or a release's, from resolvers; both answer with the files
// that are not as they were.
func (s *Surface) yank(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body yankRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	files, err := s.Registry.YankFiles(r.Context(), actor, r.PathValue("owner"), registry.Selection{FileName: pathFile(r)}, body.Reason)
	return answerChanged(w, files, err)
}

func (s *Surface) unyank(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	files, err := s.Registry.UnyankFiles(r.Context(), actor, r.PathValue("owner"), registry.Selection{FileName: pathFile(r)})
	return answerChanged(w, files, err)
}

func answerChanged(w http.ResponseWriter, files []model.File, err error) error {
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, changedAnswer{len(files)})
}
