package mail_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vivarium/app/mail"
	"vivarium/app/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var kinds = []model.MailKind{
	model.ForgotUsernameMail, model.ResetMail, model.WelcomeMail, model.ConfirmMail, model.EmailChangeMail, model.PasswordChangedMail,
	model.GivenMail, model.InvitationMail,
}

func facts() mail.Facts {
	return mail.Facts{
		Base: "https://pkgs.reef.example", Login: "mlind", Logins: []string{"mlind", "mara"}, Link: "https://pkgs.reef.example/x/SECRET",
		Expires: time.Date(2026, 11, 23, 13, 20, 0, 0, time.UTC), Created: time.Date(2026, 11, 22, 13, 20, 0, 0, time.UTC),
		Password: "a&b<c>", NewEmail: "mara@lind.example", RemoteAddr: "10.4.1.9",
		Maker: "tsato", Organization: "reef-lab", Group: "field-tools",
	}
}

func TestCompose(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		m, err := mail.Compose(kind, facts())
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		golden(t, string(kind)+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
		golden(t, string(kind)+".html", m.HTML)
	}
}

// TestMailsAreSelfContained looks for what mail programs would have to fetch, and
// for letters that not every server takes.
func TestMailsAreSelfContained(t *testing.T) {
	t.Parallel()
	foreign := regexp.MustCompile(`(?i)<(img|link|script|iframe)|url\(|[^\x00-\x7f]`)
	long := regexp.MustCompile(`(?m)^.{79,}$`)
	for _, kind := range kinds {
		m, err := mail.Compose(kind, facts())
		if err != nil {
			t.Fatal(err)
		}
		if found := foreign.FindString(m.HTML + m.Text + m.Subject); found != "" {
			t.Errorf("%s has %q", kind, found)
		}
		if found := long.FindString(m.Text); found != "" {
			t.Errorf("%s has a long line: %s", kind, found)
		}
		if strings.Count(m.HTML, `class="go"`) > 1 {
			t.Errorf("%s has more than one button", kind)
		}
	}
}

func TestComposeEscapes(t *testing.T) {
	t.Parallel()
	f := facts()
	f.NewEmail, f.Maker = "<script>alert(1)</script>@x", "a\r\nBcc: b"
	m, err := mail.Compose(model.EmailChangeMail, f)
	if err != nil || strings.Contains(m.HTML, "<script") {
		t.Errorf("the address is not escaped (%v):\n%s", err, m.HTML)
	}
	if _, err := mail.Compose("nonsense", f); err == nil {
		t.Error("a mail of no kind was written")
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", name, diff)
	}
}
