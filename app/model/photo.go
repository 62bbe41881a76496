package model

import (
	"strings"
	"time"
)

// Photo is the picture of an account.
type Photo struct {
	AccountID int64  `bun:"account_id,pk"`
	SHA256    string `bun:"sha256"` // of Image
	Image     []byte `bun:"image"`
	// FetchedFor is the digest of the address whose picture it is, empty for one
	// that the account sent. An address without a picture has an empty Image.
	FetchedFor string    `bun:"fetched_for"`
	FetchedAt  time.Time `bun:"fetched_at,nullzero"`
}

// MediaType is what a browser is told that Image is: a PNG or a JPEG.
func (p Photo) MediaType() string {
	if strings.HasPrefix(string(p.Image), "\x89PNG") {
		return "image/png"
	}
	return "image/jpeg"
}
