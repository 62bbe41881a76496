package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry/registrytest"
)

func TestChangeOfEmail(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	box := s.Mailbox(t)
	b := s.as(t, "casey")
	form := url.Values{"email": {"new@casey.test"}, "password": {"wrong"}}
	b.post("/account/email", form).want(t, http.StatusUnprocessableEntity).shows(t, "<title>Error: Profile", `<a href="#email-password">`, `value="new@casey.test"`)
	b.HTMX = true
	b.post("/account/email", url.Values{"email": {"new"}, "password": {registrytest.Password}}).want(t, http.StatusUnprocessableEntity).
		shows(t, `<a href="#new-email">`).hides(t, "<html")
	form.Set("password", registrytest.Password)
	b.post("/account/email", form).want(t, http.StatusOK).shows(t, "new@casey.test</strong> waits for confirmation", "We sent a link to new@casey.test.").hides(t, "<html")
	b.HTMX = false
	link := s.sent(t, box, "new@casey.test").Link(t)
	b.post("/account/email", url.Values{"do": {"keep"}}).leadsTo(t, "/account/profile")
	b.get(link).want(t, http.StatusGone)
	b.post("/account/email", form).leadsTo(t, "/account/profile")
	b.post("/account/email", url.Values{"do": {"again"}}).leadsTo(t, "/account/profile")
	link = s.sent(t, box, "new@casey.test").Link(t)
	b.post(link, nil).leadsTo(t, "/account/profile")
	b.get("/account/profile").want(t, http.StatusOK).shows(t, "Your address is confirmed.", "new@casey.test").hides(t, "casey@example.test")
}

func TestRename(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "casey")
	b.HTMX = true
	b.post("/account/rename/check", url.Values{"username": {"Casey-Lind"}}).want(t, http.StatusOK).shows(t, "casey-lind is free.").hides(t, "<html")
	b.post("/account/rename/check", url.Values{"username": {"brook"}}).want(t, http.StatusOK).shows(t, "brook is taken.")
	b.HTMX = false
	b.get("/account/rename?username=labs").want(t, http.StatusUnprocessableEntity).shows(t, `<a href="#new-username">`)
	b.get("/account/rename?username=casey-lind").want(t, http.StatusOK).shows(t, "Rename casey to casey-lind?", "/conda/casey-lind")
	form := url.Values{"to": {"casey-lind"}, "password": {"wrong"}}
	b.post("/account/rename", form).want(t, http.StatusUnprocessableEntity).shows(t, `<a href="#password">`)
	form.Set("password", registrytest.Password)
	b.post("/account/rename", form).leadsTo(t, "/account/profile")
	b.get("/landscape").want(t, http.StatusOK).shows(t, "active account: casey-lind")
	b.get("/casey").want(t, http.StatusNotFound)
	s.visitor(t).post("/signup", signUpForm("casey")).want(t, http.StatusUnprocessableEntity).shows(t, "is taken")
}

func TestDeleteAccount(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "brook", condatest.Spec{Name: "sonarkit"}, model.Public)
	brook := s.as(t, "brook")
	brook.get("/account/profile").want(t, http.StatusOK).shows(t, "Removes 1 package.")
	brook.get("/account/delete").want(t, http.StatusOK).shows(t, "You are the only owner of labs.", "1, ").hides(t, "Type the username")
	form := url.Values{"typed": {"brook"}, "password": {registrytest.Password}}
	brook.post("/account/delete", form).want(t, http.StatusConflict).shows(t, "only owner of labs")

	b, other := s.as(t, "casey"), s.as(t, "casey")
	b.get("/account/delete").want(t, http.StatusOK).shows(t, "Delete casey?", "Type the username to confirm")
	b.post("/account/delete", url.Values{"typed": {"case"}, "password": {registrytest.Password}}).want(t, http.StatusUnprocessableEntity).shows(t, `<a href="#typed">`)
	b.post("/account/delete", url.Values{"typed": {"casey"}, "password": {"wrong"}}).want(t, http.StatusUnprocessableEntity).shows(t, `<a href="#password">`)
	b.post("/account/delete", url.Values{"typed": {"Casey"}, "password": {registrytest.Password}}).leadsTo(t, "/signin?after=delete")
	other.get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
	b.get("/casey").want(t, http.StatusNotFound)
	s.visitor(t).post("/signup", signUpForm("casey")).want(t, http.StatusUnprocessableEntity).shows(t, "is taken")
}

