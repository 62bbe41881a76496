package model

import "time"

// MailKind says what a mail is about.
type MailKind string

// The kinds of mail. The first two are requests by somebody who may be nobody:
// only when they are worked off is it found out whom they concern, so that asking
// tells nothing.
const (
	ForgotPasswordMail  MailKind = "forgot-password"  // asks for a ResetMail to each account that Recipient names
	ForgotUsernameMail  MailKind = "forgot-username"  // lists the accounts of an address
	ResetMail           MailKind = "reset"            // a link to choose a new password
	WelcomeMail         MailKind = "welcome"          // after sign-up, with a link to confirm the address
	ConfirmMail         MailKind = "confirm"          // a link to confirm a new address
	EmailChangeMail     MailKind = "email-change"     // tells the old address
	PasswordChangedMail MailKind = "password-changed" // tells the owner
	GivenMail           MailKind = "given"            // the account that an administrator made, with its first password
	InvitationMail      MailKind = "invitation"       // a link to sign up
)

// Mail is a mail that waits to be written and sent. It holds no link: the link is
// made when the mail is written, and stored as its hash.
type Mail struct {
	ID           int64     `bun:"id,pk,autoincrement"`
	Kind         MailKind  `bun:"kind"`
	AccountID    int64     `bun:"account_id,nullzero"`
	InvitationID int64     `bun:"invitation_id,nullzero"`
	Recipient    string    `bun:"recipient"`   // an address; for ForgotPasswordMail what was typed
	Detail       string    `bun:"detail"`      // the password of a GivenMail, the new address of an EmailChangeMail; gone when it is sent
	Base         string    `bun:"base"`        // the address of the site, as who asked sees it
	RemoteAddr   string    `bun:"remote_addr"` // of who asked
	CreatedAt    time.Time `bun:"created_at"`
	ExpiresAt    time.Time `bun:"expires_at"` // from then on it is of no use
	NextAt       time.Time `bun:"next_at,nullzero"`
	Attempts     int       `bun:"attempts"`
	SentAt       time.Time `bun:"sent_at,nullzero"`
}

// LinkKind says what a link opens.
type LinkKind string

// The kinds of link.
const (
	ResetLink      LinkKind = "reset"      // choose a new password
	ConfirmLink    LinkKind = "confirm"    // confirm an address
	InvitationLink LinkKind = "invitation" // sign up
)

// Link is a secret address that was handed out, known by its hash alone.
type Link struct {
	Hash         []byte    `bun:"hash,pk"`
	Kind         LinkKind  `bun:"kind"`
	AccountID    int64     `bun:"account_id,nullzero"`
	InvitationID int64     `bun:"invitation_id,nullzero"`
	Email        string    `bun:"email"` // it was mailed to; empty when it was handed over
	ExpiresAt    time.Time `bun:"expires_at"`
}

// Expired reports whether the link is dead at now.
func (l Link) Expired(now time.Time) bool { return !now.Before(l.ExpiresAt) }
