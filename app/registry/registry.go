// Package registry holds the verbs of Vivarium: what an actor may do to
// accounts, tokens, packages, files, labels and indexes. Each verb authorizes,
// validates, changes the rows in one transaction, writes the audit line in it,
// and only returns when the served index shows the change. It alone decides who
// may do what, and it alone hashes tokens and passwords.
package registry

import (
	"context"
	"log/slog"
	"time"

	"vivarium/app/blob"
	"vivarium/app/channelindex"
	"vivarium/app/mail"
	"vivarium/app/model"
	"vivarium/app/outbound"
	"vivarium/app/store"
)

// Policy is what the configuration decides about the verbs.
type Policy struct {
	SignupOpen        bool
	Anonymous         bool // false: nothing is served without a credential
	DefaultAccess     model.Access
	PasswordMinLength int           // characters
	TokenLifetime     time.Duration // default life of a new token; 0: for ever
	TokenMaxLifetime  time.Duration // longest life; 0: no limit
	UploadSize        int64         // bytes of one file
	ExtraSubdirs      []string
	SignInAttempts    int // per account and address in ten minutes; 0: no limit
	TermsVersion      string
	ResetLifetime     time.Duration // of a link to choose a new password
	// Address is where the site is found, for links made by commands.
	Address string
	// Gravatar is where pictures of addresses are asked for, GravatarURL; empty:
	// nowhere.
	Gravatar string
}

// Parts is what a Registry is built from.
type Parts struct {
	Store *store.Store
	Blobs *blob.Disk
	Index *channelindex.Index
	Log   *slog.Logger
	Clock model.Clock
	// Mailer sends mail; nil: this site sends none.
	Mailer *mail.Sender
	// Outbound asks servers of others; only needed with Gravatar.
	Outbound *outbound.Client
	Policy
}

// Registry is the one place where things are decided and done. Its methods may
// be called by many goroutines at once.
type Registry struct {
	Parts
	passwords *passwordMemory
	attempts  *attemptLimiter
	requests  *requestLimiter
	usage     *usage
	holds     *holds
	drawn     *drawnNotebooks
	squares   chan struct{} // one photo is made small at a time
	gravatars *gravatars
}

// New builds a Registry from its parts.
func New(p Parts) *Registry {
	return &Registry{
		Parts:     p,
		passwords: newPasswordMemory(p.Clock),
		attempts:  newAttemptLimiter(p.Clock, p.SignInAttempts),
		requests:  newRequestLimiter(p.Clock, p.SignInAttempts),
		usage:     newUsage(),
		holds:     &holds{uploads: map[string]int{}},
		drawn:     &drawnNotebooks{},
		squares:   make(chan struct{}, 1),
		gravatars: newGravatars(),
	}
}

// Ready fails when the database cannot be read or the data folder not written.
func (r *Registry) Ready(ctx context.Context) error {
	if err := r.Store.Ping(ctx); err != nil {
		return err
	}
	return r.Blobs.Check()
}

// done logs a finished verb, one line each.
func (r *Registry) done(ctx context.Context, what string, actor model.Actor, args ...any) {
	r.Log.InfoContext(ctx, what, append([]any{"actor", actor.Name()}, args...)...)
}
