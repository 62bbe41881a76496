package binstar

import (
	"encoding/json"
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// projectAnswer is a project: a package of that type, in the words of
// anaconda-project.
type projectAnswer struct {
	Name    string         `json:"name"`
	Owner   string         `json:"owner"`
	Access  model.Access   `json:"access"`
	Profile projectProfile `json:"profile"`
	Version string         `json:"latest_version"`
	URL     string         `json:"url"`
}

type projectProfile struct {
	Summary     string `json:"summary"`
	Description string `json:"description"`
}

func answerProject(r *http.Request, p model.Package) projectAnswer {
	return projectAnswer{
		Name: p.Name, Owner: p.Owner, Access: p.Access, Profile: projectProfile{p.Summary, p.Description}, Version: p.LatestVersion, URL: pageURL(r, p.Owner, p.Name),
	}
}

func (s *Surface) listProjects(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	list, _, err := s.Registry.Packages(r.Context(), actor, registry.PackageFilter{Owner: r.PathValue("owner"), Type: model.Project})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(list, func(p model.Package) projectAnswer { return answerProject(r, p) }))
}

func (s *Surface) showProject(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	d, err := s.Registry.Package(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"))
	if err != nil {
		return err
	}
	if len(d.Types) > 0 && !d.HasType(model.Project) {
		return model.Errorf(model.NotFound, "%s is not a project.", d.FullName())
	}
	return writeJSON(w, http.StatusOK, answerProject(r, d.Package))
}

// projectRequest is the body that makes a project.
type projectRequest struct {
	Name    string         `json:"name"`
	Access  *string        `json:"access"`
	Profile projectProfile `json:"profile"`
}

func (s *Surface) createProject(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body projectRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	access, err := packageRequest{Access: body.Access}.access()
	if err != nil {
		return err
	}
	change := registry.PackageChange{Access: access, Types: []model.PackageType{model.Project}, Summary: &body.Profile.Summary, Description: &body.Profile.Description}
	d, err := s.Registry.CreatePackage(r.Context(), actor, r.PathValue("owner"), body.Name, change)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, answerProject(r, d.Package))
}

// stageProject announces a revision: the file's name, and what the project says of
// itself.
func (s *Surface) stageProject(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body struct {
		Basename      string          `json:"basename"`
		Configuration json.RawMessage `json:"configuration"`
	}
	if err := decode(r, &body); err != nil {
		return err
	}
	attrs, err := objectText("configuration", body.Configuration)
	if err != nil {
		return err
	}
	staged, err := s.Registry.StageProject(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), body.Basename, attrs)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerStaged(r, staged))
}

// commitProject makes a revision visible. It answers 201, unlike the commit of a file.
func (s *Surface) commitProject(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	f, err := s.Registry.CommitStaged(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), r.PathValue("dist_id"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, commitAnswer{fileAnswer: answerFile(r, f), URL: pageURL(r, f.Owner, f.Package)})
}
