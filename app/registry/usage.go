package registry

import (
	"context"
	"fmt"
	"sync"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// usage gathers download counts and last uses of tokens in memory, because each
// alone would cost a commit. Flush writes them.
type usage struct {
	mu        sync.Mutex
	downloads map[int64]int64
	tokens    map[int64]tokenUse
	refusals  map[refusal]int
	denials   map[denial]int
}

// refusal is somebody who tried to sign in as a user, with a wrong password.
type refusal struct{ login, remoteAddr, client string }

type tokenUse struct {
	at   time.Time
	from string
}

func newUsage() *usage {
	return &usage{downloads: map[int64]int64{}, tokens: map[int64]tokenUse{}, refusals: map[refusal]int{}, denials: map[denial]int{}}
}

func (u *usage) downloaded(fileID int64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.downloads[fileID]++
}

func (u *usage) used(tokenID int64, at time.Time, from string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.tokens[tokenID] = tokenUse{at, from}
}

// maxRefusals bounds how many kinds of refusal are gathered; a flood of them is in
// the request log.
const maxRefusals = 1000

// refused notes a wrong password for users. It is written later, so that a refusal
// takes no longer for a name that exists.
func (u *usage) refused(users []model.Account, from model.Actor) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, a := range users {
		if len(u.refusals) < maxRefusals {
			u.refusals[refusal{a.Login, from.RemoteAddr, cut(from.Client, maxClient)}]++
		}
	}
}

// take returns what was gathered since the last call.
func (u *usage) take() *usage {
	u.mu.Lock()
	defer u.mu.Unlock()
	taken := &usage{downloads: u.downloads, tokens: u.tokens, refusals: u.refusals, denials: u.denials}
	empty := newUsage()
	u.downloads, u.tokens, u.refusals, u.denials = empty.downloads, empty.tokens, empty.refusals, empty.denials
	return taken
}

// Flush writes the download counts, last uses, wrong passwords and denied requests
// gathered since the last call in one transaction. What a crash loses is bookkeeping, never a
// file.
func (r *Registry) Flush(ctx context.Context) error {
	taken := r.usage.take()
	if len(taken.downloads)+len(taken.tokens)+len(taken.refusals)+len(taken.denials) == 0 {
		return nil
	}
	return r.Store.InTx(ctx, func(tx *store.Store) error {
		for id, use := range taken.tokens {
			if err := tx.TouchToken(ctx, id, use.at, use.from); err != nil {
				return err
			}
		}
		for of, n := range taken.refusals {
			if err := r.auditRefusal(ctx, tx, of, n); err != nil {
				return err
			}
		}
		for of, n := range taken.denials {
			if err := r.auditDenial(ctx, tx, of, n); err != nil {
				return err
			}
		}
		return tx.AddDownloads(ctx, taken.downloads, r.Clock.Now())
	})
}

func (r *Registry) auditRefusal(ctx context.Context, tx *store.Store, of refusal, n int) error {
	detail := "wrong password"
	if n > 1 {
		detail = fmt.Sprintf("%d wrong passwords", n)
	}
	from := model.Actor{RemoteAddr: of.remoteAddr, Client: of.client}
	return r.audit(ctx, tx, from, of.login, "session.refuse", of.login, detail)
}
