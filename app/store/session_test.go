package store

import (
	"context"
	"testing"
	"time"

	"vivarium/app/model"
)

// ctxStore is what scs wants of a store.
type ctxStore interface {
	Find(token string) ([]byte, bool, error)
	Commit(token string, b []byte, expiry time.Time) error
	Delete(token string) error
	FindCtx(ctx context.Context, token string) ([]byte, bool, error)
	CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error
	DeleteCtx(ctx context.Context, token string) error
}

// found looks for a session.
func found(t *testing.T, sessions ctxStore, token string) (string, bool) {
	t.Helper()
	data, ok, err := sessions.FindCtx(t.Context(), token)
	check(t, err)
	return string(data), ok
}

func TestSessions(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	var sessions ctxStore = s.Sessions(model.Clock{})
	later := time.Now().Add(time.Hour)

	if data, ok := found(t, sessions, "a"); ok {
		t.Errorf("found %q before there was a session", data)
	}
	check(t, sessions.Commit("a", []byte("one"), later))
	check(t, sessions.Commit("a", []byte("two\x00"), later))
	if data, ok := found(t, sessions, "a"); !ok || data != "two\x00" {
		t.Errorf("found %q, %v, want what was kept last", data, ok)
	}
	check(t, sessions.Commit("b", []byte("b"), later))
	check(t, sessions.Delete("a"))
	check(t, sessions.Delete("a"))
	if _, ok, err := sessions.Find("a"); ok || err != nil {
		t.Errorf("found a session that was ended (error %v)", err)
	}
	if _, ok := found(t, sessions, "b"); !ok {
		t.Error("another session ended too")
	}
}

func TestSessionsExpire(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	check(t, s.Sessions(model.Clock{}).Commit("a", []byte("a"), time.Now().Add(time.Hour)))
	check(t, s.Sessions(model.Clock{}).Commit("b", []byte("b"), time.Now().Add(3*time.Hour)))
	afterwards := s.Sessions(model.Clock{Offset: 2 * time.Hour})
	if _, ok := found(t, afterwards, "a"); ok {
		t.Error("found an expired session")
	}
	same(t, "expired now", get(s.DeleteExpiredSessions(ctx, time.Now()))(t), 0)
	same(t, "expired later", get(s.DeleteExpiredSessions(ctx, time.Now().Add(2*time.Hour)))(t), 1)
	if _, ok := found(t, afterwards, "b"); !ok {
		t.Error("a session that had not expired was deleted")
	}
}
