package registry

import (
	"context"
	"crypto/sha256"
	"strings"

	"vivarium/app/model"
)

// Authenticate resolves what a program sent into an actor. Nothing sent is
// anonymous; anything that is not valid now is Unauthenticated. from carries the
// route's Door and where the request came from.
func (r *Registry) Authenticate(ctx context.Context, from model.Actor, c model.Credential) (model.Actor, error) {
	switch {
	case c.IsZero():
		return from, nil
	case c.Token != "":
		return r.tokenActor(ctx, from, c)
	}
	account, err := r.checkLogin(ctx, from, c.Login, c.Password)
	if model.CodeOf(err) == model.Invalid {
		return model.Actor{}, model.Errorf(model.Unauthenticated, "Wrong username or password.")
	}
	if err != nil {
		return model.Actor{}, err
	}
	return userActor(from, account), nil
}

func (r *Registry) tokenActor(ctx context.Context, from model.Actor, c model.Credential) (model.Actor, error) {
	refused := model.Errorf(model.Unauthenticated, "The access token is unknown, expired or revoked. Create a new one.")
	if !model.IsSecret(c.Token) {
		return model.Actor{}, refused
	}
	t, err := r.Store.TokenByHash(ctx, hashToken(c.Token))
	if model.CodeOf(err) == model.NotFound || err == nil && t.Expired(r.Clock.Now()) {
		return model.Actor{}, refused
	}
	if err != nil {
		return model.Actor{}, err
	}
	account, err := r.Store.AccountByID(ctx, t.AccountID)
	if err != nil {
		return model.Actor{}, err
	}
	if account.Disabled {
		return model.Actor{}, refused
	}
	actor := userActor(from, account)
	actor.TokenID, actor.TokenName, actor.Scopes = t.ID, t.Name, t.ScopeSet()
	if c.InPath {
		actor.Scopes = actor.Scopes.Within(model.PathScopes)
	}
	r.usage.used(t.ID, r.Clock.Now(), from.RemoteAddr+" "+from.Client)
	return actor, nil
}

// userActor is account acting for itself, with every scope.
func userActor(from model.Actor, account model.Account) model.Actor {
	from.AccountID, from.Login, from.Kind = account.ID, account.Login, account.Kind
	from.Scopes = model.AllScopes
	if !account.IsOrganization() {
		from.UserID, from.IsAdmin = account.ID, account.IsAdmin
	}
	return from
}

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
// the session has died: the account is gone or disabled, or its password changed.
func (r *Registry) SessionActor(ctx context.Context, from model.Actor, userID, authVersion int64, acting string) (model.Actor, error) {
	account, err := r.Store.AccountByID(ctx, userID)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return model.Actor{}, err
	}
	if err != nil || account.Disabled || account.AuthVersion != authVersion {
		return model.Actor{}, model.Errorf(model.Unauthenticated, "Your session has ended. Sign in again.")
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

// checkLogin finds the enabled user that name and password belong to.
func (r *Registry) checkLogin(ctx context.Context, from model.Actor, name, password string) (model.Account, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if err := r.attempts.check(name, from.RemoteAddr); err != nil {
		return model.Account{}, err
	}
	candidates, err := r.loginCandidates(ctx, name)
	if err != nil {
		return model.Account{}, err
	}
	for _, a := range candidates {
		if r.passwords.matches(a, password) && !a.Disabled && a.PasswordHash != "" {
			r.attempts.succeeded(name, from.RemoteAddr)
			return a, nil
		}
	}
	if len(candidates) == 0 {
		samePassword(password, "")
	}
	r.attempts.failed(name, from.RemoteAddr)
	return model.Account{}, model.Errorf(model.Invalid, "Wrong username or password.")
}

// maxSharedEmail bounds how many accounts of one address a sign-in tries.
const maxSharedEmail = 4

func (r *Registry) loginCandidates(ctx context.Context, name string) ([]model.Account, error) {
	if strings.Contains(name, "@") {
		list, err := r.Store.AccountsByEmail(ctx, name)
		users := list[:0]
		for _, a := range list {
			if !a.IsOrganization() && len(users) < maxSharedEmail {
				users = append(users, a)
			}
		}
		return users, err
	}
	a, err := r.Store.Account(ctx, name)
	if model.CodeOf(err) == model.NotFound || err == nil && a.IsOrganization() {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []model.Account{a}, nil
}

// hashToken is how a token is known at rest: its secret is random, so a plain
// SHA-256 is enough and can be looked up.
func hashToken(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
