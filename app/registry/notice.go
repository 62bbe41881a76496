package registry

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"vivarium/app/model"
	"vivarium/app/store"
)

// The bounds of notices, and how long one is shown that does not say.
const (
	maxNotice      = 600 // characters, as anaconda-client has it
	maxNotices     = 200 // of one channel
	noticeLifetime = 30 * 24 * time.Hour
)

// Notices lists the notices of a channel, newest first, for its owners. An empty
// status means all.
func (r *Registry) Notices(ctx context.Context, actor model.Actor, channel string, status model.NoticeStatus) ([]model.Notice, error) {
	a, err := r.manage(ctx, r.Store, actor, channel)
	if err != nil {
		return nil, err
	}
	list, err := r.Store.Notices(ctx, a.ID)
	return slices.DeleteFunc(list, func(n model.Notice) bool { return status != "" && n.Status != status }), err
}

// Notice returns one notice of a channel, for its owners.
func (r *Registry) Notice(ctx context.Context, actor model.Actor, channel, uid string) (model.Notice, error) {
	_, n, err := r.ownNotice(ctx, r.Store, actor, channel, uid)
	return n, err
}

func (r *Registry) ownNotice(ctx context.Context, tx *store.Store, actor model.Actor, channel, uid string) (model.Account, model.Notice, error) {
	a, err := r.manage(ctx, tx, actor, channel)
	if err != nil {
		return a, model.Notice{}, err
	}
	n, err := tx.Notice(ctx, a.ID, uid)
	if model.CodeOf(err) == model.NotFound {
		err = model.Errorf(model.NotFound, "%s has no notice \"%s\".", a.Login, shorten(uid))
	}
	return a, n, err
}

// ShownNotices lists the notices that a channel shows now, newest first, and says when
// that last changed. Who may not see the channel gets none, no moment and no error, for
// installers ask before they sign in; an unknown channel is NotFound as it is elsewhere.
func (r *Registry) ShownNotices(ctx context.Context, actor model.Actor, channel string) ([]model.Notice, time.Time, error) {
	actor.Door = condaGet // the route is open, a closed channel is not
	a, err := r.account(ctx, r.Store, actor, channel)
	if err != nil {
		if model.CodeOf(err) == model.Unauthenticated || model.CodeOf(err) == model.Forbidden {
			err = nil
		}
		return nil, time.Time{}, err
	}
	list, err := r.Store.Notices(ctx, a.ID)
	now := r.Clock.Now()
	modified := noticesModified(a, list, now)
	return slices.DeleteFunc(list, func(n model.Notice) bool { return !n.Shown(now) }), modified, err
}

// noticesModified is when the newest of what a channel shows was written, or when
// something of it came to its end. A notice that is taken back leaves no moment behind,
// and a draft has none.
func noticesModified(a model.Account, list []model.Notice, now time.Time) time.Time {
	at := a.CreatedAt
	for _, n := range list {
		changed := n.UpdatedAt
		if !n.Shown(now) {
			changed = n.ExpiresAt
		}
		if n.Status == model.NoticePublished && changed.After(at) {
			at = changed
		}
	}
	return at
}

// NoticeChange says what of a notice changes; nil stays.
type NoticeChange struct {
	Message   *string
	Level     *model.NoticeLevel
	Status    *model.NoticeStatus
	ExpiresAt *time.Time
}

func (c NoticeChange) apply(n *model.Notice, now time.Time) error {
	if c.Message != nil {
		n.Message = oneLine(*c.Message)
	}
	if n.Message == "" || utf8.RuneCountInString(n.Message) > maxNotice {
		return model.FieldErrorf("message", "Write a message of 1 to %d characters.", maxNotice)
	}
	if c.Level != nil {
		n.Level = *c.Level
	}
	if c.Status != nil {
		n.Status = *c.Status
	}
	if c.ExpiresAt != nil {
		if n.ExpiresAt = c.ExpiresAt.UTC(); !n.ExpiresAt.After(now) {
			return model.FieldErrorf("expires_at", "The notice would have expired already. Give a moment in the future.")
		}
	}
	return nil
}

// CreateNotice writes a notice, for the owners of a channel: of level info, a
// draft, and for 30 days unless in says otherwise.
func (r *Registry) CreateNotice(ctx context.Context, actor model.Actor, channel string, in NoticeChange) (model.Notice, error) {
	now := r.Clock.Now()
	n := model.Notice{
		UID: newUUID(), Level: model.Info, Status: model.NoticeDraft, Author: actor.Name(), CreatedAt: now, UpdatedAt: now, ExpiresAt: now.Add(noticeLifetime),
	}
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manage(ctx, tx, actor, channel)
		if err != nil {
			return err
		}
		if err := in.apply(&n, now); err != nil {
			return err
		}
		n.AccountID = a.ID
		have, err := tx.Notices(ctx, a.ID)
		if err != nil {
			return err
		}
		if len(have) >= maxNotices {
			return model.Errorf(model.Conflict, "%s has %d notices, which is the most. Delete old ones first.", a.Login, maxNotices)
		}
		if err := tx.InsertNotice(ctx, &n); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "notice.create", a.Login, noticeDetail(n))
	})
	if err == nil {
		r.done(ctx, "notice created", actor, "account", channel, "notice", n.UID)
	}
	return n, err
}

// UpdateNotice changes a notice, for the owners of its channel.
func (r *Registry) UpdateNotice(ctx context.Context, actor model.Actor, channel, uid string, in NoticeChange) (model.Notice, error) {
	var n model.Notice
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		var a model.Account
		if a, n, err = r.ownNotice(ctx, tx, actor, channel, uid); err != nil {
			return err
		}
		before := n
		if err := in.apply(&n, r.Clock.Now()); err != nil || n == before {
			return err
		}
		n.UpdatedAt = r.Clock.Now()
		if err := tx.UpdateNotice(ctx, &n, "message", "level", "status", "updated_at", "expires_at"); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "notice.update", a.Login, noticeDetail(n))
	})
	if err == nil {
		r.done(ctx, "notice changed", actor, "account", channel, "notice", uid)
	}
	return n, err
}

// DeleteNotice removes a notice, for the owners of its channel.
func (r *Registry) DeleteNotice(ctx context.Context, actor model.Actor, channel, uid string) error {
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, n, err := r.ownNotice(ctx, tx, actor, channel, uid)
		if err != nil {
			return err
		}
		if err := tx.DeleteNotice(ctx, n.ID); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "notice.delete", a.Login, noticeDetail(n))
	})
	if err == nil {
		r.done(ctx, "notice deleted", actor, "account", channel, "notice", uid)
	}
	return err
}

func noticeDetail(n model.Notice) string {
	return fmt.Sprintf("%s %s %s until %s: %s", n.UID, n.Status, n.Level, n.ExpiresAt.Format(time.RFC3339), n.Message)
}

// newUUID returns a random UUID (RFC 9562, version 4).
func newUUID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
