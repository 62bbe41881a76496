package model

import (
	"context"
	"errors"
	"sync"
)

// RequestNote is what a surface tells the server about a request under way: who
// it turned out to act as. The request's one log line has it.
type RequestNote struct {
	// ID is the request's id, as X-Request-Id answers it.
	ID string
	// Admit, when set, decides whether one more request of that login is within
	// the rate limit.
	Admit func(login string) error

	mu    sync.Mutex
	actor string
}

// Actor returns the login that NoteActor was given, or "".
func (n *RequestNote) Actor() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.actor
}

type noteKey struct{}

// WithRequestNote returns a context that carries n.
func WithRequestNote(ctx context.Context, n *RequestNote) context.Context {
	return context.WithValue(ctx, noteKey{}, n)
}

// RequestID returns the id of the request that ctx belongs to, or "".
func RequestID(ctx context.Context) string {
	if n, ok := ctx.Value(noteKey{}).(*RequestNote); ok {
		return n.ID
	}
	return ""
}

// NoteActor tells the server who the request acts as, once that is known. It
// returns a TooMany error when this login made too many requests; the surface
// then answers with it instead of serving. Anonymous requests need not call it.
func NoteActor(ctx context.Context, login string) error {
	n, ok := ctx.Value(noteKey{}).(*RequestNote)
	if !ok || login == "" {
		return nil
	}
	n.mu.Lock()
	known := n.actor == login
	n.actor = login
	n.mu.Unlock()
	if known || n.Admit == nil {
		return nil
	}
	return n.Admit(login)
}

// ClientLeft reports whether the client of the request that ctx belongs to went
// away before it had its answer.
func ClientLeft(ctx context.Context) bool { return errors.Is(ctx.Err(), context.Canceled) }
