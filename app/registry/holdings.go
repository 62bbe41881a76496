package registry

import (
	"context"

	"vivarium/app/model"
)

// Holdings counts what an account has and what would go with it, for who
// administers it.
func (r *Registry) Holdings(ctx context.Context, actor model.Actor, login string) (model.Holdings, error) {
	a, err := r.manage(ctx, r.Store, actor, login)
	if err != nil {
		return model.Holdings{}, err
	}
	return r.Store.Holdings(ctx, a.ID)
}
