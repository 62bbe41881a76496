package registry

import (
	"context"

	"vivarium/app/mail"
	"vivarium/app/model"
	"vivarium/app/store"
)

// nobody says that there is nobody to mail: the account is gone, or it is not
// about them any more, or they have had enough.
func nobody() error { return model.Errorf(model.NotFound, "There is nobody to mail.") }

// bounded are the kinds of mail that strangers can cause.
var bounded = map[model.MailKind]bool{
	model.ForgotUsernameMail: true, model.ResetMail: true, model.WelcomeMail: true, model.ConfirmMail: true, model.InvitationMail: true,
}

// address finds out whom a mail goes to and what it tells them, and makes the link
// that stands in it. It is NotFound when there is nobody.
func (r *Registry) address(ctx context.Context, m model.Mail) (to string, facts mail.Facts, err error) {
	facts = mail.Facts{Base: m.Base, Created: m.CreatedAt, Expires: m.ExpiresAt, RemoteAddr: m.RemoteAddr}
	link, err := r.tell(ctx, m, &to, &facts)
	if err != nil {
		return "", facts, err
	}
	if bounded[m.Kind] {
		if err := r.notTooMany(ctx, to, m.Kind); err != nil {
			return "", facts, err
		}
	}
	if link != nil {
		link.Email, link.ExpiresAt = to, facts.Expires
		facts.Link, err = r.hangOut(ctx, m.Base, link)
	}
	return to, facts, err
}

// tell fills in the addressee and what the mail says, and returns the link it is
// to have, or nil.
func (r *Registry) tell(ctx context.Context, m model.Mail, to *string, facts *mail.Facts) (*model.Link, error) {
	switch m.Kind {
	case model.ForgotUsernameMail:
		return nil, r.tellUsernames(ctx, m, to, facts)
	case model.InvitationMail:
		return r.tellInvitation(ctx, m, to, facts)
	}
	a, err := r.Store.AccountByID(ctx, m.AccountID)
	if err != nil {
		return nil, err
	}
	if a.Disabled {
		return nil, nobody()
	}
	*to, facts.Login = a.Email, a.Login
	switch m.Kind {
	case model.ResetMail:
		return &model.Link{Kind: model.ResetLink, AccountID: a.ID}, nil
	case model.WelcomeMail, model.ConfirmMail:
		if *to = m.Recipient; !awaits(a, m.Recipient) {
			return nil, nobody()
		}
		return &model.Link{Kind: model.ConfirmLink, AccountID: a.ID}, nil
	case model.EmailChangeMail:
		*to, facts.NewEmail = m.Recipient, m.Detail
	case model.GivenMail:
		facts.Password = m.Detail
	}
	if *to == "" {
		return nil, nobody()
	}
	return nil, nil
}

// tellUsernames lists all accounts of an address.
func (r *Registry) tellUsernames(ctx context.Context, m model.Mail, to *string, facts *mail.Facts) error {
	all, err := r.Store.AccountsByEmail(ctx, m.Recipient)
	if err != nil {
		return err
	}
	for _, a := range all {
		if !a.IsOrganization() && !a.Disabled {
			facts.Logins = append(facts.Logins, a.Login)
		}
	}
	if len(facts.Logins) == 0 {
		return nobody()
	}
	*to = m.Recipient
	return nil
}

func (r *Registry) tellInvitation(ctx context.Context, m model.Mail, to *string, facts *mail.Facts) (*model.Link, error) {
	i, err := r.Store.Invitation(ctx, m.InvitationID)
	if err != nil {
		return nil, err
	}
	*to, facts.Maker, facts.Organization, facts.Group, facts.Expires = i.Email, i.Maker, i.Organization, i.Group, i.ExpiresAt
	return &model.Link{Kind: model.InvitationLink, InvitationID: i.ID}, nil
}

// spread turns a request for a new password into a mail for each account that it
// may mean. Older ones that have not been sent are dropped: the newest link is
// the one that works.
func (r *Registry) spread(ctx context.Context, m model.Mail) error {
	candidates, err := r.loginCandidates(ctx, m.Recipient)
	if err != nil {
		return err
	}
	return r.Store.InTx(ctx, func(tx *store.Store) error {
		for _, a := range candidates {
			if a.Disabled || a.Email == "" {
				continue
			}
			if err := tx.DeleteWaitingMails(ctx, model.ResetMail, a.ID); err != nil {
				return err
			}
			reset := m
			reset.ID, reset.Kind, reset.AccountID, reset.Recipient, reset.Attempts, reset.NextAt = 0, model.ResetMail, a.ID, "", 0, m.CreatedAt
			if err := tx.InsertMail(ctx, &reset); err != nil {
				return err
			}
		}
		return tx.DeleteMail(ctx, m.ID)
	})
}
