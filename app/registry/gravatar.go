package registry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"vivarium/app/format/photo"
	"vivarium/app/model"
	"vivarium/app/outbound"
	"vivarium/app/store"
)

// GravatarURL is where pictures of addresses are kept.
const GravatarURL = "https://www.gravatar.com/avatar/"

// How long what was fetched stays, and how long nothing is asked after a failure.
const (
	gravatarLifetime = 24 * time.Hour
	gravatarPause    = time.Minute
)

// NewGravatarClient is what fetches pictures of addresses.
func NewGravatarClient() *outbound.Client {
	return outbound.New(outbound.Options{Timeout: 4 * time.Second, MaxBytes: photo.MaxBytes})
}

// gravatars bounds what is asked: each address once, a few at a time, and nothing for
// a while when the last answer was none.
type gravatars struct {
	slots  chan struct{}
	mu     sync.Mutex
	asking map[int64]bool
	rests  time.Time // until when nothing is asked
}

func newGravatars() *gravatars {
	return &gravatars{slots: make(chan struct{}, 4), asking: map[int64]bool{}}
}

// gravatar returns the picture of an account's address, the zero value when it has
// none or none may be asked for. Kept is what was fetched before.
func (r *Registry) gravatar(ctx context.Context, a model.Account, kept model.Photo) model.Photo {
	if r.Gravatar == "" || a.Email == "" {
		return model.Photo{}
	}
	digest := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(a.Email))))
	address := hex.EncodeToString(digest[:])
	if kept.FetchedFor != address {
		kept = model.Photo{}
	}
	if now := r.Clock.Now(); now.Before(kept.FetchedAt.Add(gravatarLifetime)) || !r.gravatars.begin(a.ID, now) {
		return kept
	}
	defer r.gravatars.end(a.ID)
	p, err := r.fetchGravatar(ctx, address)
	if err != nil {
		r.gravatars.pause(r.Clock.Now().Add(gravatarPause))
		r.Log.WarnContext(ctx, "photo not fetched", "account", a.Login, "error", err)
		return kept
	}
	p.AccountID, p.FetchedFor, p.FetchedAt = a.ID, address, r.Clock.Now()
	if err := r.keepFetched(ctx, &p); err != nil {
		r.Log.WarnContext(ctx, "fetched photo not kept", "account", a.Login, "error", err)
	}
	return p
}

// keepFetched keeps a picture unless the account has sent one meanwhile.
func (r *Registry) keepFetched(ctx context.Context, p *model.Photo) error {
	return r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := tx.AccountByID(ctx, p.AccountID)
		if err != nil || a.Photo != "" {
			return err
		}
		return tx.SetPhoto(ctx, p)
	})
}

// fetchGravatar asks for the picture of an address by its digest. One that is not
// there, or is no picture, is empty.
func (r *Registry) fetchGravatar(ctx context.Context, address string) (model.Photo, error) {
	// The picture is for whoever looks next, too: it does not end with this visitor.
	ctx = context.WithoutCancel(ctx)
	query := url.Values{"s": {strconv.Itoa(photo.Side)}, "d": {"404"}}
	sent, err := r.Outbound.Get(ctx, r.Gravatar+address+"?"+query.Encode())
	if model.CodeOf(err) == model.NotFound {
		return newPhoto([]byte{}), nil
	}
	if err != nil {
		return model.Photo{}, err
	}
	image, err := r.square(ctx, sent)
	if model.CodeOf(err) == model.Invalid {
		return newPhoto([]byte{}), nil
	}
	return newPhoto(image), err
}

// begin reports whether the picture of an account may be asked for; end follows.
func (g *gravatars) begin(account int64, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.asking[account] || now.Before(g.rests) {
		return false
	}
	select {
	case g.slots <- struct{}{}:
		g.asking[account] = true
		return true
	default:
		return false
	}
}

func (g *gravatars) end(account int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	<-g.slots
	delete(g.asking, account)
}

func (g *gravatars) pause(until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.rests = until
}
