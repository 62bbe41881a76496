package registry

import (
	"context"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Collected counts what CollectGarbage removed.
type Collected struct {
	Blobs, Stages, Sessions, Temporary int
	Bytes                              int64
}

// MinGrace is the shortest grace of CollectGarbage: longer than any upload has
// between its bytes and its row.
const MinGrace = time.Hour

// CollectGarbage removes what nothing refers to and is older than grace: bytes
// without a row, uploads that were never finished, temporary files; and sessions
// that have expired.
func (r *Registry) CollectGarbage(ctx context.Context, actor model.Actor, grace time.Duration) (Collected, error) {
	var c Collected
	if err := requireOperator(actor); err != nil {
		return c, err
	}
	if grace < MinGrace {
		return c, model.Errorf(model.Invalid, "The grace must be at least %s: an upload may be under way.", MinGrace)
	}
	release, ok, err := r.Blobs.MayRemove()
	if err != nil {
		return c, err
	}
	if !ok {
		return c, model.Errorf(model.Conflict, "A backup is being made. Garbage can be collected when it has ended.")
	}
	defer func() { _ = release() }() // it ends with the process at the latest
	before := r.Clock.Now().Add(-grace)
	// What takes no room comes first, to make some when there is none.
	if c.Temporary, c.Bytes, err = r.Blobs.SweepTemporary(before); err != nil {
		return c, err
	}
	stages := r.collectStages(ctx, before, &c)
	if stages != nil && model.CodeOf(stages) != model.Full {
		return c, stages
	}
	if err := r.collectBlobs(ctx, before, &c); err != nil {
		return c, err
	}
	if stages != nil { // there may be room now
		if err := r.collectStages(ctx, before, &c); err != nil {
			return c, err
		}
	}
	if c.Sessions, err = r.Store.DeleteExpiredSessions(ctx, r.Clock.Now()); err != nil {
		return c, err
	}
	if err := r.collectAccounts(ctx); err != nil {
		return c, err
	}
	r.done(ctx, "garbage collected", actor, "blobs", c.Blobs, "size_bytes", c.Bytes)
	return c, r.audit(ctx, r.Store, actor, "", "site.gc", "", "")
}

func (r *Registry) collectStages(ctx context.Context, before time.Time, c *Collected) error {
	stages, err := r.Store.StagesBefore(ctx, before)
	if err != nil {
		return err
	}
	for _, st := range stages {
		if err := r.discard(ctx, r.hold(), st); err != nil {
			return err
		}
		c.Stages++
	}
	return nil
}

func (r *Registry) collectBlobs(ctx context.Context, before time.Time, c *Collected) error {
	for e, err := range r.Blobs.All(ctx) {
		if err != nil {
			return err
		}
		if !e.ModTime.Before(before) {
			continue
		}
		err = r.Store.InTx(ctx, func(tx *store.Store) error {
			used, err := tx.BlobInUse(ctx, e.SHA256)
			if err != nil || used {
				return err
			}
			c.Blobs++
			c.Bytes += e.Size
			return r.Blobs.Remove(e.SHA256)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// signInMemory is for how long a browser that was not seen is remembered: longer
// than any session lives.
const signInMemory = 100 * 24 * time.Hour

// collectAccounts forgets what accounts left behind: dead links and invitations,
// mail that was sent, browsers that never came back.
func (r *Registry) collectAccounts(ctx context.Context) error {
	now := r.Clock.Now()
	if err := r.Store.DeleteExpiredLinks(ctx, now); err != nil {
		return err
	}
	if err := r.Store.DeleteSentMails(ctx, now.Add(-24*time.Hour)); err != nil {
		return err
	}
	return r.Store.DeleteOldSignIns(ctx, now.Add(-signInMemory))
}
