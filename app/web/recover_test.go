package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"vivarium/app/mail/mailtest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// sent works the queue off and returns the mail to an address.
func (s site) sent(t *testing.T, box *mailtest.Server, to string) mailtest.Mail {
	t.Helper()
	if err := s.SendMail(t.Context()); err != nil {
		t.Fatal(err)
	}
	list := box.Mails()
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].To == to {
			return list[i]
		}
	}
	t.Fatalf("no mail to %s among %d", to, len(list))
	return mailtest.Mail{}
}

const fresh = "another good phrase"

func choice(password string) url.Values {
	return url.Values{"password": {password}, "confirm": {password}}
}

func TestForgottenPassword(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	box := s.Mailbox(t)
	before, b := s.as(t, "casey"), s.visitor(t)
	b.get("/forgot-password").want(t, http.StatusOK).shows(t, "Username or email", "Send reset link", "expires in 24 hours")
	b.post("/forgot-password", url.Values{"who": {"casey@example.test"}}).want(t, http.StatusOK).
		shows(t, "Check your mail", "c•••@example.test").hides(t, "casey@example.test")
	link := s.sent(t, box, "casey@example.test").Link(t)
	if !strings.HasPrefix(link, "/reset-password/") {
		t.Fatalf("the link is %s", link)
	}
	b.get(link).want(t, http.StatusOK).shows(t, "<strong>casey</strong>", "New password", "Confirm new password", "Change password").hides(t, "revoke")
	b.post(link, choice("short")).want(t, http.StatusUnprocessableEntity).shows(t, "<title>Error: ", `<a href="#password">`).hides(t, `value="short"`)
	b.get(link).want(t, http.StatusOK)
	b.post(link, choice(fresh)).leadsTo(t, "/signin?after=reset")
	b.get("/signin?after=reset").want(t, http.StatusOK).shows(t, "Your password is changed.")
	b.get(link).want(t, http.StatusGone).shows(t, "This link does not work any more", `href="/forgot-password"`)
	b.post(link, choice(fresh)).want(t, http.StatusGone)
	before.get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
	b.post("/signin", url.Values{"username": {"casey"}, "password": {fresh}}).leadsTo(t, "/landscape")
	b.post("/forgot-password", url.Values{"who": {" "}}).want(t, http.StatusUnprocessableEntity).shows(t, `<a href="#who">`)
}

func TestForgottenUsername(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	box := s.Mailbox(t)
	b := s.visitor(t)
	b.get("/forgot-username").want(t, http.StatusOK).shows(t, "Email my username")
	b.post("/forgot-username", url.Values{"email": {"casey@example.test"}}).want(t, http.StatusOK).shows(t, "Check your mail")
	if _, text, _ := s.sent(t, box, "casey@example.test").Parts(t); !strings.Contains(text, "    casey\n") || !strings.Contains(text, "http://vivarium.test/signin") {
		t.Errorf("the mail says\n%s", text)
	}
	b.post("/forgot-username", url.Values{"email": {"casey"}}).want(t, http.StatusUnprocessableEntity).shows(t, `<a href="#who">`, `value="casey"`)
}

// TestA2KnownAndUnknownLookAlike compares the answers to who is there and to who
// is not.
func TestA2KnownAndUnknownLookAlike(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Mailbox(t)
	ask := func(path, field, who string) string {
		a := s.visitor(t).post(path, url.Values{field: {who}}).want(t, http.StatusOK)
		return strings.ReplaceAll(sinceSecond(a), who, "WHO")
	}
	for _, tt := range []struct{ path, field, known, unknown string }{
		{"/forgot-password", "who", "casey", "nobod"},
		{"/forgot-password", "who", "casey@example.test", "coboy@example.test"},
		{"/forgot-username", "email", "casey@example.test", "coboy@example.test"},
	} {
		if known, unknown := ask(tt.path, tt.field, tt.known), ask(tt.path, tt.field, tt.unknown); known != unknown {
			t.Errorf("%s tells %s from %s:\n%s\n%s", tt.path, tt.known, tt.unknown, known, unknown)
		}
	}
	form := signUpForm("newcomer")
	form.Set("email", "casey@example.test")
	s.visitor(t).post("/signup", form).leadsTo(t, "/landscape")
}

var moments = regexp.MustCompile(`(datetime|title)="[^"]*"|\d+ \w+ \d{4}, \d\d:\d\d UTC`)

// sinceSecond is a body without its moments.
func sinceSecond(a answer) string {
	return moments.ReplaceAllString(a.Body.String(), "MOMENT")
}

// TestA6TooManyRequestsForMail asks from one address again and again.
func TestA6TooManyRequestsForMail(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.SignInAttempts = 2 })
	s.Mailbox(t)
	b := s.visitor(t)
	for range 4 {
		b.post("/forgot-password", url.Values{"who": {"nobody"}}).want(t, http.StatusOK)
	}
	a := b.post("/forgot-password", url.Values{"who": {"nobody"}}).want(t, http.StatusTooManyRequests)
	if a.Header().Get("Retry-After") == "" {
		t.Error("429 without Retry-After")
	}
}

func TestA4ResetLinkExpires(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	box := s.Mailbox(t)
	b := s.visitor(t)
	b.post("/forgot-password", url.Values{"who": {"casey"}}).want(t, http.StatusOK)
	link := s.sent(t, box, "casey@example.test").Link(t)
	b.site = s.at(24*time.Hour + time.Second)
	b.get(link).want(t, http.StatusGone)
	b.post(link, choice(fresh)).want(t, http.StatusGone)
}

func TestResetRevokesTokensWhenAsked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Token(t, "casey")
	url, err := s.NewResetLink(t.Context(), model.LocalOperator(), "casey")
	if err != nil {
		t.Fatal(err)
	}
	link := strings.TrimPrefix(url, "http://vivarium.test")
	b := s.visitor(t)
	b.get(link).want(t, http.StatusOK).shows(t, "Also revoke 1 access token")
	form := choice(fresh)
	form.Set("revoke", "yes")
	b.post(link, form).leadsTo(t, "/signin?after=reset")
	if list, err := s.Tokens(t.Context(), s.Actor(t, "casey"), "casey"); err != nil || len(list) != 0 {
		t.Errorf("%d tokens are left, %v", len(list), err)
	}
}

// TestGivenPasswordIsReplaced signs in with a password that was mailed.
func TestGivenPasswordIsReplaced(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Mailbox(t)
	in := registry.NewUser{Login: "dana", Email: "dana@example.test", Password: registrytest.Password, ByMail: true}
	if _, err := s.CreateUser(t.Context(), model.LocalOperator(), in); err != nil {
		t.Fatal(err)
	}
	b := s.visitor(t)
	b.post("/signin", url.Values{"username": {"dana"}, "password": {registrytest.Password}, "next": {"/labs"}}).leadsTo(t, "/account/new-password")
	for _, path := range []string{"/landscape", "/labs", "/account/profile", "/dana/settings/access", "/nobody"} {
		b.get(path).leadsTo(t, "/account/new-password")
	}
	b.get("/account/new-password").want(t, http.StatusOK).shows(t, "Welcome, <strong>dana</strong>", "Confirm new password")
	b.get("/terms").want(t, http.StatusOK)
	b.post("/account/new-password", choice(fresh)).want(t, http.StatusUnprocessableEntity).shows(t, `<a href="#terms">`)
	form := choice(fresh)
	form.Set("terms", "yes")
	b.post("/account/new-password", form).leadsTo(t, "/landscape")
	b.get("/landscape").want(t, http.StatusOK)
	b.get("/account/new-password").leadsTo(t, "/account/security")
}
