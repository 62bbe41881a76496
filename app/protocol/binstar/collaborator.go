package binstar

import (
	"net/http"

	"vivarium/app/model"
)

// collaboratorAnswer is a user with a permission on a package outside of groups.
type collaboratorAnswer struct {
	Login      string  `json:"login"`
	Name       string  `json:"name"`
	Permission string  `json:"permission"`
	Since      *string `json:"since"`
}

// collaboratorRequest is the body of PUT of a collaborator; anaconda-client sends
// none.
type collaboratorRequest struct {
	Permission string `json:"permission"`
}

func (s *Surface) listCollaborators(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	list, err := s.Registry.Collaborators(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(list, func(c model.Collaborator) collaboratorAnswer {
		return collaboratorAnswer{Login: c.Login, Name: c.Name, Permission: c.Permission.String(), Since: moment(c.Since)}
	}))
}

func (s *Surface) setCollaborator(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	body := collaboratorRequest{}
	if err := decode(r, &body); err != nil {
		return err
	}
	permission := model.Write
	if body.Permission != "" {
		var err error
		if permission, err = model.ParsePermission(body.Permission); err != nil {
			return err
		}
	}
	err := s.Registry.SetCollaborator(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), r.PathValue("user"), permission)
	if err != nil {
		return absentUser(err)
	}
	return writeJSON(w, http.StatusCreated, empty{})
}

func (s *Surface) removeCollaborator(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	err := s.Registry.RemoveCollaborator(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), r.PathValue("user"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, empty{})
}
