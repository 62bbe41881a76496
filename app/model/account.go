package model

import "time"

// AccountKind tells users from organizations.
type AccountKind string

// The two kinds of account, as stored and as the Binstar API's user_type says.
const (
	User         AccountKind = "user"
	Organization AccountKind = "org"
)

// Account is a user or an organization: it owns packages under one login, which
// is also the name of its channel. PasswordHash and Email never leave the
// registry in an answer to somebody else.
type Account struct {
	ID    int64       `bun:"id,pk,autoincrement"`
	Login string      `bun:"login"`
	Kind  AccountKind `bun:"kind"`
	Name  string      `bun:"name"`
	Email string      `bun:"email"`
	// EmailConfirmedAt is when a link mailed to Email was followed; NewEmail waits
	// to take its place, until that happens to it.
	EmailConfirmedAt time.Time `bun:"email_confirmed_at,nullzero"`
	NewEmail         string    `bun:"new_email"`
	Description      string    `bun:"description"`
	Company          string    `bun:"company"`
	Location         string    `bun:"location"`
	URL              string    `bun:"url"`
	// Photo is the digest of the picture that the account sent, empty when its
	// picture is drawn.
	Photo        string `bun:"photo"`
	PasswordHash string `bun:"password_hash"`
	// PasswordGiven marks a password that somebody else chose and mailed: it opens
	// nothing but the page where another one is chosen.
	PasswordGiven bool `bun:"password_given"`
	IsAdmin       bool `bun:"is_admin"`
	Disabled      bool `bun:"disabled"`
	// AuthVersion is raised when the password changes or the account is
	// disabled; sessions and remembered passwords of an older version are dead.
	AuthVersion int64 `bun:"auth_version"`
	// Seq counts the changes of this channel's index; a view built at an older
	// Seq is stale.
	Seq int64 `bun:"seq"`
	// IndexedAt is when the index last changed; PublicAt and AuthenticatedAt when it
	// did for those who see public packages alone, or authenticated ones too.
	IndexedAt       time.Time `bun:"indexed_at,nullzero"`
	PublicAt        time.Time `bun:"public_at,nullzero"`
	AuthenticatedAt time.Time `bun:"authenticated_at,nullzero"`
	Closed          bool      `bun:"closed"`
	Immutable       bool      `bun:"immutable"`
	DefaultAccess   Access    `bun:"default_access"`
	// TermsVersion is the version of the Terms and Conditions accepted at
	// sign-up, empty for accounts made by an administrator.
	TermsVersion    string    `bun:"terms_version"`
	TermsAcceptedAt time.Time `bun:"terms_accepted_at,nullzero"`
	CreatedAt       time.Time `bun:"created_at"`
}

// IsOrganization reports whether the account is an organization.
func (a Account) IsOrganization() bool { return a.Kind == Organization }

// DisplayName returns the full name, or the login when there is none.
func (a Account) DisplayName() string {
	if a.Name != "" {
		return a.Name
	}
	return a.Login
}
