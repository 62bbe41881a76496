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
	if account.PasswordGiven {
		return model.Actor{}, model.Errorf(model.Unauthenticated, "This password was chosen for you. Sign in on the site with it once, and choose one of your own.")
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
		actor.HeaderScopes, actor.Scopes = actor.Scopes, actor.Scopes.Within(model.PathScopes)
	}
	r.usage.used(t.ID, r.Clock.Now(), from.RemoteAddr+" "+from.Client)
	return actor, nil
}

// userActor is account acting for itself, with every scope.
func userActor(from model.Actor, account model.Account) model.Actor {
	from.AccountID, from.Login, from.Kind = account.ID, account.Login, account.Kind
	from.Scopes = model.AllScopes
	if !account.IsOrganization() {
		from.UserID, from.IsAdmin, from.MustChoosePassword = account.ID, account.IsAdmin, account.PasswordGiven
	}
	return from
}

// checkLogin finds the enabled user that name and password belong to.
func (r *Registry) checkLogin(ctx context.Context, from model.Actor, name, password string) (model.Account, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if err := r.checkAttempts(ctx, name, from.RemoteAddr); err != nil {
		return model.Account{}, err
	}
	candidates, err := r.loginCandidates(ctx, name)
	if err != nil {
		return model.Account{}, err
	}
	for _, a := range candidates {
		same, err := r.passwords.matches(a, password)
		if err != nil {
			return model.Account{}, err
		}
		if same && !a.Disabled && a.PasswordHash != "" {
			r.attempts.succeeded(name, from.RemoteAddr)
			return a, nil
		}
	}
	// A name costs as much as an unknown one, an address as much as one that many
	// accounts have.
	for range costOf(name) - len(candidates) {
		if _, err := samePassword(password, ""); err != nil {
			return model.Account{}, err
		}
	}
	r.attempts.failed(name, from.RemoteAddr)
	r.usage.refused(candidates, from)
	return model.Account{}, model.Errorf(model.Invalid, "Wrong username or password.")
}

// maxSharedEmail bounds how many accounts of one address a sign-in tries: the
// oldest.
const maxSharedEmail = 2

// costOf is how many passwords a refused sign-in compares.
func costOf(name string) int {
	if isAddress(name) {
		return maxSharedEmail
	}
	return 1
}

func isAddress(name string) bool { return strings.Contains(name, "@") }

// loginCandidates lists the users that name means: the one of that login; of an
// address the one that confirmed it, or else the oldest that have it.
func (r *Registry) loginCandidates(ctx context.Context, name string) ([]model.Account, error) {
	if isAddress(name) {
		return r.holders(ctx, name)
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

func (r *Registry) holders(ctx context.Context, email string) ([]model.Account, error) {
	all, err := r.Store.AccountsByEmail(ctx, email)
	var users []model.Account
	for _, a := range all {
		if a.IsOrganization() {
			continue
		}
		if !a.EmailConfirmedAt.IsZero() {
			return []model.Account{a}, err
		}
		if len(users) < maxSharedEmail {
			users = append(users, a)
		}
	}
	return users, err
}

// hashToken is how a token is known at rest: its secret is random, so a plain
// SHA-256 is enough and can be looked up.
func hashToken(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
