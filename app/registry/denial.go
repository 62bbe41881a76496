package registry

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// denied is the Forbidden error of somebody who is known, with what they were
// denied: an account, owner/package, or empty for no thing of anybody's.
type denied struct {
	error
	actor   model.Actor
	subject string
}

// Unwrap returns the error that is answered.
func (e denied) Unwrap() error { return e.error }

// deny is the error of an actor who may not do something to subject.
func deny(actor model.Actor, subject, format string, args ...any) error {
	return denied{model.Errorf(model.Forbidden, format, args...), actor, subject}
}

// Denied returns err as what actor was denied of a package, for NoteDenial.
func Denied(actor model.Actor, p model.Package, err error) error {
	return denied{err, actor, p.FullName()}
}

// denial is what the audit log tells of requests that were denied alike.
type denial struct {
	login, token, remoteAddr, client string
	subject, route                   string
}

// NoteDenial notes for the audit log that the request which ctx belongs to failed
// with err, if that says who was denied what. It is written with the usage.
func (r *Registry) NoteDenial(ctx context.Context, err error) {
	var e denied
	if !errors.As(err, &e) {
		return
	}
	r.usage.denied(denial{e.actor.Login, e.actor.TokenName, e.actor.RemoteAddr, cut(e.actor.Client, maxClient), e.subject, model.RouteOf(ctx).Pattern})
}

func (u *usage) denied(of denial) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, known := u.denials[of]; known || len(u.denials) < maxRefusals {
		u.denials[of]++
	}
}

// auditDenial writes one line for n requests: into the log of the account whose
// thing it was, else into the actor's own.
func (r *Registry) auditDenial(ctx context.Context, tx *store.Store, of denial, n int) error {
	account, _, _ := strings.Cut(of.subject, "/")
	if account == "" {
		account = of.login
	}
	detail := of.route
	if n > 1 {
		detail = fmt.Sprintf("%s, %d times", of.route, n)
	}
	from := model.Actor{Login: of.login, TokenName: of.token, RemoteAddr: of.remoteAddr, Client: of.client}
	return r.audit(ctx, tx, from, account, "request.refuse", of.subject, detail)
}
