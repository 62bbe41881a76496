package model

import "time"

// Holdings counts what belongs to an account and would go with it. Packages counts
// notebooks and environments too.
type Holdings struct {
	Packages     int       `bun:"packages"`
	Notebooks    int       `bun:"notebooks"`
	Environments int       `bun:"environments"`
	Files        int       `bun:"files"`
	Bytes        int64     `bun:"bytes"`
	Downloads    int64     `bun:"downloads"`
	Tokens       int       `bun:"tokens"`
	TokenUsedAt  time.Time `bun:"token_used_at,nullzero"`
	Groups       int       `bun:"groups"`
	Members      int       `bun:"members"`
}
