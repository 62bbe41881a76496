package binstar

import (
	"encoding/json"
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// stageRequest is the body that announces an upload.
type stageRequest struct {
	Type         string          `json:"distribution_type"`
	Description  *string         `json:"description"`
	Attrs        json.RawMessage `json:"attrs"`
	Dependencies json.RawMessage `json:"dependencies"`
	Labels       []string        `json:"channels"`
	SHA256       *string         `json:"sha256"`
}

// stageAnswer says where to send the bytes, and with which form fields. Clients
// need the address absolute and every field a text.
type stageAnswer struct {
	PostURL  string            `json:"post_url"`
	FormData map[string]string `json:"form_data"`
	DistID   string            `json:"dist_id"`
}

// stageFile is the first of an upload's three steps.
func (s *Surface) stageFile(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body stageRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	request, err := body.request()
	if err != nil {
		return err
	}
	request.Owner, request.Package, request.Version, request.Basename = fileNames(r)
	staged, err := s.Registry.StageFile(r.Context(), actor, request)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerStaged(r, staged))
}

func answerStaged(r *http.Request, staged registry.Staged) stageAnswer {
	return stageAnswer{PostURL: base(r) + "/upload/stage", FormData: map[string]string{ticketField: staged.Ticket}, DistID: staged.DistID}
}

func (b stageRequest) request() (in registry.StageRequest, err error) {
	if in.Type, err = typeOf(b.Type); err != nil {
		return in, err
	}
	if in.Attrs, err = objectText("attrs", b.Attrs); err != nil {
		return in, err
	}
	if in.Dependencies, err = objectText("dependencies", b.Dependencies); err != nil {
		return in, err
	}
	if b.Description != nil {
		in.Description = *b.Description
	}
	if b.SHA256 != nil {
		in.SHA256 = *b.SHA256
	}
	in.Labels = b.Labels
	if len(in.Labels) == 0 {
		in.Labels = []string{model.MainLabel}
	}
	return in, nil
}

// oldTypes are words of "anaconda notebook upload" up to 1.12, which sends what
// stands behind the last dot of a file's name.
var oldTypes = map[string]model.PackageType{
	"yml": model.Environment, "yaml": model.Environment, "csv": model.GenericFile, "json": model.GenericFile, "md": model.GenericFile,
	"rst": model.GenericFile, "txt": model.GenericFile,
}

func typeOf(word string) (model.PackageType, error) {
	if t, ok := oldTypes[word]; ok {
		return t, nil
	}
	return model.ParsePackageType(word)
}

// objectText returns raw as it was sent if it is an object, and nil when it is
// absent or null.
func objectText(key string, raw json.RawMessage) ([]byte, error) {
	switch {
	case len(raw) == 0, string(raw) == "null":
		return nil, nil
	case raw[0] != '{':
		return nil, model.Errorf(model.Invalid, "The field %q must be a JSON object.", key)
	}
	return raw, nil
}

// commitRequest names the upload to make visible.
type commitRequest struct {
	DistID string `json:"dist_id"`
}

// commitAnswer is the new file and the web page that the client shows as the
// place where it is.
type commitAnswer struct {
	fileAnswer
	URL string `json:"url"`
}

// commitFile is the last step: when it answers, installers see the file.
func (s *Surface) commitFile(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body commitRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	owner, name, version, basename := fileNames(r)
	f, err := s.Registry.CommitFile(r.Context(), actor, owner, name, version, basename, body.DistID)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, commitAnswer{fileAnswer: answerFile(r, f), URL: pageURL(r, f.Owner, f.Package)})
}
