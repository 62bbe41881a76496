package registry

import (
	"context"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// NewInvitation says whom an invitation is for and what it joins.
type NewInvitation struct {
	Email string // empty: whoever has the link
	// Organization and Group are what the invited person joins; an administrator
	// may leave them empty.
	Organization, Group string
	Lifetime            time.Duration // 0: a week
}

// The life of an invitation.
const (
	invitationLifetime = 7 * 24 * time.Hour
	longestInvitation  = 30 * 24 * time.Hour
)

// Invite makes a link with which one person may sign up, closed or not, and mails
// it when the invitation has an address and the site has mail. Administrators of
// the site may, and owners of an organization into its groups. The link is
// returned this once.
func (r *Registry) Invite(ctx context.Context, actor model.Actor, in NewInvitation) (i model.Invitation, url string, err error) {
	if err := requirePerson(actor); err != nil {
		return i, "", err
	}
	i = model.Invitation{MadeBy: actor.UserID, CreatedAt: r.Clock.Now()}
	if err := r.checkInvitation(&i, in); err != nil {
		return i, "", err
	}
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		account, err := r.mayInvite(ctx, tx, actor, &i, in)
		if err != nil {
			return err
		}
		if err := tx.InsertInvitation(ctx, &i); err != nil {
			return err
		}
		if i.Email != "" {
			if err := r.queue(ctx, tx, actor, model.Mail{Kind: model.InvitationMail, InvitationID: i.ID}); err != nil {
				return err
			}
		}
		return r.audit(ctx, tx, actor, account, "invitation.create", i.Email, in.Group)
	})
	if err != nil {
		return i, "", err
	}
	url, err = r.hangOut(ctx, r.base(actor), &model.Link{Kind: model.InvitationLink, InvitationID: i.ID, ExpiresAt: i.ExpiresAt})
	r.done(ctx, "invitation made", actor)
	return i, url, err
}

func (r *Registry) checkInvitation(i *model.Invitation, in NewInvitation) (err error) {
	if in.Email != "" {
		if i.Email, err = model.ParseEmail(in.Email); err != nil {
			return err
		}
	}
	if in.Lifetime == 0 {
		in.Lifetime = invitationLifetime
	}
	if in.Lifetime < 0 || in.Lifetime > longestInvitation {
		return model.FieldErrorf("lifetime", "An invitation works for at most %d days.", int(longestInvitation.Hours()/24))
	}
	i.ExpiresAt = i.CreatedAt.Add(in.Lifetime)
	return nil
}

// mayInvite fails unless actor may invite into the group, and returns the account
// that the invitation is about.
func (r *Registry) mayInvite(ctx context.Context, tx *store.Store, actor model.Actor, i *model.Invitation, in NewInvitation) (account string, err error) {
	if in.Organization == "" {
		return "", requireOperator(actor)
	}
	a, g, err := r.ownGroup(ctx, tx, actor, in.Organization, in.Group)
	if model.CodeOf(err) == model.NotFound {
		return "", model.FieldErrorf("joins", "%s", model.MessageOf(err))
	}
	i.GroupID, i.Organization, i.Group = g.ID, a.Login, g.Name
	return a.Login, err
}

// MayInvite reports whether actor's person may invite anybody: to the site, or
// into groups of the organizations that are returned.
func (r *Registry) MayInvite(ctx context.Context, actor model.Actor) (site bool, orgs []model.Account, err error) {
	if err := requirePerson(actor); err != nil {
		return false, nil, err
	}
	orgs, err = r.Store.OrganizationsOwned(ctx, actor.UserID)
	return actor.IsAdmin, orgs, err
}

// Invitations lists the open invitations that actor's person made, and to an
// administrator those of everybody.
func (r *Registry) Invitations(ctx context.Context, actor model.Actor) ([]model.Invitation, error) {
	if err := requirePerson(actor); err != nil {
		return nil, err
	}
	madeBy := actor.UserID
	if actor.IsAdmin {
		madeBy = 0
	}
	return r.Store.Invitations(ctx, madeBy, r.Clock.Now())
}

// TakeBackInvitation ends an invitation that actor's person made, or as an
// administrator any.
func (r *Registry) TakeBackInvitation(ctx context.Context, actor model.Actor, id int64) error {
	if err := requirePerson(actor); err != nil {
		return err
	}
	return r.Store.InTx(ctx, func(tx *store.Store) error {
		i, err := tx.Invitation(ctx, id)
		if err != nil {
			return err
		}
		if i.MadeBy != actor.UserID && !actor.IsAdmin {
			return model.Errorf(model.NotFound, "Invitation %d does not exist.", id)
		}
		if err := tx.DeleteInvitation(ctx, id); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, i.Organization, "invitation.revoke", i.Email, i.Group)
	})
}