func TestExport(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "brook", condatest.Spec{Name: "sonarkit"}, model.Private)
	secret := s.Token(t, "brook")
	a := s.as(t, "brook").post("/account/export", nil).want(t, http.StatusOK)
	if got := a.Header().Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="brook-2`) {
		t.Errorf("Content-Disposition: %s", got)
	}
	var data struct {
		Profile  struct{ Username, Email string }
		Packages []struct {
			Name  string
			Files []struct{ Name string }
		}
		Groups   []struct{ Organization string }
		Tokens   []struct{ Name string }
		Sessions []struct{ Address string }
		Log      []struct{ Action string }
	}
	if err := json.Unmarshal(a.Body.Bytes(), &data); err != nil {
		t.Fatal(err)
	}
	if data.Profile.Email != "brook@example.test" || len(data.Packages) != 1 || len(data.Packages[0].Files) != 1 || len(data.Groups) != 1 ||
		len(data.Tokens) != 1 || len(data.Sessions) != 1 || len(data.Log) == 0 {
		t.Errorf("exported %s", a.Body)
	}
	for _, hidden := range []string{secret, "argon2", registrytest.Password} {
		if strings.Contains(a.Body.String(), hidden) {
			t.Errorf("the export holds %q", hidden)
		}
	}
}

// TestSessions lists the browsers of a person and ends them.
func TestSessions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	here, there, third := s.as(t, "casey"), s.as(t, "casey"), s.as(t, "casey")
	page := here.get("/account/security").want(t, http.StatusOK).shows(t, "This session", "End all other sessions", "Ends your 2 other sessions")
	_, rest, _ := strings.Cut(page.Body.String(), `name="end" value="`)
	_, rest, _ = strings.Cut(rest, `name="end" value="`) // the first is all others
	id, _, _ := strings.Cut(rest, `"`)
	s.as(t, "mallory").post("/account/sessions", url.Values{"end": {id}}).leadsTo(t, "/account/security")
	alive := func(b *browser) bool { return b.get("/landscape").Code == http.StatusOK }
	if !alive(there) || !alive(third) {
		t.Fatal("mallory ended a session of casey")
	}
	here.HTMX = true
	here.post("/account/sessions", url.Values{"end": {id}}).want(t, http.StatusOK).shows(t, "1 session ended.", `id="sessions"`).hides(t, "<html")
	here.HTMX = false
	if alive(there) == alive(third) {
		t.Error("one of two sessions should have ended")
	}
	here.post("/account/sessions", url.Values{"end": {"others"}}).leadsTo(t, "/account/security")
	if alive(there) || alive(third) || !alive(here) {
		t.Error("this session alone should be left")
	}
	here.post("/account/sessions", url.Values{"end": {"nonsense"}}).want(t, http.StatusUnprocessableEntity)
	here.post("/signout", nil).leadsTo(t, "/")
	if list, err := s.Sessions(t.Context(), s.Actor(t, "casey"), 1<<50); err != nil || len(list) != 0 {
		t.Errorf("%d sessions are left after signing out, %v", len(list), err)
	}
}

func TestSecurityLog(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.visitor(t).post("/signin", url.Values{"username": {"casey"}, "password": {"wrong"}}).want(t, http.StatusUnprocessableEntity)
	s.visitor(t).post("/signin", url.Values{"username": {"casey@example.test"}, "password": {"wrong"}}).want(t, http.StatusUnprocessableEntity)
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := s.as(t, "casey")
	b.get("/account/security").want(t, http.StatusOK).shows(t, "Sign-in refused", "2 wrong passwords", "Signed in", "Account created")
	b.get("/account/security?kind=user").want(t, http.StatusOK).shows(t, "Account created").hides(t, "Sign-in refused")
	b.HTMX = true
	b.get("/account/security?kind=token").want(t, http.StatusOK).shows(t, "Nothing of this kind").hides(t, "<html")
}
