package registry

import (
	"context"
	"io"

	"vivarium/app/blob"
	"vivarium/app/model"
	"vivarium/app/store"
)

// Incoming is an upload in one request, whose bytes arrive before all is known
// of it. Close it in every case.
type Incoming struct {
	r *Registry
	w *blob.Writer
}

// Receive opens an upload to a channel if actor may write to anything there;
// nothing of the body has to be read before. To what, only the body says.
func (r *Registry) Receive(ctx context.Context, actor model.Actor, channel string) (*Incoming, error) {
	a, err := r.account(ctx, r.Store, actor, channel)
	if err != nil {
		return nil, err
	}
	if err := r.requireSomeWrite(ctx, r.Store, actor, a); err != nil {
		return nil, err
	}
	w, err := r.Blobs.Create()
	return &Incoming{r, w}, err
}

// ReadFrom takes the file's bytes, up to the site's limit.
func (in *Incoming) ReadFrom(body io.Reader) (int64, error) { return in.r.fill(in.w, body) }

// Close drops the bytes unless they were published.
func (in *Incoming) Close() error { return in.w.Abort() }

// requireSomeWrite fails unless actor may write to at least one package of the
// account, or make one.
func (r *Registry) requireSomeWrite(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account) error {
	if err := r.enter(actor, account); err != nil {
		return err
	}
	all, err := rightsOn(ctx, tx, actor, account)
	if err != nil {
		return err
	}
	have := all.onAccount()
	if have < model.Write && actor.UserID != 0 {
		anywhere, err := tx.GrantedOnAny(ctx, actor.UserID, account.ID)
		if err != nil {
			return err
		}
		have = max(have, anywhere)
	}
	return decide(actor, have, model.Write, account.Login)
}
