package registry

import (
	"context"
	"time"

	"vivarium/app/model"
)

// attemptWindow is the time over which wrong passwords are counted.
const attemptWindow = 10 * time.Minute

// How much more room than one account from one address the wider counts have.
const (
	roomOfOne  = 10  // an account from everywhere, an address for everybody
	roomOfSite = 100 // everybody from everywhere
)

// attemptLimiter counts wrong passwords per account and address together, and,
// with more room, per account, per address and over all: so one address cannot go
// through many accounts, many addresses cannot go through one account, and the
// many cannot go through the many. Who is signed in from an address already is
// only bound by the first count, so that an attack from elsewhere does not lock
// them out.
type attemptLimiter struct {
	limit  int
	counts *windowCounter
}

func newAttemptLimiter(clock model.Clock, limit int) *attemptLimiter {
	return &attemptLimiter{limit, newWindowCounter(clock, attemptWindow)}
}

func both(login, addr string) string { return "both " + login + " " + addr }

// wide are the counts that others than the owner can fill, with their limits.
func (l *attemptLimiter) wide(login, addr string) map[string]int {
	return map[string]int{"account " + login: roomOfOne * l.limit, "address " + addr: roomOfOne * l.limit, "site": roomOfSite * l.limit}
}

// checkAttempts fails with TooMany while there were too many wrong passwords.
func (r *Registry) checkAttempts(ctx context.Context, login, addr string) error {
	l := r.attempts
	if l.limit == 0 {
		return nil
	}
	wait := l.counts.wait(both(login, addr), l.limit)
	var others time.Duration
	for key, limit := range l.wide(login, addr) {
		others = max(others, l.counts.wait(key, limit))
	}
	if others > wait {
		known, err := r.Store.SignedInFrom(ctx, login, addr)
		if err != nil {
			return err
		}
		if !known {
			wait = others
		}
	}
	return tooManyUntil(wait, "Too many wrong passwords.")
}

// tooManyUntil is nil when there is nothing to wait for.
func tooManyUntil(wait time.Duration, what string) error {
	if wait <= 0 {
		return nil
	}
	err := model.Errorf(model.TooMany, "%s Try again in %d minutes.", what, int(wait.Minutes())+1)
	err.RetryAfter = wait
	return err
}

// failed counts a wrong password.
func (l *attemptLimiter) failed(login, addr string) {
	if l.limit == 0 {
		return
	}
	l.counts.count(both(login, addr))
	for key := range l.wide(login, addr) {
		l.counts.count(key)
	}
}

// succeeded forgets the wrong tries of this account from this address.
func (l *attemptLimiter) succeeded(login, addr string) { l.counts.forget(both(login, addr)) }

// requestWindow is the time over which requests for mail are counted.
const requestWindow = time.Hour

// requestLimiter counts the requests for mail of an address: twice as many an hour
// as wrong passwords in ten minutes.
type requestLimiter struct {
	limit  int
	counts *windowCounter
}

func newRequestLimiter(clock model.Clock, signIns int) *requestLimiter {
	return &requestLimiter{2 * signIns, newWindowCounter(clock, requestWindow)}
}

// check fails with TooMany while there were too many requests from addr.
func (l *requestLimiter) check(addr string) error {
	if l.limit == 0 {
		return nil
	}
	return tooManyUntil(l.counts.wait(addr, l.limit), "You have asked for mail too often.")
}

func (l *requestLimiter) count(addr string) {
	if l.limit > 0 {
		l.counts.count(addr)
	}
}
