package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"vivarium/app/model"
)

// How long a browser stays signed in: at most, and without a visit. A visit is
// noted once per sessionTouch, so that not every page is a write.
const (
	sessionLifetime = 90 * 24 * time.Hour
	sessionIdle     = 30 * 24 * time.Hour
	sessionTouch    = time.Hour
)

// The keys of a session. It holds nothing that requests count up: the last
// writer wins.
const (
	keyUser     = "user"      // id of the person
	keyVersion  = "version"   // the person's AuthVersion at sign-in
	keyActing   = "acting"    // login of an organization, or empty
	keySignedIn = "signed_in" // moment of sign-in, in seconds
	keySeen     = "seen"      // moment of the last noted visit, in seconds
	keySignIn   = "sign_in"   // id under which the person sees this session
	keyFlash    = "flash"     // message for the next page
)

// newSessions makes the manager of session cookies for one scheme. Over plain
// HTTP a browser would drop a Secure cookie.
func (ui *Surface) newSessions(https bool) *scs.SessionManager {
	m := scs.New()
	m.Store = ui.Sessions
	m.ErrorFunc = ui.sessionFailed
	m.HashTokenInStore = true
	m.Lifetime = sessionLifetime
	m.Cookie.Name = "vivarium_session"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	if https {
		m.Cookie.Name = "__Host-" + m.Cookie.Name
		m.Cookie.Secure = true
	}
	return m
}

// sessionFailed answers when a session can be neither read nor kept.
func (ui *Surface) sessionFailed(w http.ResponseWriter, r *http.Request, err error) {
	ui.fail(w, r, fmt.Errorf("use the session: %w", err))
}

func (ui *Surface) sessions(r *http.Request) *scs.SessionManager {
	if overHTTPS(r) {
		return ui.secure
	}
	return ui.plain
}

// startSession signs account in on this browser, under a new session id. Whoever
// was signed in before is not any more.
func (ui *Surface) startSession(r *http.Request, account model.Account) error {
	s, ctx := ui.sessions(r), r.Context()
	if err := ui.forgetSignIn(r); err != nil {
		return err
	}
	if err := s.RenewToken(ctx); err != nil {
		return err
	}
	id, err := ui.Registry.BeginSession(ctx, ui.actor(r), account.ID)
	if err != nil {
		return err
	}
	s.Put(ctx, keySignIn, id)
	now := ui.Registry.Clock.Now().Unix()
	s.Remove(ctx, keyActing)
	s.Put(ctx, keyUser, account.ID)
	s.Put(ctx, keyVersion, account.AuthVersion)
	s.Put(ctx, keySignedIn, now)
	s.Put(ctx, keySeen, now)
	return nil
}

// renewSession lets the session of who just changed the password go on, under a
// new id.
func (ui *Surface) renewSession(r *http.Request, account model.Account) error {
	s, ctx := ui.sessions(r), r.Context()
	if err := s.RenewToken(ctx); err != nil {
		return err
	}
	s.Put(ctx, keyVersion, account.AuthVersion)
	return nil
}

// act makes the account called login the active one of the session, under a new
// id: the session may do something else now.
func (ui *Surface) act(r *http.Request, login string) error {
	s, ctx := ui.sessions(r), r.Context()
	if err := s.RenewToken(ctx); err != nil {
		return err
	}
	s.Put(ctx, keyActing, login)
	return nil
}

// endSession signs out.
func (ui *Surface) endSession(r *http.Request) error {
	if err := ui.forgetSignIn(r); err != nil {
		return err
	}
	return ui.sessions(r).Destroy(r.Context())
}

// forgetSignIn takes this browser out of the list of its person's sessions.
func (ui *Surface) forgetSignIn(r *http.Request) error {
	person := visitorOf(r).person
	if person.Anonymous() {
		return nil
	}
	return ui.Registry.EndSession(r.Context(), person, person.SignInID)
}

// alive reports whether the session is within its lifetimes.
func (ui *Surface) alive(ctx context.Context, s *scs.SessionManager) bool {
	now := ui.Registry.Clock.Now()
	since := func(key string) time.Duration { return now.Sub(time.Unix(s.GetInt64(ctx, key), 0)) }
	return since(keySignedIn) <= sessionLifetime && since(keySeen) <= sessionIdle
}

// noteVisit notes that the person was seen, if that was not done lately.
func (ui *Surface) noteVisit(ctx context.Context, s *scs.SessionManager, person model.Actor) error {
	now := ui.Registry.Clock.Now()
	if now.Sub(time.Unix(s.GetInt64(ctx, keySeen), 0)) <= sessionTouch {
		return nil
	}
	s.Put(ctx, keySeen, now.Unix())
	return ui.Registry.TouchSession(ctx, person)
}

// flash keeps a message for the visitor's next page.
func (ui *Surface) flash(r *http.Request, message string) {
	ui.sessions(r).Put(r.Context(), keyFlash, message)
}

// takeFlash returns the kept message, once.
func (ui *Surface) takeFlash(r *http.Request) []string {
	s := ui.sessions(r)
	if !s.Exists(r.Context(), keyFlash) {
		return nil
	}
	return []string{s.PopString(r.Context(), keyFlash)}
}
