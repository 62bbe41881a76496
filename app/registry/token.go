package registry

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// maxTokenName bounds a token's name, in bytes.
const maxTokenName = 255

// NewToken says what token is wanted.
type NewToken struct {
	Name     string
	Scopes   []string      // none: all
	Lifetime time.Duration // 0: the site's default
	Forever  bool          // no expiry, where the site allows it
	Weak     bool          // shorter, for hands that have to type it
	NoteURL  string
	Hostname string
	// Replace ends a token of the same name instead of failing with Conflict.
	Replace bool
}

// CreateToken makes a token that acts as owner and returns its secret, which
// nobody can see again. It needs a password, a page or the operator: a token
// makes no tokens.
func (r *Registry) CreateToken(ctx context.Context, actor model.Actor, owner string, in NewToken) (string, model.Token, error) {
	if actor.TokenID != 0 {
		return "", model.Token{}, model.Errorf(model.Forbidden, "A token cannot create tokens. Sign in with a password.")
	}
	t, err := r.newToken(actor, in)
	if err != nil {
		return "", model.Token{}, err
	}
	secret, err := model.NewSecret(rand.Reader, in.Weak)
	if err != nil {
		return "", model.Token{}, fmt.Errorf("draw a token: %w", err)
	}
	t.Hash = hashToken(secret)
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manage(ctx, tx, actor, owner)
		if err != nil {
			return err
		}
		return r.insertToken(ctx, tx, actor, a, &t, in.Replace)
	})
	if err != nil {
		return "", model.Token{}, err
	}
	r.done(ctx, "token created", actor, "account", owner, "token", t.Name)
	return secret, t, nil
}

func (r *Registry) newToken(actor model.Actor, in NewToken) (model.Token, error) {
	name := strings.TrimSpace(in.Name)
	if name == "" || len(name) > maxTokenName || !model.PlainLine(name) {
		return model.Token{}, model.FieldErrorf("name", "Give the token a name of at most %d characters, without control characters.", maxTokenName)
	}
	scopes, err := model.ParseScopes(in.Scopes)
	if err != nil {
		return model.Token{}, err
	}
	now := r.Clock.Now()
	expires, err := r.expiry(now, in)
	if err != nil {
		return model.Token{}, err
	}
	return model.Token{
		Name: name, Scopes: scopes.String(), NoteURL: shorten(in.NoteURL), Hostname: shorten(in.Hostname), RemoteAddr: actor.RemoteAddr,
		CreatedBy: actor.UserID, CreatedAt: now, ExpiresAt: expires,
	}, nil
}

// expiry returns when a token made now dies; zero is never.
func (r *Registry) expiry(now time.Time, in NewToken) (time.Time, error) {
	life := in.Lifetime
	if life == 0 && !in.Forever {
		life = r.TokenLifetime
	}
	limit := r.TokenMaxLifetime
	switch {
	case life < 0:
		return time.Time{}, model.FieldErrorf("expires", "A token's life must be longer than nothing.")
	case limit > 0 && (life == 0 || life > limit):
		return time.Time{}, model.FieldErrorf("expires", "Tokens live at most %d days here.", int(limit.Hours()/24))
	case life == 0:
		return time.Time{}, nil
	}
	return now.Add(life), nil
}

func (r *Registry) insertToken(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, t *model.Token, replace bool) error {
	t.AccountID = a.ID
	if old, err := tx.Token(ctx, a.ID, t.Name); err == nil {
		if !replace {
			return &model.Error{Code: model.Conflict, Field: "name", Message: fmt.Sprintf("A token named %q already exists. Revoke it first, or choose another name.", t.Name)}
		}
		if err := r.dropToken(ctx, tx, actor, a, old); err != nil {
			return err
		}
	} else if model.CodeOf(err) != model.NotFound {
		return err
	}
	if err := tx.InsertToken(ctx, t); err != nil {
		return err
	}
	return r.audit(ctx, tx, actor, a.Login, "token.create", t.Name, t.Scopes)
}

