package registry

import (
	"context"
	"fmt"

	"vivarium/app/model"
	"vivarium/app/store"
)

// ChannelSettings is what an owner decides about a channel.
type ChannelSettings struct {
	Closed        bool
	Immutable     bool
	DefaultAccess model.Access // of new packages; empty: the site's
}

// ChannelSettings returns the settings of a channel, for its owners.
func (r *Registry) ChannelSettings(ctx context.Context, actor model.Actor, channel string) (ChannelSettings, error) {
	a, err := r.manage(ctx, r.Store, actor, channel)
	return settingsOf(a), err
}

func settingsOf(a model.Account) ChannelSettings {
	return ChannelSettings{Closed: a.Closed, Immutable: a.Immutable, DefaultAccess: a.DefaultAccess}
}

// ChannelChange says what of a channel's settings changes; nil stays.
type ChannelChange struct {
	Closed        *bool
	Immutable     *bool
	DefaultAccess *model.Access
}

// UpdateChannel changes a channel's settings, for its owners.
func (r *Registry) UpdateChannel(ctx context.Context, actor model.Actor, channel string, in ChannelChange) (ChannelSettings, error) {
	var a model.Account
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if a, err = r.manage(ctx, tx, actor, channel); err != nil {
			return err
		}
		if in.Closed != nil {
			a.Closed = *in.Closed
		}
		if in.Immutable != nil {
			a.Immutable = *in.Immutable
		}
		if in.DefaultAccess != nil {
			a.DefaultAccess = *in.DefaultAccess
		}
		if err := tx.UpdateAccount(ctx, &a, "closed", "immutable", "default_access"); err != nil {
			return err
		}
		if err := r.indexPackages(ctx, tx, a.ID); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "channel.settings", a.Login, fmt.Sprintf("closed %v, immutable %v, default access %q", a.Closed, a.Immutable, a.DefaultAccess))
	})
	if err == nil {
		r.done(ctx, "channel changed", actor, "account", a.Login)
	}
	return settingsOf(a), err
}
