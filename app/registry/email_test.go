package registry_test

import (
	"strings"
	"testing"

	"vivarium/app/mail/mailtest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestA12ChangeEmail changes an address: the password is asked for, the old
// address is told, and the new one counts when it is confirmed.
func TestA12ChangeEmail(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	casey := s.Actor(t, "casey")
	check(t, "wrong password", s.ChangeEmail(t.Context(), casey, "new@casey.test", "wrong one"), model.Invalid)
	check(t, "no address", s.ChangeEmail(t.Context(), casey, "new", registrytest.Password), model.Invalid)
	check(t, "the same", s.ChangeEmail(t.Context(), casey, "CASEY@example.test", registrytest.Password), model.Invalid)
	token := s.TokenActor(t, s.Token(t, "casey", "all"))
	check(t, "by a token", s.ChangeEmail(t.Context(), token, "new@casey.test", registrytest.Password), model.Forbidden)
	check(t, "right", s.ChangeEmail(t.Context(), casey, "new@casey.test", registrytest.Password), model.Internal)

	mails := byRecipient(sendMail(t, s, box))
	if told := mails["casey@example.test"]; !strings.Contains(told.Raw, "new@casey.test") {
		t.Errorf("the old address is told\n%s", told.Raw)
	}
	resetSecret(t, s, box, "casey")
	if last := box.Mails()[len(box.Mails())-1]; last.To != "casey@example.test" {
		t.Errorf("before it is confirmed, mail goes to %s", last.To)
	}
	secret := secretOf(t, []mailtest.Mail{mails["new@casey.test"]})
	check(t, "confirm", s.ConfirmEmail(t.Context(), visitor, secret), model.Internal)
	check(t, "confirm again", s.ConfirmEmail(t.Context(), visitor, secret), model.Gone)
	a, err := s.Account(t.Context(), casey, "casey")
	if err != nil || a.Email != "new@casey.test" || a.EmailConfirmedAt.IsZero() || a.NewEmail != "" {
		t.Errorf("casey is %+v, %v", a, err)
	}
	_, err = s.SignIn(t.Context(), visitor, "new@casey.test", registrytest.Password)
	check(t, "sign in with the new address", err, model.Internal)
	_, err = s.SignIn(t.Context(), visitor, "casey@example.test", registrytest.Password)
	check(t, "sign in with the old one", err, model.Invalid)
}

func byRecipient(list []mailtest.Mail) map[string]mailtest.Mail {
	all := map[string]mailtest.Mail{}
	for _, m := range list {
		all[m.To] = m
	}
	return all
}

func TestChangeOfEmailIsCalledOff(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	casey := s.Actor(t, "casey")
	ask := func() string {
		check(t, "ask", s.ChangeEmail(t.Context(), s.Actor(t, "casey"), "new@casey.test", registrytest.Password), model.Internal)
		return secretOf(t, []mailtest.Mail{byRecipient(sendMail(t, s, box))["new@casey.test"]})
	}
	secret := ask()
	check(t, "call off", s.KeepEmail(t.Context(), casey), model.Internal)
	check(t, "confirm", s.ConfirmEmail(t.Context(), visitor, secret), model.Gone)
	secret = ask()
	check(t, "change the password", s.SetPassword(t.Context(), model.LocalOperator(), "casey", fresh), model.Internal)
	check(t, "confirm after that", s.ConfirmEmail(t.Context(), visitor, secret), model.Gone)
}

func TestChangeEmailWithoutMail(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	check(t, "change", s.ChangeEmail(t.Context(), s.Actor(t, "casey"), "new@casey.test", registrytest.Password), model.Internal)
	a, err := s.Account(t.Context(), s.Actor(t, "casey"), "casey")
	if err != nil || a.Email != "new@casey.test" || !a.EmailConfirmedAt.IsZero() {
		t.Errorf("casey is %+v, %v", a, err)
	}
}

// TestA13SharedAddress lets two accounts have one address, until one confirms it.
func TestA13SharedAddress(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	join := func(login, password string) {
		t.Helper()
		in := registry.SignUp{Login: login, Email: "Shared@example.test", Password: password, Confirm: password, AcceptTerms: true}
		if _, err := s.SignUp(t.Context(), visitor, in); err != nil {
			t.Fatal(err)
		}
	}
	join("squatter", "the squatter's own")
	join("owner", "the owner's own")
	welcome := sendMail(t, s, box)
	if len(welcome) != 2 {
		t.Fatalf("%d mails, want 2", len(welcome))
	}
	signIn := func(password string) string {
		a, _ := s.SignIn(t.Context(), visitor, "shared@EXAMPLE.test", password)
		return a.Login
	}
	if signIn("the squatter's own") != "squatter" || signIn("the owner's own") != "owner" {
		t.Error("before anybody confirms, either may sign in with the address")
	}
	check(t, "the owner confirms", s.ConfirmEmail(t.Context(), visitor, secretOf(t, welcome[1:])), model.Internal)
	if signIn("the squatter's own") != "" || signIn("the owner's own") != "owner" {
		t.Error("after that, only the owner may")
	}
	check(t, "the squatter confirms", s.ConfirmEmail(t.Context(), visitor, secretOf(t, welcome[:1])), model.Conflict)
	check(t, "forgot", s.ForgotPassword(t.Context(), visitor, "shared@example.test"), model.Internal)
	mails := sendMail(t, s, box)
	if len(mails) != 1 || !strings.Contains(mails[0].Raw, "Hello owner,") {
		t.Errorf("the reset link goes to %v", mails)
	}
	check(t, "forgot the name", s.ForgotUsername(t.Context(), visitor, "shared@example.test"), model.Internal)
	if _, text, _ := sendMail(t, s, box)[0].Parts(t); !strings.Contains(text, "squatter") || !strings.Contains(text, "owner") {
		t.Errorf("all names of the address are listed:\n%s", text)
	}
}

func TestAskToConfirm(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	box := s.Mailbox(t)
	casey := s.Actor(t, "casey")
	check(t, "ask", s.AskToConfirm(t.Context(), casey), model.Internal)
	secret := secretOf(t, sendMail(t, s, box))
	opened, err := s.OpenConfirmation(t.Context(), secret)
	if err != nil || opened.Login != "casey" || opened.Email != "casey@example.test" {
		t.Errorf("opens %+v, %v", opened, err)
	}
	check(t, "confirm", s.ConfirmEmail(t.Context(), visitor, secret), model.Internal)
	check(t, "ask again", s.AskToConfirm(t.Context(), casey), model.Conflict)
}