// manage returns the account owner if actor administers it.
func (r *Registry) manage(ctx context.Context, tx *store.Store, actor model.Actor, owner string) (model.Account, error) {
	a, err := r.account(ctx, tx, actor, owner)
	if err != nil {
		return a, err
	}
	return a, r.requireAccount(ctx, tx, actor, a, model.Admin)
}

// Tokens lists an account's tokens, newest first.
func (r *Registry) Tokens(ctx context.Context, actor model.Actor, owner string) ([]model.Token, error) {
	a, err := r.manage(ctx, r.Store, actor, owner)
	if err != nil {
		return nil, err
	}
	return r.Store.Tokens(ctx, a.ID)
}

// ExpiringTokens lists an account's tokens that end within two weeks, the first to
// end first.
func (r *Registry) ExpiringTokens(ctx context.Context, actor model.Actor, owner string) ([]model.Token, error) {
	all, err := r.Tokens(ctx, actor, owner)
	now := r.Clock.Now()
	soon := slices.DeleteFunc(all, func(t model.Token) bool { return !t.ExpiresSoon(now) })
	slices.SortStableFunc(soon, func(a, b model.Token) int { return a.ExpiresAt.Compare(b.ExpiresAt) })
	return soon, err
}

// RevokeToken ends the token of that name: the next request with it is refused.
func (r *Registry) RevokeToken(ctx context.Context, actor model.Actor, owner, name string) error {
	return r.revoke(ctx, actor, owner, func(tx *store.Store, accountID int64) (model.Token, error) {
		return tx.Token(ctx, accountID, name)
	})
}

// RevokeTokenByID ends a token of owner; another account's is NotFound.
func (r *Registry) RevokeTokenByID(ctx context.Context, actor model.Actor, owner string, id int64) error {
	return r.revoke(ctx, actor, owner, func(tx *store.Store, accountID int64) (model.Token, error) {
		return tx.TokenByID(ctx, accountID, id)
	})
}

// TokenByID returns a token of owner; another account's is NotFound.
func (r *Registry) TokenByID(ctx context.Context, actor model.Actor, owner string, id int64) (model.Token, error) {
	a, err := r.manage(ctx, r.Store, actor, owner)
	if err != nil {
		return model.Token{}, err
	}
	return r.Store.TokenByID(ctx, a.ID, id)
}

func (r *Registry) revoke(ctx context.Context, actor model.Actor, owner string, find func(*store.Store, int64) (model.Token, error)) error {
	var t model.Token
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manage(ctx, tx, actor, owner)
		if err != nil {
			return err
		}
		if t, err = find(tx, a.ID); err != nil {
			return err
		}
		return r.dropToken(ctx, tx, actor, a, t)
	})
	if err != nil {
		return err
	}
	r.done(ctx, "token revoked", actor, "account", owner, "token", t.Name)
	return nil
}

func (r *Registry) dropToken(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, t model.Token) error {
	if err := tx.DeleteToken(ctx, t.ID); err != nil {
		return err
	}
	return r.audit(ctx, tx, actor, a.Login, "token.revoke", t.Name, "")
}

// CurrentToken returns the token that actor came with.
func (r *Registry) CurrentToken(ctx context.Context, actor model.Actor) (model.Token, error) {
	if actor.TokenID == 0 {
		return model.Token{}, model.Errorf(model.Unauthenticated, "Send the access token you want to know about.")
	}
	return r.Store.TokenByID(ctx, actor.AccountID, actor.TokenID)
}

// EndToken ends the token that actor came with, whatever its scopes.
func (r *Registry) EndToken(ctx context.Context, actor model.Actor) error {
	t, err := r.CurrentToken(ctx, actor)
	if err != nil {
		return err
	}
	return r.Store.InTx(ctx, func(tx *store.Store) error {
		return r.dropToken(ctx, tx, actor, model.Account{Login: actor.Login}, t)
	})
}
