package model

import "time"

// News tells a user that somebody put them into a group.
type News struct {
	GroupID      int64     `bun:"group_id"`
	Organization string    `bun:"organization"`
	Group        string    `bun:"group_name"`
	Author       string    `bun:"author"` // login of who did it
	CreatedAt    time.Time `bun:"created_at"`
}
