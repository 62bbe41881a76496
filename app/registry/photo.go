package registry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"vivarium/app/format/photo"
	"vivarium/app/model"
	"vivarium/app/store"
)

// SetPhoto makes a picture that was sent the account's own. What is kept of it are
// its pixels, made small. It fails with field errors on what is no picture.
func (r *Registry) SetPhoto(ctx context.Context, actor model.Actor, login string, sent []byte) error {
	if _, err := r.manage(ctx, r.Store, actor, login); err != nil {
		return err
	}
	image, err := r.square(ctx, sent)
	if err != nil {
		return err
	}
	p := newPhoto(image)
	return r.changePhoto(ctx, actor, login, p.SHA256, func(tx *store.Store, id int64) error {
		p.AccountID = id
		return tx.SetPhoto(ctx, &p)
	})
}

// RemovePhoto goes back to the picture that is drawn from the account's name.
func (r *Registry) RemovePhoto(ctx context.Context, actor model.Actor, login string) error {
	return r.changePhoto(ctx, actor, login, "", func(tx *store.Store, id int64) error { return tx.DeletePhoto(ctx, id) })
}

func (r *Registry) changePhoto(ctx context.Context, actor model.Actor, login, digest string, change func(*store.Store, int64) error) error {
	if actor.TokenID != 0 {
		return model.Errorf(model.Forbidden, "That takes a person: sign in with a password.")
	}
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manage(ctx, tx, actor, login)
		if err != nil {
			return err
		}
		if err := change(tx, a.ID); err != nil {
			return err
		}
		detail := ""
		if a.Photo = digest; digest == "" {
			detail = "removed"
		}
		if err := tx.UpdateAccount(ctx, &a, "photo"); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "account.photo", a.Login, detail)
	})
	if err == nil {
		r.done(ctx, "photo changed", actor, "account", login)
	}
	return err
}

// square makes the picture small, one at a time: a large one takes much memory.
func (r *Registry) square(ctx context.Context, sent []byte) ([]byte, error) {
	select {
	case r.squares <- struct{}{}:
		defer func() { <-r.squares }()
		return photo.Square(sent)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func newPhoto(image []byte) model.Photo {
	sum := sha256.Sum256(image)
	return model.Photo{SHA256: hex.EncodeToString(sum[:]), Image: image}
}

// Photo returns the picture of an account: the one it sent, else the one that
// belongs to its address elsewhere, if this site asks for those. It is NotFound when
// there is none, or the account may not be seen.
func (r *Registry) Photo(ctx context.Context, actor model.Actor, login string) (model.Photo, error) {
	a, err := r.account(ctx, r.Store, actor, login)
	if err != nil {
		return model.Photo{}, err
	}
	p, err := r.Store.Photo(ctx, a.ID)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return p, err
	}
	if a.Photo == "" {
		p = r.gravatar(ctx, a, p)
	}
	if len(p.Image) == 0 {
		return p, model.Errorf(model.NotFound, "%s has no photo.", a.Login)
	}
	return p, nil
}
