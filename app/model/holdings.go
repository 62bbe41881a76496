package model

import "time"

// Holdings counts what belongs to an account and would go with it. Packages are
// those that are neither notebooks nor environments.
type Holdings struct {
	Packages     int       `bun:"packages"`
	Notebooks    int       `bun:"notebooks"`
	Environments int       `bun:"environments"`
	Files        int       `bun:"files"`
	Bytes        int64     `bun:"bytes"`
	Downloads    int64     `bun:"downloads"`
	Tokens       int       `bun:"tokens"`
	TokenUsedAt  time.Time `bun:"token_used_at,nullzero"`
	Sessions     int       `bun:"sessions"` // of a user
	Groups       int       `bun:"groups"`   // of an organization
	Members      int       `bun:"members"`
}

// Items counts packages, notebooks and environments together.
func (h Holdings) Items() int { return h.Packages + h.Notebooks + h.Environments }
