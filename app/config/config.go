package config

import (
	"log/slog"
	"net/netip"
	"time"
)

// Config is the configuration in force. Load fills it; nothing changes it
// afterwards.
type Config struct {
	Listen          string
	PublicURL       string // scheme and host without a slash at the end; empty: taken from the request
	DataDir         string
	Database        Database
	Storage         Storage
	Signup          string // open or closed
	TermsFile       string
	DefaultAccess   string // public, authenticated or private
	Anonymous       bool
	Gravatar        bool
	Mail            Mail
	TLS             TLS
	TrustedProxies  []netip.Prefix
	Limits          Limits
	ReadOnly        bool
	Testing         Testing
	Log             Log
	Password        Password
	Tokens          Tokens
	IndexMaxAge     time.Duration
	ExtraSubdirs    []string
	ShutdownTimeout time.Duration
	Metrics         bool
	MetricsToken    string
}

// Database says where the rows are kept; an empty URL means SQLite in the data
// folder.
type Database struct{ URL string }

// Storage says where the bytes are kept; an empty URL means files in the data
// folder.
type Storage struct{ URL string }

// Mail is the server that takes outgoing mail; an empty Host means no mail.
type Mail struct {
	Host     string
	Port     int
	Username string
	Password string
	From     string
	TLS      string // starttls, tls or none
}

// TLS names the files for serving HTTPS directly; both or none are set.
type TLS struct{ Cert, Key string }

// Limits bounds what one client may ask for.
type Limits struct {
	UploadSize        Size
	RequestsPerMinute int // 0: no limit
	SignInAttempts    int // in ten minutes; 0: no limit
}

// Testing holds what only tests set.
type Testing struct{ ClockOffset time.Duration }

// Log says what is logged and how.
type Log struct {
	Level  slog.Level
	Format string // text or json
}

// Password rules passwords and their recovery.
type Password struct {
	MinLength     int
	ResetLifetime time.Duration
}

// Tokens rules how long a token lives; 0 means for ever.
type Tokens struct{ Lifetime, MaxLifetime time.Duration }

// Default returns the configuration of a server that was told nothing.
func Default() Config {
	return Config{
		Listen:          ":8080",
		DataDir:         "./data",
		Signup:          "open",
		DefaultAccess:   "public",
		Anonymous:       true,
		Mail:            Mail{Port: 587, TLS: "starttls"},
		Limits:          Limits{UploadSize: 10 * GiB, RequestsPerMinute: 3000, SignInAttempts: 10},
		Log:             Log{Level: slog.LevelInfo, Format: "text"},
		Password:        Password{MinLength: 7, ResetLifetime: 24 * time.Hour},
		Tokens:          Tokens{Lifetime: 365 * day},
		ShutdownTimeout: 30 * time.Second,
	}
}
