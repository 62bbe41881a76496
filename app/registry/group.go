package registry

import (
	"context"
	"fmt"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Groups lists the groups of an organization, Owners first. Its owners see them;
// others see none of its inside.
func (r *Registry) Groups(ctx context.Context, actor model.Actor, org string) ([]model.Group, error) {
	a, err := r.manageOrganization(ctx, r.Store, actor, org)
	if err != nil {
		return nil, err
	}
	return r.Store.Groups(ctx, a.ID)
}

// GroupLevels lists the groups of an organization, as Groups does, with the packages
// attached to each and the permission on them, for its owners.
func (r *Registry) GroupLevels(ctx context.Context, actor model.Actor, org string) ([]GroupDetail, error) {
	a, err := r.manageOrganization(ctx, r.Store, actor, org)
	if err != nil {
		return nil, err
	}
	groups, err := r.Store.Groups(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	levels, err := r.Store.AttachedLevels(ctx, a.ID)
	details := make([]GroupDetail, len(groups))
	for i, g := range groups {
		details[i] = GroupDetail{Group: g, Organization: a, Levels: levels[g.ID]}
	}
	return details, err
}

// Members lists the people in any group of an organization, for its owners.
func (r *Registry) Members(ctx context.Context, actor model.Actor, org string) ([]model.Member, error) {
	a, err := r.manageOrganization(ctx, r.Store, actor, org)
	if err != nil {
		return nil, err
	}
	return r.Store.OrganizationMembers(ctx, a.ID)
}

// manageOrganization returns the organization if actor is one of its owners.
func (r *Registry) manageOrganization(ctx context.Context, tx *store.Store, actor model.Actor, org string) (model.Account, error) {
	a, err := r.manage(ctx, tx, actor, org)
	if err == nil && !a.IsOrganization() {
		return a, model.Errorf(model.NotFound, "%s is a user; only organizations have groups.", a.Login)
	}
	return a, err
}

// GroupDetail is a group with its members and the packages attached to it.
type GroupDetail struct {
	model.Group
	Organization model.Account
	Members      []model.Account
	Packages     []model.Package
	// Levels is the permission on each of the Packages, by ID.
	Levels map[int64]model.Permission
}

// LevelOn is the permission that the group gives on a package of its
// organization.
func (d GroupDetail) LevelOn(p model.Package) model.Permission {
	if d.AllPackages {
		return max(d.Group.Permission, d.Levels[p.ID])
	}
	return d.Levels[p.ID]
}

// Group returns a group of an organization, for its owners.
func (r *Registry) Group(ctx context.Context, actor model.Actor, org, name string) (GroupDetail, error) {
	var d GroupDetail
	err := r.Store.InReadTx(ctx, func(tx *store.Store) (err error) {
		if d.Organization, d.Group, err = r.ownGroup(ctx, tx, actor, org, name); err != nil {
			return err
		}
		if d.Members, err = tx.Members(ctx, d.ID); err != nil {
			return err
		}
		if d.Packages, err = tx.GroupPackages(ctx, d.ID); err != nil {
			return err
		}
		d.Levels, err = tx.GroupLevels(ctx, d.ID)
		return err
	})
	return d, err
}

func (r *Registry) ownGroup(ctx context.Context, tx *store.Store, actor model.Actor, org, name string) (model.Account, model.Group, error) {
	a, err := r.manageOrganization(ctx, tx, actor, org)
	if err != nil {
		return a, model.Group{}, err
	}
	g, err := tx.Group(ctx, a.ID, groupName(name))
	if model.CodeOf(err) == model.NotFound {
		err = model.Errorf(model.NotFound, "Group \"%s/%s\" does not exist.", a.Login, shorten(name))
	}
	return a, g, err
}

// groupName is how a group is looked up: Owners keeps its capital, as people know
// it, and all others are in lower case.
func groupName(name string) string {
	if strings.EqualFold(name, model.OwnersGroup) {
		return model.OwnersGroup
	}
	return strings.ToLower(name)
}

// changeGroup runs change on a group in one transaction, audits it, and makes the
// index right for those whose rights it changed.
func (r *Registry) changeGroup(ctx context.Context, actor model.Actor, org, name, action, detail string, change func(tx *store.Store, a model.Account, g *model.Group) error) error {
	var g model.Group
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		var a model.Account
		if a, g, err = r.ownGroup(ctx, tx, actor, org, name); err != nil {
			return err
		}
		if err := change(tx, a, &g); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, action, a.Login+"/"+g.Name, detail)
	})
	if err == nil {
		r.done(ctx, action, actor, "account", org, "group", g.Name)
	}
	return err
}

// NewGroup says what a group starts with.
type NewGroup struct {
	Name       string
	Permission model.Permission
	// AllPackages makes the permission reach every package of the organization;
	// with Write its members may create packages.
	AllPackages bool
}

