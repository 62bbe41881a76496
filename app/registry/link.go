package registry

import (
	"context"
	"crypto/rand"
	"net/url"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// confirmLifetime is how long a link to confirm an address works.
const confirmLifetime = 24 * time.Hour

// linkPaths are the pages that links lead to; the secret comes after them.
var linkPaths = map[model.LinkKind]string{
	model.ResetLink:      "/reset-password/",
	model.ConfirmLink:    "/account/confirm-email/",
	model.InvitationLink: "/signup?invitation=",
}

// hangOut gives a link a secret and returns its URL. Of an account's links of one
// kind only the newest works.
func (r *Registry) hangOut(ctx context.Context, base string, l *model.Link) (string, error) {
	secret := rand.Text()
	l.Hash = hashToken(secret)
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		if l.AccountID != 0 {
			if err := tx.DeleteLinks(ctx, l.Kind, l.AccountID); err != nil {
				return err
			}
		}
		return tx.InsertLink(ctx, l)
	})
	return strings.TrimRight(base, "/") + linkPaths[l.Kind] + url.QueryEscape(secret), err
}

// follow returns the link that a secret opens, or Gone.
func (r *Registry) follow(ctx context.Context, tx *store.Store, kind model.LinkKind, secret string) (model.Link, error) {
	l, err := tx.Link(ctx, kind, hashToken(secret))
	if model.CodeOf(err) == model.NotFound || err == nil && l.Expired(r.Clock.Now()) {
		return l, model.Errorf(model.Gone, "This link does not work any more: it was used, it has expired, or a newer one was made.")
	}
	return l, err
}
