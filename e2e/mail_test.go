package e2e

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
)

const fresh = "another good phrase"

// TestForgottenByMail follows the links that a real SMTP server was given.
func TestForgottenByMail(t *testing.T) {
	t.Parallel()
	box := startMailbox(t, "")
	s := startServerOn(t, t.TempDir(), box.settings("none"))
	s.addUser("alice")
	p := s.person()
	p.form("/forgot-username", "email", "alice@example.test").is(t, http.StatusOK).has(t, "Check your mail")
	if l := box.next(0, "alice@example.test", "username"); !strings.Contains(l.raw, "\n    alice\r\n") {
		t.Errorf("the mail says\n%s", l.raw)
	}
	p.form("/forgot-password", "who", "alice").is(t, http.StatusOK).has(t, "Check your mail")
	site, link := box.next(0, "alice@example.test", "Reset").link(t)
	if site != s.URL {
		t.Errorf("the link leads to %s, want %s", site, s.URL)
	}
	p.page(link).is(t, http.StatusOK).has(t, "Choose a new password")
	p.form(link, "password", fresh, "confirm", fresh).leads(t, "/signin?after=reset")
	p.page(link).is(t, http.StatusGone)
	p.form("/signin", "username", "alice@example.test", "password", fresh).leads(t, "/landscape")
	box.next(0, "alice@example.test", "password was changed")
	if strings.Contains(s.log.String(), strings.TrimPrefix(link, "/reset-password/")) || strings.Contains(s.log.String(), "alice@") {
		t.Errorf("the log tells of a link or an address:\n%s", s.log)
	}
}

// TestMailServerIsDown asks while nobody listens: the answer is the same, and the
// mail goes out when the server is back.
func TestMailServerIsDown(t *testing.T) {
	t.Parallel()
	box := startMailbox(t, "")
	s := startServerOn(t, t.TempDir(), box.settings("none"))
	s.addUser("alice")
	up := s.person().form("/forgot-password", "who", "alice").is(t, http.StatusOK)
	first := box.next(0, "alice@example.test", "Reset")
	box.stop()
	down := s.person().form("/forgot-password", "who", "alice").is(t, http.StatusOK)
	if times.ReplaceAllString(string(up.body), "") != times.ReplaceAllString(string(down.body), "") {
		t.Errorf("the page tells that the server is down:\n%s\n%s", up.body, down.body)
	}
	within(t, 60e9, "nobody tried to send", func() bool { return strings.Contains(s.log.String(), "mail put off") })
	box.start("", nil)
	_, link := box.next(1, "alice@example.test", "Reset").link(t)
	s.person().page(link).is(t, http.StatusOK)
	_, old := first.link(t)
	s.person().page(old).is(t, http.StatusGone)
}

var times = regexp.MustCompile(`(datetime|title)="[^"]*"|\d\d:\d\d UTC`)

// TestGivenByMail makes a user by command, with and without encryption: the mail
// holds all that is needed, and the first sign-in asks for another password.
func TestGivenByMail(t *testing.T) {
	t.Parallel()
	for mode, credentials := range map[string][]string{"none": nil, "starttls": {"post", "mail secret"}, "tls": nil} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			given(t, mode, credentials)
		})
	}
}

