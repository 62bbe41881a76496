package model

import "time"

// AuditLine says who did what to what, when and from where. It is written in the
// transaction of the change.
type AuditLine struct {
	ID         int64     `bun:"id,pk,autoincrement"`
	At         time.Time `bun:"at"`
	Actor      string    `bun:"actor"`   // login, or "operator", or "anonymous"
	Account    string    `bun:"account"` // login of the account it concerns, as it was then
	AccountID  int64     `bun:"account_id,nullzero"`
	Action     string    `bun:"action"`  // noun.verb, such as token.create
	Subject    string    `bun:"subject"` // what was changed, such as labs/x/1.0/noarch/x-1.0-0.conda
	Detail     string    `bun:"detail"`
	TokenName  string    `bun:"token_name"`
	RemoteAddr string    `bun:"remote_addr"`
	Client     string    `bun:"client"`
}

// IndexChange is one line of a channel's change log: one for each file that a
// change touches. Seq has no gaps within an account: it is taken from
// accounts.seq in the same transaction.
type IndexChange struct {
	AccountID int64     `bun:"account_id,pk"`
	Seq       int64     `bun:"seq,pk"`
	Subdir    string    `bun:"subdir"`  // empty: all subdirs
	Package   string    `bun:"package"` // lookup name; empty: all packages
	File      string    `bun:"file"`    // without the subdir; empty: all files of Package in Subdir
	At        time.Time `bun:"at"`
}
