package registry

import (
	"context"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// OpenInvitation returns the invitation that a secret opens, or Gone. It uses
// nothing up.
func (r *Registry) OpenInvitation(ctx context.Context, secret string) (model.Invitation, error) {
	_, i, err := r.invitation(ctx, r.Store, secret)
	return i, err
}

func (r *Registry) invitation(ctx context.Context, tx *store.Store, secret string) (model.Link, model.Invitation, error) {
	l, err := r.follow(ctx, tx, model.InvitationLink, secret)
	if err != nil {
		return l, model.Invitation{}, err
	}
	i, err := tx.Invitation(ctx, l.InvitationID)
	if model.CodeOf(err) == model.NotFound {
		err = model.Errorf(model.Gone, "This invitation does not work any more: it was taken back.")
	}
	return l, i, err
}

// acceptInvitation uses an invitation up for the account a: it joins the group,
// and an address that the invitation was mailed to is confirmed by it.
func (r *Registry) acceptInvitation(ctx context.Context, tx *store.Store, actor model.Actor, a *model.Account, secret string) error {
	l, i, err := r.invitation(ctx, tx, secret)
	if err != nil {
		return err
	}
	if strings.EqualFold(l.Email, a.Email) && l.Email != "" && a.EmailConfirmedAt.IsZero() {
		if err := r.settleEmail(ctx, tx, a, a.Email); err != nil {
			return err
		}
	}
	if err := r.joinGroup(ctx, tx, a.ID, i); err != nil {
		return err
	}
	if err := tx.DeleteInvitation(ctx, i.ID); err != nil {
		return err
	}
	return r.audit(ctx, tx, actor, i.Organization, "invitation.accept", a.Login, i.Group)
}

// joinGroup puts a user into the group of an invitation, when it names one and
// whoever made it still owns the organization.
func (r *Registry) joinGroup(ctx context.Context, tx *store.Store, userID int64, i model.Invitation) error {
	if i.GroupID == 0 {
		return nil
	}
	org, err := tx.Account(ctx, i.Organization)
	if err != nil {
		return err
	}
	owner, err := tx.IsOwner(ctx, org.ID, i.MadeBy)
	if err != nil {
		return err
	}
	if !owner {
		return model.Errorf(model.Gone, "This invitation does not work any more: %s does not own %s now.", i.Maker, i.Organization)
	}
	members, err := tx.Members(ctx, i.GroupID)
	if err != nil || slices.ContainsFunc(members, func(m model.Account) bool { return m.ID == userID }) {
		return err
	}
	return tx.AddMember(ctx, i.GroupID, userID, r.Clock.Now())
}

// AcceptInvitation lets actor's person, who has an account already, join what an
// invitation names.
func (r *Registry) AcceptInvitation(ctx context.Context, actor model.Actor, secret string) (model.Invitation, error) {
	var i model.Invitation
	if err := requirePerson(actor); err != nil {
		return i, err
	}
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := tx.AccountByID(ctx, actor.UserID)
		if err != nil {
			return err
		}
		if _, i, err = r.invitation(ctx, tx, secret); err != nil {
			return err
		}
		return r.acceptInvitation(ctx, tx, actor, &a, secret)
	})
	if err == nil {
		r.done(ctx, "invitation accepted", actor)
	}
	return i, err
}
