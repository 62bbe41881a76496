package model

import (
	"hash/crc32"
	"io"
	"math/big"
	"strings"
	"time"
)

// TokenPrefix starts every token, so that people and secret scanners know one.
const TokenPrefix = "viv-"

// The random characters of a token. A strong one carries more than 180 bits, a
// weak one more than 128. Six characters of checksum follow.
const (
	strongTokenLength = 32
	weakTokenLength   = 22
	tokenSumLength    = 6
	base62            = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// Token is a secret for programs, without the secret: only its hash is kept. It
// belongs to the account it acts as: a user, or an organization.
type Token struct {
	ID         int64     `bun:"id,pk,autoincrement"`
	AccountID  int64     `bun:"account_id"`
	CreatedBy  int64     `bun:"created_by,nullzero"`
	Name       string    `bun:"name"`
	Hash       []byte    `bun:"hash"`
	Scopes     string    `bun:"scopes"`
	NoteURL    string    `bun:"note_url"`
	Hostname   string    `bun:"hostname"`
	RemoteAddr string    `bun:"remote_addr"`
	CreatedAt  time.Time `bun:"created_at"`
	ExpiresAt  time.Time `bun:"expires_at,nullzero"`
	LastUsedAt time.Time `bun:"last_used_at,nullzero"`
	LastUsedBy string    `bun:"last_used_by"`
}

// ScopeSet returns the token's scopes.
func (t Token) ScopeSet() ScopeSet {
	set := ScopeSet{}
	for _, s := range strings.Fields(t.Scopes) {
		set = append(set, Scope(s))
	}
	return set
}

// Expired reports whether the token is dead at the moment now. A token without
// an expiry never is.
func (t Token) Expired(now time.Time) bool { return !t.ExpiresAt.IsZero() && !now.Before(t.ExpiresAt) }

// expirySoon is how long before its end a token is worth a warning.
const expirySoon = 14 * 24 * time.Hour

// ExpiresSoon reports whether the token ends within two weeks of now, and has not
// ended yet.
func (t Token) ExpiresSoon(now time.Time) bool {
	return !t.ExpiresAt.IsZero() && !t.Expired(now) && t.ExpiresAt.Sub(now) < expirySoon
}

// NewSecret draws a token's secret from random: TokenPrefix, then letters and
// digits only (conda reads [A-Za-z0-9-] in /t/…/), a checksum at the end.
func NewSecret(random io.Reader, weak bool) (string, error) {
	n := strongTokenLength
	if weak {
		n = weakTokenLength
	}
	body := make([]byte, 0, n)
	buf := make([]byte, 1)
	for len(body) < n {
		if _, err := io.ReadFull(random, buf); err != nil {
			return "", err
		}
		if buf[0] < 248 { // 4 × 62: every character is equally likely
			body = append(body, base62[buf[0]%62])
		}
	}
	return TokenPrefix + string(body) + tokenSum(string(body)), nil
}

// IsSecret reports whether s has the form of a token and the right checksum. It
// lets a wrong one be refused without a look at the database.
func IsSecret(s string) bool {
	body, ok := strings.CutPrefix(s, TokenPrefix)
	if !ok || len(body) != strongTokenLength+tokenSumLength && len(body) != weakTokenLength+tokenSumLength {
		return false
	}
	random, sum := body[:len(body)-tokenSumLength], body[len(body)-tokenSumLength:]
	return tokenSum(random) == sum
}

func tokenSum(body string) string {
	n := big.NewInt(int64(crc32.ChecksumIEEE([]byte(TokenPrefix + body))))
	out := make([]byte, tokenSumLength)
	for i := range out {
		var digit big.Int
		n.DivMod(n, big.NewInt(62), &digit)
		out[len(out)-1-i] = base62[digit.Int64()]
	}
	return string(out)
}
