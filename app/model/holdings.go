package model

import "time"

// Holdings counts what belongs to an account and would go with it. Packages are
// those that are neither notebooks nor environments.
type Holdings struct {
	Packages     int   `bun:"packages"`
	Notebooks    int   `bun:"notebooks"`
	Environments int   `bun:"environments"`
	Files        int   `bun:"files"`
	Bytes        int64 `bun:"bytes"`
	// Lately is how often its files were downloaded in the last days, and Stars how
	// many people starred something of it.
	Lately      int64     `bun:"lately"`
	Stars       int       `bun:"stars"`
	Tokens      int       `bun:"tokens"`
	TokenUsedAt time.Time `bun:"token_used_at,nullzero"`
	Sessions    int       `bun:"sessions"` // of a user
	Groups      int       `bun:"groups"`   // of an organization
	Members     int       `bun:"members"`
}

// Items counts packages, notebooks and environments together.
func (h Holdings) Items() int { return h.Packages + h.Notebooks + h.Environments }
