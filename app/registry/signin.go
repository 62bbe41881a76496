package registry

import (
	"context"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// SignIn checks a username or e-mail address and a password for a browser. A
// wrong one is Invalid, in the same words and time whether the account exists or
// not; too many are TooMany.
func (r *Registry) SignIn(ctx context.Context, from model.Actor, name, password string) (model.Account, error) {
	account, err := r.checkLogin(ctx, from, name, password)
	if err != nil {
		return model.Account{}, err
	}
	r.done(ctx, "signed in", model.Actor{Login: account.Login}, "remote", from.RemoteAddr)
	return account, r.audit(ctx, r.Store, userActor(from, account), account.Login, "session.create", account.Login, "")
}

// SessionActor is who a browser session of userID acts as now: the person, or
// the organization acting when the person owns it. It is Unauthenticated when
// the session has died: the account is gone or disabled, its password changed, or
// from's browser was signed out from elsewhere.
func (r *Registry) SessionActor(ctx context.Context, from model.Actor, userID, authVersion int64, acting string) (model.Actor, error) {
	account, err := r.Store.AccountByID(ctx, userID)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return model.Actor{}, err
	}
	if err != nil || account.Disabled || account.AuthVersion != authVersion {
		return model.Actor{}, model.Errorf(model.Unauthenticated, "Your session has ended. Sign in again.")
	}
	if err := r.stillSignedIn(ctx, userID, from.SignInID); err != nil {
		return model.Actor{}, err
	}
	actor := userActor(from, account)
	if acting == "" || acting == account.Login {
		return actor, nil
	}
	org, err := r.Store.Account(ctx, acting)
	if model.CodeOf(err) == model.NotFound {
		return actor, nil
	}
	if err != nil {
		return model.Actor{}, err
	}
	if owner, err := owns(ctx, r.Store, actor, org); err != nil || !owner {
		return actor, err
	}
	actor.AccountID, actor.Login, actor.Kind = org.ID, org.Login, org.Kind
	return actor, nil
}

func (r *Registry) stillSignedIn(ctx context.Context, userID, signIn int64) error {
	if signIn == 0 {
		return nil
	}
	_, err := r.Store.SignIn(ctx, userID, signIn)
	if model.CodeOf(err) == model.NotFound {
		return model.Errorf(model.Unauthenticated, "Your session has ended. Sign in again.")
	}
	return err
}

// BeginSession notes that a browser signed in as a user, and returns the id by
// which SessionActor knows it.
func (r *Registry) BeginSession(ctx context.Context, from model.Actor, userID int64) (int64, error) {
	now := r.Clock.Now()
	in := model.SignIn{UserID: userID, Client: cut(from.Client, maxClient), RemoteAddr: from.RemoteAddr, CreatedAt: now, SeenAt: now}
	err := r.Store.InsertSignIn(ctx, &in)
	return in.ID, err
}

// TouchSession notes that the browser of actor was seen.
func (r *Registry) TouchSession(ctx context.Context, actor model.Actor) error {
	return r.Store.TouchSignIn(ctx, actor.SignInID, r.Clock.Now(), actor.RemoteAddr)
}

// Sessions lists the browsers in which actor's person is signed in and was seen
// within the given time.
func (r *Registry) Sessions(ctx context.Context, actor model.Actor, within time.Duration) ([]model.SignIn, error) {
	if err := requirePerson(actor); err != nil {
		return nil, err
	}
	return r.Store.SignIns(ctx, actor.UserID, r.Clock.Now().Add(-within))
}

// EndSession signs a browser of actor's person out; one that is gone is not
// missed. actor's own is ended without a line in the log.
func (r *Registry) EndSession(ctx context.Context, actor model.Actor, id int64) error {
	if err := requirePerson(actor); err != nil {
		return err
	}
	return r.Store.InTx(ctx, func(tx *store.Store) error {
		in, err := tx.SignIn(ctx, actor.UserID, id)
		if model.CodeOf(err) == model.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		if err := tx.DeleteSignIn(ctx, actor.UserID, id); err != nil || id == actor.SignInID {
			return err
		}
		return r.audit(ctx, tx, actor, actor.Login, "session.end", actor.Login, in.Client)
	})
}

// EndOtherSessions signs every browser of actor's person out but actor's own, and
// returns how many there were.
func (r *Registry) EndOtherSessions(ctx context.Context, actor model.Actor) (n int, err error) {
	if err := requirePerson(actor); err != nil {
		return 0, err
	}
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		if n, err = tx.DeleteOtherSignIns(ctx, actor.UserID, actor.SignInID); err != nil || n == 0 {
			return err
		}
		return r.audit(ctx, tx, actor, actor.Login, "session.end-others", actor.Login, "")
	})
	return n, err
}

// requirePerson fails unless actor is somebody who signed in with a password: no
// token touches what protects an account.
func requirePerson(actor model.Actor) error {
	switch {
	case actor.Anonymous():
		return signInFirst()
	case actor.UserID == 0 || actor.TokenID != 0:
		return model.Errorf(model.Forbidden, "Sign in with your password for that.")
	}
	return nil
}
