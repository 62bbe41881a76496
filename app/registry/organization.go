package registry

import (
	"context"
	"errors"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// NewOrganization is what an organization starts with. An empty Owner is the
// actor, an empty Access that of the site.
type NewOrganization struct {
	Login, Email, Name, Description, Owner string
	Access                                 model.Access // of new packages
}

// CreateOrganization makes an organization with its Owners group, in which the
// owner is the first member. Anyone signed in with a password may.
func (r *Registry) CreateOrganization(ctx context.Context, actor model.Actor, in NewOrganization) (model.Account, error) {
	if err := RequireSelf(actor); err != nil {
		return model.Account{}, err
	}
	if in.Owner != "" && in.Owner != actor.Login {
		if err := requireOperator(actor); err != nil {
			return model.Account{}, err
		}
	}
	org, err := r.newOrganization(in)
	if err != nil {
		return model.Account{}, err
	}
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		owner, err := r.firstOwner(ctx, tx, actor, in.Owner)
		if err != nil {
			return err
		}
		return r.insertOrganization(ctx, tx, actor, &org, owner)
	})
	if err != nil {
		return model.Account{}, err
	}
	r.done(ctx, "organization created", actor, "account", org.Login)
	return org, nil
}

func (r *Registry) newOrganization(in NewOrganization) (model.Account, error) {
	login, badLogin := model.ParseLogin(in.Login)
	var email string
	var badEmail, badAccess error
	if in.Access != "" {
		in.Access, badAccess = model.ParseAccess(string(in.Access))
	}
	if strings.TrimSpace(in.Email) != "" {
		email, badEmail = model.ParseEmail(in.Email)
	}
	about := Profile{Name: in.Name, Description: in.Description}
	badProfile := about.check()
	return model.Account{
		Login: login, Kind: model.Organization, Email: email, Name: about.Name,
		Description: about.Description, DefaultAccess: in.Access, CreatedAt: r.Clock.Now(), AuthVersion: 1,
	}, errors.Join(badLogin, badEmail, badAccess, badProfile)
}

func (r *Registry) firstOwner(ctx context.Context, tx *store.Store, actor model.Actor, login string) (model.Account, error) {
	if login == "" {
		if actor.UserID == 0 {
			return model.Account{}, model.Errorf(model.Forbidden, "Only a person can own an organization.")
		}
		return tx.AccountByID(ctx, actor.UserID)
	}
	owner, err := tx.Account(ctx, model.FoldLogin(login))
	if model.CodeOf(err) == model.NotFound || err == nil && owner.IsOrganization() {
		return owner, model.FieldErrorf("owner", "%q is not a user.", shorten(login))
	}
	return owner, err
}

func (r *Registry) insertOrganization(ctx context.Context, tx *store.Store, actor model.Actor, org *model.Account, owner model.Account) error {
	if err := claimLogin(ctx, tx, org.Login, actor.Operator); err != nil {
		return err
	}
	if err := tx.InsertAccount(ctx, org); err != nil {
		return existsAlready(err, org.Login)
	}
	owners := model.Group{OrganizationID: org.ID, Name: model.OwnersGroup, Permission: model.Admin, AllPackages: true, CreatedAt: org.CreatedAt}
	if err := tx.InsertGroup(ctx, &owners); err != nil {
		return err
	}
	if err := r.join(ctx, tx, actor, owners.ID, owner.ID); err != nil {
		return err
	}
	return r.audit(ctx, tx, actor, org.Login, "organization.create", org.Login, "owner "+owner.Login)
}

// Organizations lists all organizations, by login.
func (r *Registry) Organizations(ctx context.Context, actor model.Actor) ([]model.Account, error) {
	if err := requireOperator(actor); err != nil {
		return nil, err
	}
	return r.Store.Accounts(ctx, model.Organization)
}

// OrganizationsOf lists the organizations that login is a member of, by login, without
// closed ones that actor may not enter: nothing is said of these elsewhere either.
func (r *Registry) OrganizationsOf(ctx context.Context, actor model.Actor, login string) ([]model.Account, error) {
	a, err := r.account(ctx, r.Store, actor, login)
	if err != nil {
		return nil, err
	}
	list, err := r.Store.Organizations(ctx, a.ID)
	return slices.DeleteFunc(list, func(org model.Account) bool { return r.enter(actor, org) != nil }), err
}

// OwnedBy lists the organizations that the person behind actor owns and so may
// act as.
func (r *Registry) OwnedBy(ctx context.Context, actor model.Actor) ([]model.Account, error) {
	if actor.UserID == 0 {
		return nil, nil
	}
	return r.Store.OrganizationsOwned(ctx, actor.UserID)
}

// Memberships lists the groups that the person behind actor is in; an
// organization's token, which is nobody, gets the organization's own.
func (r *Registry) Memberships(ctx context.Context, actor model.Actor) ([]model.Membership, error) {
	if err := RequireSelf(actor); err != nil {
		return nil, err
	}
	if actor.UserID != 0 {
		return r.Store.Memberships(ctx, actor.UserID)
	}
	groups, err := r.Store.Groups(ctx, actor.AccountID)
	var list []model.Membership
	for _, g := range groups {
		list = append(list, model.Membership{Organization: actor.Login, Group: g.Name, Permission: g.Permission, Login: actor.Login, Members: g.Members})
	}
	return list, err
}
