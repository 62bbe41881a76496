package registry

import (
	"context"
	"errors"

	"vivarium/app/model"
	"vivarium/app/store"
)

// SignUp is what a person fills in to make an account.
type SignUp struct {
	Login, Email, Password, Confirm string
	AcceptTerms                     bool
	// Invitation is the secret of an invitation, or empty.
	Invitation string
}

// SignUp makes an account for the person in front of the browser. It is Forbidden
// while sign-up is closed and there is no invitation; what can be corrected comes
// as field errors for username, email, password, confirm and terms, joined.
func (r *Registry) SignUp(ctx context.Context, actor model.Actor, in SignUp) (model.Account, error) {
	if err := r.admitSignUp(ctx, &in); err != nil {
		return model.Account{}, err
	}
	a, err := r.checkSignUp(ctx, in)
	if err != nil {
		return model.Account{}, err
	}
	a.TermsVersion, a.TermsAcceptedAt = r.TermsVersion, a.CreatedAt
	self := model.Actor{Login: a.Login, RemoteAddr: actor.RemoteAddr, Client: actor.Client, Base: actor.Base}
	return a, r.insertUser(ctx, self, &a, in.Password, false, func(tx *store.Store) error {
		if in.Invitation != "" {
			if err := r.acceptInvitation(ctx, tx, self, &a, in.Invitation); err != nil {
				return err
			}
		}
		if !a.EmailConfirmedAt.IsZero() {
			return nil
		}
		return r.queue(ctx, tx, self, model.Mail{Kind: model.WelcomeMail, AccountID: a.ID, Recipient: a.Email})
	})
}

// admitSignUp fails unless somebody may sign up; who is invited by mail does so
// with the address that was invited.
func (r *Registry) admitSignUp(ctx context.Context, in *SignUp) error {
	if in.Invitation == "" {
		if !r.SignupOpen {
			return model.Errorf(model.Forbidden, "Sign-up is closed here. Ask an administrator for an account.")
		}
		return nil
	}
	i, err := r.OpenInvitation(ctx, in.Invitation)
	if err == nil && i.Email != "" {
		in.Email = i.Email
	}
	return err
}

// checkSignUp returns the account that in describes, or all that is wrong with it.
func (r *Registry) checkSignUp(ctx context.Context, in SignUp) (model.Account, error) {
	var terms, same error
	if !in.AcceptTerms {
		terms = model.FieldErrorf("terms", "Accept the Terms and Conditions to sign up.")
	}
	if in.Password != in.Confirm {
		same = model.FieldErrorf("confirm", "The two passwords differ. Type the same one again.")
	}
	a, problems := r.newUser(NewUser{Login: in.Login, Email: in.Email, Password: in.Password})
	return a, errors.Join(problems, same, terms, r.loginFree(ctx, a.Login))
}

// CheckSignUp returns what is wrong with one field of a sign-up form that is still
// being filled in, or nothing. What others have stays unsaid, save for usernames,
// which are public.
func (r *Registry) CheckSignUp(ctx context.Context, in SignUp, field string) string {
	_, err := r.checkSignUp(ctx, in)
	return model.FieldsOf(err)[field]
}
