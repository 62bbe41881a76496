package registry

import (
	"sync"
	"time"

	"vivarium/app/model"
)

// attemptWindow is the time over which wrong passwords are counted.
const attemptWindow = 10 * time.Minute

// maxAttemptKeys bounds the limiter's memory.
const maxAttemptKeys = 50_000

// attemptLimiter counts wrong passwords per account and address together, and,
// with ten times the room, per account and per address alone: so one address
// cannot go through many accounts, many addresses cannot go through one account,
// and an owner at home is not locked out by a few tries from elsewhere.
type attemptLimiter struct {
	clock model.Clock
	limit int
	mu    sync.Mutex
	seen  map[string]attempts
}

type attempts struct {
	count int
	since time.Time
}

func newAttemptLimiter(clock model.Clock, limit int) *attemptLimiter {
	return &attemptLimiter{clock: clock, limit: limit, seen: map[string]attempts{}}
}

func (l *attemptLimiter) keys(login, addr string) map[string]int {
	return map[string]int{"both " + login + " " + addr: l.limit, "account " + login: 10 * l.limit, "address " + addr: 10 * l.limit}
}

// check fails with TooMany while there were too many wrong passwords.
func (l *attemptLimiter) check(login, addr string) error {
	if l.limit == 0 {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var wait time.Duration
	for key, limit := range l.keys(login, addr) {
		a := l.seen[key]
		if left := attemptWindow - l.clock.Since(a.since); a.count >= limit && left > 0 {
			wait = max(wait, left)
		}
	}
	if wait == 0 {
		return nil
	}
	err := model.Errorf(model.TooMany, "Too many wrong passwords. Try again in %d minutes.", int(wait.Minutes())+1)
	err.RetryAfter = wait
	return err
}

// failed counts a wrong password.
func (l *attemptLimiter) failed(login, addr string) {
	if l.limit == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.seen) > maxAttemptKeys {
		clear(l.seen)
	}
	for key := range l.keys(login, addr) {
		a := l.seen[key]
		if l.clock.Since(a.since) >= attemptWindow {
			a = attempts{since: l.clock.Now()}
		}
		a.count++
		l.seen[key] = a
	}
}

// succeeded forgets the wrong tries of this account from this address.
func (l *attemptLimiter) succeeded(login, addr string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.seen, "both "+login+" "+addr)
}
