package registry_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"vivarium/app/mail/mailtest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

const fresh = "another good phrase"

var choice = registry.NewPassword{Password: fresh, Confirm: fresh}

// visitor is somebody at a browser who has not signed in.
var visitor = model.Actor{RemoteAddr: "192.0.2.5", Base: "https://pkgs.example.test"}

// sendMail works the queue off and returns what the server was given since.
func sendMail(t *testing.T, s *registrytest.Site, box *mailtest.Server) []mailtest.Mail {
	t.Helper()
	before := len(box.Mails())
	if err := s.SendMail(t.Context()); err != nil {
		t.Fatal(err)
	}
	return box.Mails()[before:]
}

// resetSecret asks for a reset link and returns the secret in it.
func resetSecret(t *testing.T, s *registrytest.Site, box *mailtest.Server, who string) string {
	t.Helper()
	if err := s.ForgotPassword(t.Context(), visitor, who); err != nil {
		t.Fatal(err)
	}
	return secretOf(t, sendMail(t, s, box))
}

// secretOf is what comes last in the link of the only mail.
func secretOf(t *testing.T, mails []mailtest.Mail) string {
	t.Helper()
	if len(mails) != 1 {
		t.Fatalf("%d mails, want 1: %v", len(mails), mails)
	}
	link := mails[0].Link(t)
	return link[strings.LastIndexAny(link, "/=")+1:]
}

func TestForgotPassword(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	for _, who := range []string{"casey", " CASEY ", "Casey@Example.test"} {
		if err := s.ForgotPassword(t.Context(), visitor, who); err != nil {
			t.Fatal(err)
		}
		mails := sendMail(t, s, box)
		if len(mails) != 1 || mails[0].To != "casey@example.test" {
			t.Fatalf("%q: %v", who, mails)
		}
		if _, text, _ := mails[0].Parts(t); !strings.Contains(text, "https://pkgs.example.test/reset-password/") || !strings.Contains(text, "Hello casey,") {
			t.Errorf("%q: the mail says\n%s", who, text)
		}
	}
	check(t, "nothing typed", s.ForgotPassword(t.Context(), visitor, " "), model.Invalid)
	check(t, "far too much typed", s.ForgotPassword(t.Context(), visitor, strings.Repeat("x", 300)), model.Invalid)
	for _, who := range []string{"nobody", "nobody@example.test", "labs"} {
		check(t, who, s.ForgotPassword(t.Context(), visitor, who), model.Internal)
		if mails := sendMail(t, s, box); len(mails) > 0 {
			t.Errorf("%s: %v", who, mails)
		}
	}
}

func TestForgotUsername(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	in := registry.NewUser{Login: "second", Email: "Casey@example.test", Password: registrytest.Password}
	if _, err := s.CreateUser(t.Context(), model.LocalOperator(), in); err != nil {
		t.Fatal(err)
	}
	check(t, "known", s.ForgotUsername(t.Context(), visitor, "casey@EXAMPLE.test"), model.Internal)
	mails := sendMail(t, s, box)
	if len(mails) != 1 {
		t.Fatalf("%d mails, want 1", len(mails))
	}
	if _, text, _ := mails[0].Parts(t); !strings.Contains(text, "\n    casey\n    second\n") {
		t.Errorf("the mail says\n%s", text)
	}
	check(t, "unknown", s.ForgotUsername(t.Context(), visitor, "nobody@example.test"), model.Internal)
	check(t, "no address", s.ForgotUsername(t.Context(), visitor, "casey"), model.Invalid)
	if mails := sendMail(t, s, box); len(mails) > 0 {
		t.Errorf("nobody was mailed: %v", mails)
	}
}

func TestForgotWithoutMail(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	check(t, "password", s.ForgotPassword(t.Context(), visitor, "casey"), model.Forbidden)
	check(t, "username", s.ForgotUsername(t.Context(), visitor, "casey@example.test"), model.Forbidden)
}

// TestA4ResetLinks walks the ways in which a reset link dies.
func TestA4ResetLinks(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	use := func(site *registrytest.Site, secret string) error {
		return site.ResetPassword(t.Context(), visitor, secret, choice, false)
	}
	tests := []struct {
		name string
		kill func(login, secret string)
	}{
		{"used", func(_, secret string) { check(t, "first use", use(s, secret), model.Internal) }},
		{"a newer one was sent", func(login, _ string) { resetSecret(t, s, box, login) }},
		{"an administrator made a newer one", func(login, _ string) {
			_, err := s.NewResetLink(t.Context(), model.LocalOperator(), login)
			check(t, "reset-link", err, model.Internal)
		}},
		{"the password was changed", func(login, _ string) {
			_, err := s.ChangePassword(t.Context(), s.Actor(t, login), registrytest.Password, choice)
			check(t, "change", err, model.Internal)
		}},
		{"an administrator set the password", func(login, _ string) {
			check(t, "set", s.SetPassword(t.Context(), model.LocalOperator(), login, fresh), model.Internal)
		}},
		{"the address was changed", func(login, _ string) {
			check(t, "change", s.ChangeEmail(t.Context(), s.Actor(t, login), login+"@new.test", registrytest.Password), model.Internal)
			for _, m := range sendMail(t, s, box) {
				if m.To == login+"@new.test" {
					check(t, "confirm", s.ConfirmEmail(t.Context(), visitor, secretOf(t, []mailtest.Mail{m})), model.Internal)
				}
			}
		}},
	}
	for i, tt := range tests {
		login := "user-" + string(rune('a'+i))
		s.User(t, login)
		secret := resetSecret(t, s, box, login)
		tt.kill(login, secret)
		_, err := s.OpenReset(t.Context(), secret)
		check(t, tt.name+", opened", err, model.Gone)
		check(t, tt.name, use(s, secret), model.Gone)
		sendMail(t, s, box)
	}
	secret := resetSecret(t, s, box, "casey")
	check(t, "a second too late", use(s.Later(24*time.Hour), secret), model.Gone)
	check(t, "misspelt", use(s, secret+"A"), model.Gone)
	check(t, "of another kind", s.ConfirmEmail(t.Context(), visitor, secret), model.Gone)
	check(t, "in time", use(s.Later(24*time.Hour-time.Minute), secret), model.Internal)
}

