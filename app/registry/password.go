package registry

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"vivarium/app/model"
)

// maxPassword bounds what is hashed, in bytes (D1).
const maxPassword = 1024

// hashing is what a password costs: 19 MiB and two passes, OWASP's smallest
// recommendation for argon2id, so that a sign-in stays cheap on small machines.
var hashing = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// dummyHash is compared for names that do not exist, so that the time of an
// answer does not tell.
var dummyHash = sync.OnceValue(func() string {
	h, err := argon2id.CreateHash("no account has this password", hashing)
	if err != nil {
		return ""
	}
	return h
})

//go:embed common_passwords.txt
var commonPasswords string

var isCommonPassword = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, p := range strings.Fields(commonPasswords) {
		set[p] = true
	}
	return set
})

// checkPassword fails with a field error on a password that the policy refuses.
func (r *Registry) checkPassword(password, login string) error {
	folded := strings.ToLower(norm.NFKC.String(password))
	switch {
	case len(password) > maxPassword:
		return model.FieldErrorf("password", "Use at most %d bytes.", maxPassword)
	case utf8.RuneCountInString(norm.NFKC.String(password)) < r.PasswordMinLength:
		return model.FieldErrorf("password", "Use at least %d characters.", r.PasswordMinLength)
	case folded == login:
		return model.FieldErrorf("password", "The password may not be the username.")
	case isCommonPassword()[folded]:
		return model.FieldErrorf("password", "This password is among the most used ones. Choose another.")
	}
	return nil
}

// rememberFor is how long a right password is remembered (contract 5).
const rememberFor = 5 * time.Minute

// maxRemembered bounds the memory of right passwords.
const maxRemembered = 10_000

// passwordMemory knows right passwords by a keyed hash, so that an install does
// not hash one per file. The account's AuthVersion is in the hash: any change of
// the account makes it forget.
type passwordMemory struct {
	clock model.Clock
	key   [32]byte
	mu    sync.Mutex
	until map[[32]byte]time.Time
}

func newPasswordMemory(clock model.Clock) *passwordMemory {
	m := &passwordMemory{clock: clock, until: map[[32]byte]time.Time{}}
	rand.Read(m.key[:])
	return m
}

func (m *passwordMemory) sum(a model.Account, password string) (sum [32]byte) {
	mac := hmac.New(sha256.New, m.key[:])
	var ids [16]byte
	binary.BigEndian.PutUint64(ids[:8], uint64(a.ID))
	binary.BigEndian.PutUint64(ids[8:], uint64(a.AuthVersion))
	mac.Write(ids[:])
	mac.Write([]byte(a.PasswordHash))
	mac.Write([]byte{0})
	mac.Write([]byte(password))
	mac.Sum(sum[:0])
	return sum
}

// matches reports whether password is right for a, from memory or by hashing. It
// is TooMany when too much is hashed already.
func (m *passwordMemory) matches(a model.Account, password string) (bool, error) {
	sum, now := m.sum(a, password), m.clock.Now()
	m.mu.Lock()
	known := now.Before(m.until[sum])
	m.mu.Unlock()
	if known {
		return true, nil
	}
	same, err := samePassword(password, a.PasswordHash)
	if same {
		m.remember(sum, now)
	}
	return same, err
}

func (m *passwordMemory) remember(sum [32]byte, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.until) >= maxRemembered {
		clear(m.until)
	}
	m.until[sum] = now.Add(rememberFor)
}
