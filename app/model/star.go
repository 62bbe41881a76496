package model

import "time"

// Stargazer is a user who has a package among their favorites.
type Stargazer struct {
	Login string    `bun:"login"`
	Name  string    `bun:"name"`
	Since time.Time `bun:"since"`
}

// PackageOrder is how a list of packages is sorted. The zero one is by name.
type PackageOrder string

// The orders of packages. LastStarred is that of the user whose favorites are
// listed.
const (
	ByName        PackageOrder = ""
	LastChanged   PackageOrder = "updated"
	MostDownloads PackageOrder = "downloads"
	MostStars     PackageOrder = "favorites"
	LastStarred   PackageOrder = "starred"
)
