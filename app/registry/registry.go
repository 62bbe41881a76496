// Package registry holds the verbs of Vivarium: what an actor may do to
// accounts, tokens, packages, files, labels and indexes. Each verb authorizes,
// validates, changes the rows in one transaction, writes the audit line in it,
// and only returns when the served index shows the change. It alone decides who
// may do what, and it alone hashes tokens and passwords.
package registry

import (
	"log/slog"
	"time"

	"vivarium/app/blob"
	"vivarium/app/channelindex"
	"vivarium/app/model"
	"vivarium/app/store"
)

// Policy is what the configuration decides about the verbs.
type Policy struct {
	SignupOpen        bool
	Anonymous         bool // false: nothing is served without a credential
	DefaultAccess     model.Access
	PasswordMinLength int
	TokenLifetime     time.Duration // default life of a new token; 0: for ever
	TokenMaxLifetime  time.Duration // longest life; 0: no limit
	UploadSize        int64         // bytes of one file
	ExtraSubdirs      []string
	ReadOnly          bool
	SignInAttempts    int // per account and address in ten minutes; 0: no limit
	TermsVersion      string
}

// Parts is what a Registry is built from.
type Parts struct {
	Store *store.Store
	Blobs *blob.Disk
	Index *channelindex.Index
	Log   *slog.Logger
	Clock model.Clock
	Policy
}

// Registry is the one place where things are decided and done.
type Registry struct {
	Parts
	passwords passwordMemory
	attempts  attemptLimiter
}
