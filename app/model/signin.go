package model

import "time"

// SignIn is a browser that is signed in as a user, as that user sees it among the
// account's sessions. Ending it ends the browser's session.
type SignIn struct {
	ID         int64     `bun:"id,pk,autoincrement"`
	UserID     int64     `bun:"user_id"`
	Client     string    `bun:"client"`
	RemoteAddr string    `bun:"remote_addr"`
	CreatedAt  time.Time `bun:"created_at"`
	SeenAt     time.Time `bun:"seen_at"`
}
