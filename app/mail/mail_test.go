package mail_test

import (
	"errors"
	"strings"
	"testing"

	"vivarium/app/mail"
	"vivarium/app/mail/mailtest"
	"vivarium/app/model"
)

func message(t *testing.T) mail.Message {
	t.Helper()
	m, err := mail.Compose(model.ResetMail, facts())
	if err != nil {
		t.Fatal(err)
	}
	m.To = "mlind@lind.example"
	return m
}

func TestSend(t *testing.T) {
	t.Parallel()
	server, m := mailtest.Start(t), message(t)
	if err := server.Sender(t).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got := server.Mails()
	if len(got) != 1 || got[0].From != "packages@vivarium.test" || got[0].To != m.To {
		t.Fatalf("got %+v", got)
	}
	subject, text, html := got[0].Parts(t)
	if subject != m.Subject || text != m.Text || html != m.HTML {
		t.Errorf("the mail was changed on its way:\n%s", got[0].Raw)
	}
	if strings.Count(got[0].Raw, "=3D") == 0 || strings.Contains(text, "=3D") {
		t.Error("the HTML should be encoded, and the text should not")
	}
	for _, want := range []string{"Auto-Submitted: auto-generated\n", "From: \"Vivarium\" <packages@vivarium.test>\n", "\nhttps://pkgs.reef.example/x/SECRET\n", "@vivarium.test>\n"} {
		if !strings.Contains(got[0].Raw, want) {
			t.Errorf("no %q in\n%s", want, got[0].Raw)
		}
	}
}

func TestSendLettersBeyondASCII(t *testing.T) {
	t.Parallel()
	server, m := mailtest.Start(t), message(t)
	m.Subject, m.Text = "Grüße", "Hallo Märta"
	if err := server.Sender(t).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	_, text, _ := server.Mails()[0].Parts(t)
	if text != m.Text || strings.Contains(server.Mails()[0].Raw, "ä") {
		t.Errorf("text %q of\n%s", text, server.Mails()[0].Raw)
	}
}

func TestSendSignsIn(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t)
	server.Ask("post", "secret word")
	for password, works := range map[string]bool{"secret word": true, "guess": false} {
		sender, err := mail.New(mail.Options{Host: server.Host, Port: server.Port, From: "a@b.test", TLS: "none", Username: "post", Password: password})
		if err != nil {
			t.Fatal(err)
		}
		err = sender.Send(t.Context(), message(t))
		if (err == nil) != works || err != nil && strings.Contains(err.Error(), password) {
			t.Errorf("with %q: %v", password, err)
		}
	}
}

// TestSendNeedsEncryption wants no mail in the clear unless the operator says so.
func TestSendNeedsEncryption(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t)
	for _, tls := range []string{"starttls", "tls"} {
		sender, err := mail.New(mail.Options{Host: server.Host, Port: server.Port, From: "a@b.test", TLS: tls})
		if err != nil {
			t.Fatal(err)
		}
		if err := sender.Send(t.Context(), message(t)); err == nil || len(server.Mails()) > 0 {
			t.Errorf("%s: sent in the clear (%v)", tls, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t)
	for line, final := range map[string]bool{"550 5.1.1 mlind@lind.example is unknown": true, "451 4.3.0 come back later": false} {
		server.Refuse(line)
		err := server.Sender(t).Send(t.Context(), message(t))
		var refusal *mail.Refusal
		if !errors.As(err, &refusal) || refusal.Final != final {
			t.Errorf("%s: %v, want a final one: %v", line, err, final)
		} else if strings.Contains(err.Error(), "mlind") {
			t.Errorf("the error names the recipient: %v", err)
		}
	}
	server.Stop()
	var refusal *mail.Refusal
	if err := server.Sender(t).Send(t.Context(), message(t)); err == nil || errors.As(err, &refusal) {
		t.Errorf("a server that is down: %v", err)
	}
}

func TestNewRefusesASender(t *testing.T) {
	t.Parallel()
	for _, from := range []string{"", "nobody", "a@b.test, c@d.test", "a@b.test\r\nBcc: x@y.test"} {
		if _, err := mail.New(mail.Options{Host: "localhost", From: from}); err == nil {
			t.Errorf("%q is taken as a sender", from)
		}
	}
}
