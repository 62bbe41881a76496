package model

import "time"

// Invitation lets one person sign up where sign-up is closed, and join a group
// when it names one.
type Invitation struct {
	ID        int64     `bun:"id,pk,autoincrement"`
	MadeBy    int64     `bun:"made_by"`
	Email     string    `bun:"email"` // of whom it is for; empty: whoever has the link
	GroupID   int64     `bun:"group_id,nullzero"`
	CreatedAt time.Time `bun:"created_at"`
	ExpiresAt time.Time `bun:"expires_at"`

	// Who made it and what it joins, filled in when invitations are read.
	Maker        string `bun:"maker,scanonly"`
	Organization string `bun:"organization,scanonly"`
	Group        string `bun:"group_name,scanonly"`
}

// Expired reports whether the invitation is dead at now.
func (i Invitation) Expired(now time.Time) bool { return !now.Before(i.ExpiresAt) }
