package binstar

import (
	"net/http"
	"slices"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// searchLimit bounds a search's answer.
const searchLimit = 1000

func (s *Surface) showPackage(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	d, err := s.Registry.Package(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerPackage(r, d))
}

func (s *Surface) createPackage(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return changePackage(w, r, actor, s.Registry.CreatePackage)
}

func (s *Surface) updatePackage(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return changePackage(w, r, actor, s.Registry.UpdatePackage)
}

func (s *Surface) deletePackage(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	if err := s.Registry.DeletePackage(r.Context(), actor, r.PathValue("owner"), r.PathValue("package")); err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, empty{})
}

func (s *Surface) listOwnPackages(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return s.writePackages(w, r, actor, actor.Login)
}

func (s *Surface) listPackages(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return s.writePackages(w, r, actor, r.PathValue("owner"))
}

func (s *Surface) writePackages(w http.ResponseWriter, r *http.Request, actor model.Actor, owner string) error {
	filter, err := packageFilter(r)
	if err != nil {
		return err
	}
	levels, err := accessLevels(r)
	if err != nil {
		return err
	}
	filter.Owner = owner
	list, _, err := s.Registry.Packages(r.Context(), actor, filter)
	if err != nil {
		return err
	}
	if len(levels) > 0 {
		list = slices.DeleteFunc(list, func(p model.Package) bool { return !slices.Contains(levels, p.Access) })
	}
	return writeJSON(w, http.StatusOK, each(list, answerSummary))
}

func (s *Surface) search(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	filter, err := packageFilter(r)
	if err != nil {
		return err
	}
	filter.Query, filter.Limit = r.URL.Query().Get("name"), searchLimit
	list, _, err := s.Registry.Packages(r.Context(), actor, filter)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(list, answerSummary))
}

// packageFilter reads what lists and searches are narrowed by. The client has two
// words for the type.
func packageFilter(r *http.Request) (registry.PackageFilter, error) {
	q := r.URL.Query()
	f := registry.PackageFilter{Platform: q.Get("platform"), WithBuilds: true}
	for _, name := range []string{q.Get("type"), q.Get("package_type")} {
		if name == "" {
			continue
		}
		t, err := model.ParsePackageType(name)
		if err != nil {
			return f, err
		}
		f.Type = t
	}
	return f, nil
}

// accessLevels reads the access parameter, which may be repeated.
func accessLevels(r *http.Request) ([]model.Access, error) {
	var levels []model.Access
	for _, name := range r.URL.Query()["access"] {
		a, err := model.ParseAccess(name)
		if err != nil {
			return nil, err
		}
		levels = append(levels, a)
	}
	return levels, nil
}
