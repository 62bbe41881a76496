package registry

import (
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"vivarium/app/model"
)

// How many passwords are hashed at once, and how many may wait for that, so that
// a flood of sign-ins takes neither all memory nor all processors, and nobody
// waits long for an answer.
const (
	hashingAtOnce  = 2
	waitingForHash = 64
)

var (
	hashSlots = make(chan struct{}, hashingAtOnce)
	hashQueue = make(chan struct{}, hashingAtOnce+waitingForHash)
)

// whenFree runs hash when its turn comes. It is TooMany when too many wait.
func whenFree(hash func()) error {
	select {
	case hashQueue <- struct{}{}:
	default:
		err := model.Errorf(model.TooMany, "Too many people are signing in at this moment. Try again in a few seconds.")
		err.RetryAfter = 2 * time.Second
		return err
	}
	defer func() { <-hashQueue }()
	hashSlots <- struct{}{}
	defer func() { <-hashSlots }()
	hash()
	return nil
}

// hashPassword returns the argon2id hash of a password in its NFKC form.
func hashPassword(password string) (h string, err error) {
	busy := whenFree(func() { h, err = argon2id.CreateHash(norm.NFKC.String(password), hashing) })
	if busy != nil {
		return "", busy
	}
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return h, nil
}

// samePassword reports whether password has this hash. An empty hash is compared
// at the same cost and never matches.
func samePassword(password, hash string) (same bool, err error) {
	if len(password) > maxPassword {
		return false, nil
	}
	known := hash != ""
	if !known {
		hash = dummyHash()
	}
	err = whenFree(func() {
		ok, broken := argon2id.ComparePasswordAndHash(norm.NFKC.String(password), hash)
		same = known && broken == nil && ok
	})
	return same, err
}
