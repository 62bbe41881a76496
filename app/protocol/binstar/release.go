package binstar

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// latestVersion is what some uploaders ask for instead of a version.
const latestVersion = "latest"

func (s *Surface) showRelease(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	owner, name, version := r.PathValue("owner"), r.PathValue("package"), r.PathValue("version")
	d, release, err := s.Registry.Release(r.Context(), actor, owner, name, version)
	if model.CodeOf(err) == model.NotFound && version == latestVersion {
		d, release, err = s.latestRelease(r, actor, owner, name)
	}
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerRelease(r, d.Package, release))
}

func (s *Surface) latestRelease(r *http.Request, actor model.Actor, owner, name string) (registry.PackageDetail, registry.ReleaseDetail, error) {
	d, err := s.Registry.Package(r.Context(), actor, owner, name)
	if err != nil {
		return d, registry.ReleaseDetail{}, err
	}
	return s.Registry.Release(r.Context(), actor, owner, name, d.LatestVersion)
}

func (s *Surface) createRelease(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return changeRelease(w, r, actor, s.Registry.CreateRelease)
}

func (s *Surface) updateRelease(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return changeRelease(w, r, actor, s.Registry.UpdateRelease)
}

func (s *Surface) deleteRelease(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	err := s.Registry.DeleteRelease(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), r.PathValue("version"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, empty{})
}

type releaseVerb func(ctx context.Context, actor model.Actor, owner, name, version string, in registry.ReleaseChange) (registry.ReleaseDetail, error)

// changeRelease creates or updates a release; both answer 200 with it.
func changeRelease(w http.ResponseWriter, r *http.Request, actor model.Actor, do releaseVerb) error {
	var body attributes
	if err := decode(r, &body); err != nil {
		return err
	}
	change, err := body.releaseChange()
	if err != nil {
		return err
	}
	owner, name := r.PathValue("owner"), r.PathValue("package")
	release, err := do(r.Context(), actor, owner, name, r.PathValue("version"), change)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerRelease(r, model.Package{Owner: owner, Name: name}, release))
}

// releaseChange reads both shapes: POST has the release's attributes beside our
// keys, PATCH below public_attrs.
func (a attributes) releaseChange() (c registry.ReleaseChange, err error) {
	attrs := maps.Clone(a)
	public, err := a.object("public_attrs")
	if err != nil {
		return c, err
	}
	delete(attrs, "public_attrs")
	for key, value := range public {
		if _, ok := attrs[key]; !ok || attrs.absent(key) {
			attrs[key] = value
		}
	}
	if c.Description, err = attrs.text("description"); err != nil {
		return c, err
	}
	c.Announce, _ = attrs.text("announce") // rattler-build says false for none
	if !attrs.absent("requirements") {
		c.Requirements = attrs["requirements"]
	}
	for _, ours := range []string{"description", "announce", "requirements", "public", "publish"} {
		delete(attrs, ours)
	}
	if len(attrs) > 0 {
		c.Attrs, err = json.Marshal(attrs)
	}
	return c, err
}
