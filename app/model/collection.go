package model

import "time"

// Collection is packages of any account under one name of one account. In the database
// ModifiedAt is of its own texts; what is shown also knows what was added.
type Collection struct {
	ID          int64     `bun:"id,pk,autoincrement"`
	AccountID   int64     `bun:"account_id"`
	Name        string    `bun:"name"`
	Access      Access    `bun:"access"`
	Description string    `bun:"description"`
	CreatedAt   time.Time `bun:"created_at"`
	ModifiedAt  time.Time `bun:"modified_at"`
}

// Collected is a package in a collection, by its full name.
type Collected struct {
	CollectionID int64  `bun:"collection_id"`
	Package      string `bun:"package"`
}

// DownloadCount is how often a package was downloaded on a day, 2026-11-22.
type DownloadCount struct {
	Day     string `bun:"day"`
	Package string `bun:"package"`
	Count   int64  `bun:"count"`
}
