package binstar

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// groupAnswer is a group without its inside.
type groupAnswer struct {
	Name         string `json:"name"`
	Organization string `json:"organization"`
	Permission   string `json:"permission"`
	AllPackages  bool   `json:"all_packages"`
	Members      int    `json:"members_count"`
	Packages     int    `json:"repos_count"`
}

func answerGroup(organization string, g model.Group) groupAnswer {
	return groupAnswer{
		Name: g.Name, Organization: organization, Permission: g.Permission.String(), AllPackages: g.AllPackages, Members: g.Members, Packages: g.Packages,
	}
}

// membershipAnswer is a group that somebody is in. What else it holds is for the
// organization's owners.
type membershipAnswer struct {
	Name         string  `json:"name"`
	Organization string  `json:"organization"`
	Permission   string  `json:"permission"`
	Members      int     `json:"members_count"`
	Since        *string `json:"since"`
}

func answerMembership(m model.Membership) membershipAnswer {
	return membershipAnswer{
		Name: m.Group, Organization: m.Organization, Permission: m.Permission.String(), Members: m.Members, Since: moment(m.Since),
	}
}

// groupList is how both lists of groups are wrapped.
type groupList[T any] struct {
	Groups []T `json:"groups"`
}

func (s *Surface) listOwnGroups(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	list, err := s.Registry.Memberships(r.Context(), actor)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, groupList[membershipAnswer]{each(list, answerMembership)})
}

func (s *Surface) listGroups(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	org := model.FoldLogin(r.PathValue("org"))
	list, err := s.Registry.Groups(r.Context(), actor, org)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, groupList[groupAnswer]{each(list, func(g model.Group) groupAnswer { return answerGroup(org, g) })})
}

// group returns the group in the path.
func (s *Surface) group(r *http.Request, actor model.Actor) (registry.GroupDetail, error) {
	return s.Registry.Group(r.Context(), actor, r.PathValue("org"), r.PathValue("group"))
}

func (s *Surface) showGroup(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	d, err := s.group(r, actor)
	if err != nil {
		return err
	}
	answer := answerGroup(d.Organization.Login, d.Group)
	answer.Members, answer.Packages = len(d.Members), len(d.Packages)
	return writeJSON(w, http.StatusOK, answer)
}

func (s *Surface) deleteGroup(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	if err := s.Registry.DeleteGroup(r.Context(), actor, r.PathValue("org"), r.PathValue("group")); err != nil {
		return err
	}
	return noContent(w)
}
