package binstar

import (
	"cmp"
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// groupRequest is the body of POST of a group.
type groupRequest struct {
	Permission  *string `json:"perms"`
	AllPackages *bool   `json:"all_packages"`
}

// changeGroup makes a group, or changes the one of that name: what the body does
// not say stays as it is. A new group reads, unless told.
func (s *Surface) changeGroup(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body groupRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	permission, err := body.permission()
	if err != nil {
		return err
	}
	_, err = s.Registry.CreateGroup(r.Context(), actor, r.PathValue("org"), registry.NewGroup{
		Name: r.PathValue("group"), Permission: cmp.Or(permission, model.Read), AllPackages: body.AllPackages != nil && *body.AllPackages,
	})
	if model.CodeOf(err) == model.Conflict {
		err = s.updateGroup(r, actor, permission, body.AllPackages)
	}
	if err != nil {
		return err
	}
	return noContent(w)
}

func (s *Surface) updateGroup(r *http.Request, actor model.Actor, permission model.Permission, all *bool) error {
	d, err := s.group(r, actor)
	if err != nil {
		return err
	}
	if all == nil {
		all = &d.AllPackages
	}
	return s.Registry.UpdateGroup(r.Context(), actor, r.PathValue("org"), r.PathValue("group"), cmp.Or(permission, d.Permission), *all)
}

// permission is what the body asks for, NoAccess when it does not say.
func (b groupRequest) permission() (model.Permission, error) {
	if b.Permission == nil {
		return model.NoAccess, nil
	}
	return model.ParsePermission(*b.Permission)
}
