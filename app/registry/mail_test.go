package registry_test

import (
	"strings"
	"testing"
	"time"

	"vivarium/app/mail/mailtest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestMailWaitsForTheServer asks for a link while the mail server is down.
func TestMailWaitsForTheServer(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	down := s.Mailbox(t)
	down.Stop()
	check(t, "ask", s.ForgotPassword(t.Context(), visitor, "casey"), model.Internal)
	if mails := sendMail(t, s, down); len(mails) > 0 {
		t.Fatalf("a server that is down took %v", mails)
	}
	if !strings.Contains(s.Log.String(), "mail put off") || strings.Contains(s.Log.String(), "casey@") {
		t.Errorf("the log says\n%s", s.Log)
	}
	box := mailtest.Start(t)
	at := func(after time.Duration) int {
		later := s.Later(after)
		later.Mailer = box.Sender(t)
		return len(sendMail(t, later, box))
	}
	if n := at(time.Second); n != 0 {
		t.Errorf("%d mails a second later: that is too soon", n)
	}
	if n := at(6 * time.Second); n != 1 {
		t.Errorf("%d mails six seconds later, want 1", n)
	}
	if n := len(box.Mails()); n != 1 {
		t.Errorf("%d mails in the end, want 1", n)
	}
}

func TestMailIsGivenUp(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	box.Refuse("451 4.3.0 later")
	check(t, "ask", s.ForgotPassword(t.Context(), visitor, "casey"), model.Internal)
	for wait := time.Duration(0); wait < 25*time.Hour; wait += 10 * time.Minute {
		sendMail(t, s.Later(wait), box)
	}
	box.Refuse("")
	if mails := sendMail(t, s.Later(26*time.Hour), box); len(mails) > 0 {
		t.Errorf("a link that is dead was mailed: %v", mails)
	}
	box.Refuse("550 5.1.1 no such mailbox")
	check(t, "ask again", s.ForgotPassword(t.Context(), visitor, "casey"), model.Internal)
	sendMail(t, s, box)
	box.Refuse("")
	if mails := sendMail(t, s.Later(time.Hour), box); len(mails) > 0 {
		t.Errorf("a mailbox that does not exist was tried again: %v", mails)
	}
}

// TestNewestLinkWorks lets the first of two mails fail: it must not overtake the
// second.
func TestNewestLinkWorks(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	box.Refuse("451 4.3.0 later")
	check(t, "ask", s.ForgotPassword(t.Context(), visitor, "casey"), model.Internal)
	sendMail(t, s, box)
	box.Refuse("")
	secret := resetSecret(t, s, box, "casey")
	if mails := sendMail(t, s.Later(time.Minute), box); len(mails) > 0 {
		t.Errorf("the older request was mailed after the newer one: %v", mails)
	}
	_, err := s.OpenReset(t.Context(), secret)
	check(t, "the newest link", err, model.Internal)
}

// TestSecretsAreNotKept looks for links and passwords in the database.
func TestSecretsAreNotKept(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	secret := resetSecret(t, s, box, "casey")
	const given = "mailed to somebody"
	in := registry.NewUser{Login: "dana", Email: "dana@example.test", Password: given, ByMail: true}
	if _, err := s.CreateUser(t.Context(), model.LocalOperator(), in); err != nil {
		t.Fatal(err)
	}
	if sent, err := s.SendGiven(t.Context(), "dana"); err != nil || !sent {
		t.Fatalf("sent: %v, %v", sent, err)
	}
	dump := s.Dump(t)
	for _, hidden := range []string{secret, given} {
		if strings.Contains(dump, hidden) {
			t.Errorf("the database holds %q", hidden)
		}
	}
}

func TestGivenPassword(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	in := registry.NewUser{Login: "dana", Email: "dana@example.test", Password: "a first phrase", ByMail: true}
	_, err := s.CreateUser(t.Context(), model.LocalOperator(), in)
	check(t, "without mail", err, model.Conflict)
	box := s.Mailbox(t)
	if _, err := s.CreateUser(t.Context(), model.LocalOperator(), in); err != nil {
		t.Fatal(err)
	}
	_, text, _ := sendMail(t, s, box)[0].Parts(t)
	for _, want := range []string{"http://vivarium.test/signin", "Username: dana\n", "Password: a first phrase\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the mail lacks %q:\n%s", want, text)
		}
	}
	_, err = s.Authenticate(t.Context(), model.Actor{}, model.Credential{Login: "dana", Password: in.Password})
	check(t, "by a program", err, model.Unauthenticated)
	if _, err := s.SignIn(t.Context(), visitor, "dana", in.Password); err != nil {
		t.Fatal(err)
	}
	dana := s.Actor(t, "dana")
	if !dana.MustChoosePassword {
		t.Error("dana need not choose a password")
	}
	choose := func(password string, terms bool) error {
		_, err := s.ChooseOwnPassword(t.Context(), dana, registry.NewPassword{Password: password, Confirm: password}, terms)
		return err
	}
	check(t, "the same again", choose(in.Password, true), model.Invalid)
	check(t, "without the terms", choose(fresh, false), model.Invalid)
	check(t, "another", choose(fresh, true), model.Internal)
	a, err := s.Account(t.Context(), dana, "dana")
	if err != nil || a.PasswordGiven || a.TermsVersion == "" {
		t.Errorf("dana is %+v, %v", a, err)
	}
	_, err = s.ChooseOwnPassword(t.Context(), s.Actor(t, "dana"), registry.NewPassword{Password: "yet another", Confirm: "yet another"}, true)
	check(t, "a second time", err, model.Forbidden)
	_, err = s.Authenticate(t.Context(), model.Actor{}, model.Credential{Login: "dana", Password: fresh})
	check(t, "by a program now", err, model.Internal)
}
