package registry

import "time"

// Export is everything that is kept about a person, to be taken away. Files are
// left out: they are at the person's channel.
type Export struct {
	ExportedAt  time.Time            `json:"exported_at"`
	Profile     ExportedProfile      `json:"profile"`
	Packages    []ExportedPackage    `json:"packages"`
	Collections []ExportedCollection `json:"collections"`
	Groups      []ExportedGroup      `json:"groups"`
	Tokens      []ExportedToken      `json:"tokens"`
	Sessions    []ExportedSession    `json:"sessions"`
	Log         []ExportedLine       `json:"log"`
}

// ExportedProfile is what a person told about themselves.
type ExportedProfile struct {
	Username         string    `json:"username"`
	Name             string    `json:"name"`
	Email            string    `json:"email"`
	EmailConfirmedAt time.Time `json:"email_confirmed_at,omitzero"`
	NewEmail         string    `json:"new_email,omitempty"`
	Description      string    `json:"description"`
	Company          string    `json:"company"`
	Location         string    `json:"location"`
	URL              string    `json:"url"`
	Photo            []byte    `json:"photo,omitempty"` // in base64
	CreatedAt        time.Time `json:"created_at"`
	TermsVersion     string    `json:"terms_version"`
	TermsAcceptedAt  time.Time `json:"terms_accepted_at,omitzero"`
}

// ExportedPackage is a package with its files.
type ExportedPackage struct {
	Name      string         `json:"name"`
	Types     []string       `json:"types"`
	Access    string         `json:"access"`
	Summary   string         `json:"summary"`
	CreatedAt time.Time      `json:"created_at"`
	Files     []ExportedFile `json:"files"`
}

// ExportedFile is a file without its bytes.
type ExportedFile struct {
	Version    string    `json:"version"`
	Name       string    `json:"name"`
	Size       int64     `json:"size"`
	SHA256     string    `json:"sha256"`
	UploadedAt time.Time `json:"uploaded_at"`
	Downloads  int64     `json:"downloads"`
}

// ExportedCollection is a collection with those of its packages that the person sees.
type ExportedCollection struct {
	Name        string    `json:"name"`
	Access      string    `json:"access"`
	Description string    `json:"description"`
	CreatedAt   time.Time `json:"created_at"`
	Packages    []string  `json:"packages"`
}

// ExportedGroup is a place in a group of an organization.
type ExportedGroup struct {
	Organization string `json:"organization"`
	Group        string `json:"group"`
}

// ExportedToken is an access token without its secret.
type ExportedToken struct {
	Name       string    `json:"name"`
	Scopes     string    `json:"scopes"`
	CreatedAt  time.Time `json:"created_at"`
	ExpiresAt  time.Time `json:"expires_at,omitzero"`
	LastUsedAt time.Time `json:"last_used_at,omitzero"`
}

// ExportedSession is a browser that is signed in.
type ExportedSession struct {
	Client    string    `json:"client"`
	Address   string    `json:"address"`
	CreatedAt time.Time `json:"created_at"`
	SeenAt    time.Time `json:"seen_at"`
}

// ExportedLine is a line of the log that concerns the person.
type ExportedLine struct {
	At      time.Time `json:"at"`
	Actor   string    `json:"actor"`
	Action  string    `json:"action"`
	Subject string    `json:"subject"`
	Detail  string    `json:"detail,omitempty"`
	Address string    `json:"address"`
	Client  string    `json:"client"`
}
