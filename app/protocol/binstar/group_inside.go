package binstar

import (
	"context"
	"net/http"
	"slices"

	"vivarium/app/model"
)

// memberAnswer is a user in a group. anaconda-client needs both keys.
type memberAnswer struct {
	Login string `json:"login"`
	Name  string `json:"name"`
}

// attachedAnswer is a package attached to a group. anaconda-client needs the full
// name and the summary.
type attachedAnswer struct {
	Name     string              `json:"name"`
	FullName string              `json:"full_name"`
	Summary  string              `json:"summary"`
	Public   bool                `json:"public"`
	Access   model.Access        `json:"access"`
	Types    []model.PackageType `json:"package_types"`
	// Permission is the group's on this package.
	Permission string `json:"permission"`
}

func answerAttached(p model.Package, level model.Permission) attachedAnswer {
	return attachedAnswer{
		Name: p.Name, FullName: p.FullName(), Summary: p.Summary, Public: p.Access == model.Public, Access: p.Access, Types: orEmpty(p.Types),
		Permission: level.String(),
	}
}

func (s *Surface) listMembers(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	d, err := s.group(r, actor)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(d.Members, func(a model.Account) memberAnswer { return memberAnswer{a.Login, a.Name} }))
}

// testMember answers whether a user is in a group: 204 or 404.
func (s *Surface) testMember(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	d, err := s.group(r, actor)
	if err != nil {
		return err
	}
	login := model.FoldLogin(r.PathValue("user"))
	if !slices.ContainsFunc(d.Members, func(a model.Account) bool { return a.Login == login }) {
		return model.Errorf(model.NotFound, "%.80s is not in %s/%s.", login, d.Organization.Login, d.Name)
	}
	return noContent(w)
}

func (s *Surface) addMember(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return changeInside(w, r, actor, "user", s.Registry.AddGroupMember)
}

func (s *Surface) removeMember(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return changeInside(w, r, actor, "user", s.Registry.RemoveGroupMember)
}

// listGroupPackages lists what is attached to a group, not what a group for all
// packages reaches besides.
func (s *Surface) listGroupPackages(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	d, err := s.group(r, actor)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(d.Packages, func(p model.Package) attachedAnswer { return answerAttached(p, d.LevelOn(p)) }))
}

// attachRequest is the body of PUT of a package; anaconda-client sends none.
type attachRequest struct {
	Permission string `json:"permission"`
}

// attachPackage attaches a package with the group's permission, or with the one
// that the body names for it alone; none detaches it.
func (s *Surface) attachPackage(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body attachRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	if body.Permission == "" {
		return changeInside(w, r, actor, "package", s.Registry.AttachPackage)
	}
	level, err := model.ParseLevel(body.Permission)
	if err != nil {
		return err
	}
	return changeInside(w, r, actor, "package", func(ctx context.Context, actor model.Actor, org, group, name string) error {
		return s.Registry.SetLevel(ctx, actor, org, group, name, level)
	})
}

func (s *Surface) detachPackage(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return changeInside(w, r, actor, "package", s.Registry.DetachPackage)
}

type insideVerb func(ctx context.Context, actor model.Actor, org, group, name string) error

// changeInside adds to a group or removes from it what stands in the path under
// key.
func changeInside(w http.ResponseWriter, r *http.Request, actor model.Actor, key string, do insideVerb) error {
	if err := do(r.Context(), actor, r.PathValue("org"), r.PathValue("group"), r.PathValue(key)); err != nil {
		return absentUser(err)
	}
	return noContent(w)
}

// absentUser makes NotFound of the refusal of a user that there is not: here it
// stands in the path, not in a form.
func absentUser(err error) error {
	if message, ok := model.FieldsOf(err)["username"]; ok {
		return &model.Error{Code: model.NotFound, Message: message, Err: err}
	}
	return err
}