func given(t *testing.T, mode string, credentials []string) {
	serverMode := mode
	if mode == "none" {
		serverMode = ""
	}
	box := startMailbox(t, serverMode, credentials...)
	settings := box.settings(mode, "VIVARIUM_PUBLIC_URL=http://127.0.0.1:1")
	if len(credentials) > 0 {
		settings = append(settings, "VIVARIUM_MAIL_USERNAME="+credentials[0], "VIVARIUM_MAIL_PASSWORD="+credentials[1])
	}
	s := startServerOn(t, t.TempDir(), settings)
	done := execute(t, s.dir, plainEnv(s.dir, settings...), "", program, "admin", "create-user", "alice", "--email", "alice@example.test", "--generate-password", "--send-email").ok(t)
	secret := strings.TrimSpace(done.stdout)
	l := box.next(0, "alice@example.test", "Your account")
	for _, want := range []string{"http://127.0.0.1:1/signin", "Username: alice\r\n", "Password: " + secret + "\r\n"} {
		if !strings.Contains(l.raw, want) {
			t.Errorf("the mail lacks %q:\n%s", want, l.raw)
		}
	}
	if done.says(t, "mailed the password"); strings.Contains(done.stderr, secret) {
		t.Error("stderr has the password")
	}
	p := s.person()
	p.form("/signin", "username", "alice", "password", secret).leads(t, "/account/new-password")
	p.page("/landscape").leads(t, "/account/new-password")
	if got := s.send(http.MethodPost, s.API+"/authentications", nil, "Authorization", "Basic "+basic("alice", secret)).status; got != http.StatusUnauthorized {
		t.Errorf("a program gets in with the mailed password: %d", got)
	}
	p.form("/account/new-password", "password", fresh, "confirm", fresh, "terms", "yes").leads(t, "/landscape")
	p.page("/landscape").is(t, http.StatusOK)
}

// TestA1HostOfLinks asks under foreign names: a link is to the public address.
func TestA1HostOfLinks(t *testing.T) {
	t.Parallel()
	box := startMailbox(t, "")
	s := startServerOn(t, t.TempDir(), box.settings("none", "VIVARIUM_PUBLIC_URL=https://packages.example.test"))
	s.addUser("alice")
	evil := s.person()
	evil.headers = map[string]string{"Host": "evil.test", "X-Forwarded-Host": "evil.test", "X-Outside-Url": "http://evil.test"}
	evil.form("/forgot-password", "who", "alice").is(t, http.StatusMisdirectedRequest)
	evil.headers["Host"] = "packages.example.test"
	evil.form("/forgot-password", "who", "alice").is(t, http.StatusOK)
	l := box.next(0, "alice@example.test", "Reset")
	if site, _ := l.link(t); site != "https://packages.example.test" || strings.Contains(l.raw, "evil") {
		t.Errorf("the mail says\n%s", l.raw)
	}
	if got := s.ask(http.MethodGet, "/health/ready", "Host", "evil.test").status; got != http.StatusOK {
		t.Errorf("health under another name: %d", got)
	}
}

// TestResetLinkByCommand hands a link over where there is no mail.
func TestResetLinkByCommand(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.person().page("/forgot-password").is(t, http.StatusOK).has(t, "ask its administrator")
	url := s.admin("", "reset-link", "alice")
	_, link, ok := strings.Cut(url, "/reset-password/")
	if !ok || strings.ContainsAny(url, " \n") {
		t.Fatalf("printed %q", url)
	}
	p := s.person()
	p.form("/reset-password/"+link, "password", fresh, "confirm", fresh).leads(t, "/signin?after=reset")
	p.form("/signin", "username", "alice", "password", fresh).leads(t, "/landscape")
	s.tryAdmin("", "reset-link", "nobody").exits(t, 1)
}

// TestA17DumpHoldsNoSecrets reads the data folder after a sign-in.
func TestA17DumpHoldsNoSecrets(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	p := s.person().signIn("alice")
	link := s.admin("", "reset-link", "alice")
	secrets := []string{password, link[strings.LastIndex(link, "/")+1:]}
	for _, c := range p.client.Jar.Cookies(must(t, s.URL)) {
		secrets = append(secrets, c.Value)
	}
	if len(secrets) != 3 {
		t.Fatalf("%d secrets, want 3", len(secrets))
	}
	dir := s.stop()
	for _, name := range []string{"vivarium.db", "vivarium.db-wal"} {
		data, err := os.ReadFile(dir + "/data/" + name)
		if err != nil && name == "vivarium.db" {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if strings.Contains(string(data), secret) {
				t.Errorf("%s holds a secret", name)
			}
		}
	}
}
