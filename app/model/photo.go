package model

import "time"

// PhotoSource says where an account's picture comes from.
type PhotoSource string

// The sources of pictures. An account that never chose has none of them: the
// site's Gravatar where that is switched on, else the drawn one.
const (
	DrawnPhoto    PhotoSource = "drawn"
	UploadedPhoto PhotoSource = "uploaded"
	GravatarPhoto PhotoSource = "gravatar"
)

// Photo is a picture that is kept for an account: uploaded, or fetched from
// Gravatar. One without Data says that there was none to fetch.
type Photo struct {
	AccountID int64       `bun:"account_id,pk"`
	Source    PhotoSource `bun:"source"`
	Type      string      `bun:"type"` // media type
	SHA256    string      `bun:"sha256"`
	Data      []byte      `bun:"data"`
	FetchedAt time.Time   `bun:"fetched_at"`
}