// TestA4ResetAtOnce follows one link many times together.
func TestA4ResetAtOnce(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	secret := resetSecret(t, s, s.Mailbox(t), "casey")
	var done, gone sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			err := s.ResetPassword(t.Context(), visitor, secret, choice, false)
			switch {
			case err == nil:
				done.Store(i, true)
			case model.CodeOf(err) == model.Gone:
				gone.Store(i, true)
			default:
				t.Errorf("unexpected: %v", err)
			}
		})
	}
	all.Wait()
	if count(&done) != 1 {
		t.Errorf("%d of 8 went through, want 1", count(&done))
	}
}

func TestResetPassword(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	casey := s.Actor(t, "casey")
	token := s.Token(t, "casey")
	secret := resetSecret(t, s, box, "casey")
	opened, err := s.OpenReset(t.Context(), secret)
	if err != nil || opened.Login != "casey" || len(opened.Tokens) != 1 {
		t.Errorf("opens %+v, %v", opened, err)
	}
	check(t, "too short", s.ResetPassword(t.Context(), visitor, secret, registry.NewPassword{Password: "short", Confirm: "short"}, true), model.Invalid)
	check(t, "differing", s.ResetPassword(t.Context(), visitor, secret, registry.NewPassword{Password: fresh, Confirm: "x"}, true), model.Invalid)
	check(t, "right", s.ResetPassword(t.Context(), visitor, secret, choice, true), model.Internal)
	_, err = s.SignIn(t.Context(), visitor, "casey", fresh)
	check(t, "sign in with the new one", err, model.Internal)
	_, err = s.SessionActor(t.Context(), model.Actor{}, casey.UserID, 1, "")
	check(t, "an old session", err, model.Unauthenticated)
	_, err = s.Authenticate(t.Context(), model.Actor{}, model.Credential{Token: token})
	check(t, "a token that was to be revoked", err, model.Unauthenticated)
	mails := sendMail(t, s, box)
	if len(mails) != 1 || mails[0].To != "casey@example.test" || !strings.Contains(mails[0].Raw, "password was changed") {
		t.Errorf("the owner is told: %v", mails)
	}
}

func TestNewResetLink(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t) // without mail
	url, err := s.NewResetLink(t.Context(), model.LocalOperator(), "casey")
	if err != nil || !strings.HasPrefix(url, "http://vivarium.test/reset-password/") {
		t.Fatalf("%q, %v", url, err)
	}
	secret := strings.TrimPrefix(url, "http://vivarium.test/reset-password/")
	check(t, "follow", s.ResetPassword(t.Context(), visitor, secret, choice, false), model.Internal)
	_, err = s.NewResetLink(t.Context(), model.LocalOperator(), "labs")
	check(t, "for an organization", err, model.Invalid)
	_, err = s.NewResetLink(t.Context(), s.Actor(t, "brook"), "casey")
	check(t, "by a user", err, model.Forbidden)
}

// TestA6MailBombing asks again and again for one address, and from one address for
// many.
func TestA6MailBombing(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t, func(p *registry.Policy) { p.SignInAttempts = 10 })
	box := s.Mailbox(t)
	sent := 0
	for range 10 {
		check(t, "ask", s.ForgotPassword(t.Context(), visitor, "casey"), model.Internal)
		sent += len(sendMail(t, s, box))
	}
	if sent != 3 {
		t.Errorf("%d mails for 10 requests, want 3", sent)
	}
	for range 10 {
		check(t, "ask for others", s.ForgotUsername(t.Context(), visitor, "casey@example.test"), model.Internal)
	}
	if n := len(sendMail(t, s, box)); n != 3 {
		t.Errorf("%d mails with usernames, want 3", n)
	}
	check(t, "the 21st request", s.ForgotPassword(t.Context(), visitor, "brook"), model.TooMany)
	elsewhere := visitor
	elsewhere.RemoteAddr = "192.0.2.6"
	check(t, "from elsewhere", s.ForgotPassword(t.Context(), elsewhere, "brook"), model.Internal)
	later := s.Later(time.Hour + time.Minute)
	check(t, "an hour later", later.ForgotPassword(t.Context(), visitor, "casey"), model.Internal)
	if n := len(sendMail(t, later, box)); n != 2 { // brook's too
		t.Errorf("%d mails an hour later, want 2", n)
	}
}
