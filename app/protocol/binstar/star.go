package binstar

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// starAnswer is a package in somebody's favorites, or no longer.
type starAnswer struct {
	FullName string `json:"full_name"`
	Starred  bool   `json:"starred"`
	Stars    int    `json:"stars"`
}

// stargazerAnswer is a user who starred a package.
type stargazerAnswer struct {
	Login string  `json:"login"`
	Name  string  `json:"name"`
	Since *string `json:"since"`
}

func (s *Surface) listStars(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	list, _, err := s.Registry.Favorites(r.Context(), actor, registry.PackageFilter{Order: model.LastStarred, WithBuilds: true})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(list, answerSummary))
}

// star returns the action that adds a star, or takes it back.
func (s *Surface) star(starred bool) action {
	return func(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
		d, err := s.Registry.Star(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), starred)
		if err != nil {
			return err
		}
		return writeJSON(w, http.StatusOK, starAnswer{FullName: d.FullName(), Starred: d.Starred, Stars: d.Stars})
	}
}

func (s *Surface) listStargazers(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	_, list, err := s.Registry.Stargazers(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(list, func(g model.Stargazer) stargazerAnswer {
		return stargazerAnswer{Login: g.Login, Name: g.Name, Since: moment(g.Since)}
	}))
}

func (s *Surface) starHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /api/stars":                      s.as(s.listStars),
		"GET /api/stars/{owner}/{package}":    s.as(s.listStargazers),
		"PUT /api/stars/{owner}/{package}":    s.as(s.star(true)),
		"DELETE /api/stars/{owner}/{package}": s.as(s.star(false)),
	}
}