// CreateGroup makes a group. It is Conflict when the organization has one of that
// name.
func (r *Registry) CreateGroup(ctx context.Context, actor model.Actor, org string, in NewGroup) (model.Group, error) {
	if err := model.CheckGroupName(groupName(in.Name)); err != nil {
		return model.Group{}, err
	}
	if in.Permission < model.Read || in.Permission > model.Admin {
		return model.Group{}, model.FieldErrorf("permission", "A permission is read, write or admin.")
	}
	g := model.Group{Name: groupName(in.Name), Permission: in.Permission, AllPackages: in.AllPackages, CreatedAt: r.Clock.Now()}
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manageOrganization(ctx, tx, actor, org)
		if err != nil {
			return err
		}
		g.OrganizationID = a.ID
		if err := tx.InsertGroup(ctx, &g); err != nil {
			if model.CodeOf(err) == model.Conflict {
				return &model.Error{Code: model.Conflict, Field: "name", Message: fmt.Sprintf("Group %s/%s already exists.", a.Login, g.Name)}
			}
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "group.create", a.Login+"/"+g.Name, reach(g.Permission, g.AllPackages))
	})
	if err == nil {
		r.done(ctx, "group created", actor, "account", org, "group", g.Name)
	}
	return g, err
}

// reach says in the audit log what a group gives, and on what.
func reach(p model.Permission, all bool) string {
	if all {
		return p.String() + " on all packages"
	}
	return p.String()
}

// UpdateGroup gives a group another permission and reach. Owners stays as it is.
func (r *Registry) UpdateGroup(ctx context.Context, actor model.Actor, org, name string, p model.Permission, all bool) error {
	return r.changeGroup(ctx, actor, org, name, "group.update", reach(p, all), func(tx *store.Store, _ model.Account, g *model.Group) error {
		if g.Name == model.OwnersGroup {
			return model.Errorf(model.Conflict, "Owners always have every right. Make another group for less.")
		}
		g.Permission, g.AllPackages = p, all
		return tx.UpdateGroup(ctx, g)
	})
}

// DeleteGroup removes a group: its members lose what it gave them.
func (r *Registry) DeleteGroup(ctx context.Context, actor model.Actor, org, name string) error {
	return r.changeGroup(ctx, actor, org, name, "group.delete", "", func(tx *store.Store, _ model.Account, g *model.Group) error {
		if g.Name == model.OwnersGroup {
			return model.Errorf(model.Conflict, "An organization always has its Owners.")
		}
		return tx.DeleteGroup(ctx, g.ID)
	})
}

// AddGroupMember puts a user into a group. That the user is in it already is no
// error.
func (r *Registry) AddGroupMember(ctx context.Context, actor model.Actor, org, name, login string) error {
	return r.changeGroup(ctx, actor, org, name, "group.add-member", login, func(tx *store.Store, _ model.Account, g *model.Group) error {
		user, err := findUser(ctx, tx, login)
		if err != nil {
			return err
		}
		err = r.join(ctx, tx, actor, g.ID, user.ID)
		if model.CodeOf(err) == model.Conflict {
			return nil
		}
		return err
	})
}

// findUser returns the user of that login, or a field error for username.
func findUser(ctx context.Context, tx *store.Store, login string) (model.Account, error) {
	user, err := tx.Account(ctx, model.FoldLogin(strings.TrimSpace(login)))
	if model.CodeOf(err) == model.NotFound || err == nil && user.IsOrganization() {
		return user, model.FieldErrorf("username", "%q is not a user here.", shorten(login))
	}
	return user, err
}

// RemoveGroupMember takes a user out of a group: what it gave is gone with the
// next request. The last owner stays.
func (r *Registry) RemoveGroupMember(ctx context.Context, actor model.Actor, org, name, login string) error {
	return r.changeGroup(ctx, actor, org, name, "group.remove-member", login, func(tx *store.Store, a model.Account, g *model.Group) error {
		return removeMember(ctx, tx, a, g, login)
	})
}

func removeMember(ctx context.Context, tx *store.Store, a model.Account, g *model.Group, login string) error {
	members, err := tx.Members(ctx, g.ID)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.Login != model.FoldLogin(login) {
			continue
		}
		if g.Name == model.OwnersGroup && len(members) == 1 {
			return model.Errorf(model.Conflict, "%s is the last owner of %s. Add another owner first.", m.Login, a.Login)
		}
		return tx.RemoveMember(ctx, g.ID, m.ID)
	}
	return model.Errorf(model.NotFound, "%s is not in %s/%s.", shorten(login), a.Login, g.Name)
}

// LeaveGroup takes the person behind actor out of a group. The last owner cannot
// leave.
func (r *Registry) LeaveGroup(ctx context.Context, actor model.Actor, org, name string) error {
	if actor.UserID == 0 || actor.TokenID != 0 {
		return model.Errorf(model.Forbidden, "Sign in to leave a group.")
	}
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.account(ctx, tx, actor, org)
		if err != nil {
			return err
		}
		g, err := tx.Group(ctx, a.ID, groupName(name))
		if err != nil {
			return err
		}
		me, err := tx.AccountByID(ctx, actor.UserID)
		if err != nil {
			return err
		}
		if err := removeMember(ctx, tx, a, &g, me.Login); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "group.leave", a.Login+"/"+g.Name, me.Login)
	})
	if err == nil {
		r.done(ctx, "group left", actor, "account", org, "group", name)
	}
	return err
}

// packageOf returns a package of the account that an owner names.
func (r *Registry) packageOf(ctx context.Context, tx *store.Store, a model.Account, name string) (model.Package, error) {
	p, err := lookUp(ctx, tx, a, name)
	if model.CodeOf(err) == model.NotFound {
		err = model.Errorf(model.NotFound, "Package \"%s/%s\" does not exist.", a.Login, shorten(name))
	}
	return p, err
}
