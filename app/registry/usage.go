package registry

import (
	"context"
	"sync"
	"time"

	"vivarium/app/store"
)

// usage gathers download counts and last uses of tokens in memory, because each
// alone would cost a commit. Flush writes them.
type usage struct {
	mu        sync.Mutex
	downloads map[int64]int64
	tokens    map[int64]tokenUse
}

type tokenUse struct {
	at   time.Time
	from string
}

func newUsage() *usage {
	return &usage{downloads: map[int64]int64{}, tokens: map[int64]tokenUse{}}
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

func (u *usage) take() (downloads map[int64]int64, tokens map[int64]tokenUse) {
	u.mu.Lock()
	defer u.mu.Unlock()
	downloads, tokens = u.downloads, u.tokens
	u.downloads, u.tokens = map[int64]int64{}, map[int64]tokenUse{}
	return downloads, tokens
}

// Flush writes the download counts and last uses gathered since the last call in
// one transaction. What a crash loses is bookkeeping, never a file.
func (r *Registry) Flush(ctx context.Context) error {
	downloads, tokens := r.usage.take()
	if len(downloads) == 0 && len(tokens) == 0 {
		return nil
	}
	return r.Store.InTx(ctx, func(tx *store.Store) error {
		for id, use := range tokens {
			if err := tx.TouchToken(ctx, id, use.at, use.from); err != nil {
				return err
			}
		}
		return tx.AddDownloads(ctx, downloads)
	})
}
