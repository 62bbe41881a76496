package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func TestSignUpIsCheckedWhileItIsFilledIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor(t)
	b.HTMX = true
	tests := []struct {
		field string
		form  url.Values
		want  string
	}{
		{"username", url.Values{"username": {"Newcomer"}}, "newcomer is free."},
		{"username", url.Values{"username": {"brook"}}, "brook is taken."},
		{"username", url.Values{"username": {"signin"}}, "is reserved"},
		{"username", url.Values{"username": {"Reef Lab"}}, "small letters"},
		{"username", url.Values{"username": {""}}, "It becomes your channel address."},
		{"email", url.Values{"email": {"mara@"}}, "name@example.org"},
		{"password", url.Values{"password": {"short"}}, "at least 7 characters"},
		{"password", url.Values{"password": {"Password1"}}, "most used"},
		{"password", url.Values{"password": {"newcomer"}, "username": {"newcomer"}}, "may not be the username"},
		{"confirm", url.Values{"password": {"seven77"}, "confirm": {"seven78"}}, "differ"},
	}
	for _, tt := range tests {
		b.post("/signup/check?field="+tt.field, tt.form).want(t, http.StatusOK).shows(t, tt.want).hides(t, "<html")
	}
	b.post("/signup/check?field=email", url.Values{"email": {"brook@example.test"}}).want(t, http.StatusOK).hides(t, "field-error")
	b.post("/signup/check?field=confirm", url.Values{"password": {"seven77"}, "confirm": {"seven77"}}).want(t, http.StatusOK).hides(t, "field-error")
	b.HTMX = false
	b.post("/signup/check?field=nonsense", nil).leadsTo(t, "/signup")
}

func TestSignUpConfirmsTheAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	box := s.Mailbox(t)
	b := s.visitor(t)
	b.post("/signup", signUpForm("newcomer")).leadsTo(t, "/landscape")
	b.get("/account/profile").want(t, http.StatusOK).shows(t, "Not confirmed", "Send it again")
	link := s.sent(t, box, "newcomer@example.test").Link(t)
	elsewhere := s.visitor(t)
	elsewhere.get(link).want(t, http.StatusOK).shows(t, "newcomer@example.test", "Confirm this address")
	elsewhere.post(link, nil).leadsTo(t, "/signin?after=confirm")
	elsewhere.get(link).want(t, http.StatusGone)
	b.get("/account/profile").want(t, http.StatusOK).shows(t, "Confirmed").hides(t, "Not confirmed")
}

// TestInvitation signs up by a link where sign-up is closed.
func TestInvitation(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.SignupOpen = false })
	box := s.Mailbox(t)
	ada, brook, casey := s.as(t, "ada"), s.as(t, "brook"), s.as(t, "casey")
	casey.get("/account/invitations").want(t, http.StatusOK).shows(t, "Owners of an organization invite").hides(t, "Make invitation")
	casey.post("/account/invitations", url.Values{"email": {"x@example.test"}}).want(t, http.StatusForbidden)
	casey.post("/account/invitations", url.Values{"joins": {"labs/Owners"}}).want(t, http.StatusForbidden)
	ada.get("/account/invitations").want(t, http.StatusOK).shows(t, "nothing yet", "Make invitation", "No open invitations")
	if _, err := s.CreateGroup(t.Context(), s.Actor(t, "brook"), "labs", registry.NewGroup{Name: "crew", Permission: 1}); err != nil {
		t.Fatal(err)
	}
	brook.get("/account/invitations").want(t, http.StatusOK).shows(t, "labs: crew").hides(t, "nothing yet")
	form := url.Values{"email": {"dana@example.test"}, "joins": {"labs/crew"}, "days": {"7"}}
	brook.post("/account/invitations", form).want(t, http.StatusOK).shows(t, `aria-label="New invitation"`, "http://vivarium.test/signup?invitation=", "Mail on its way")

	link := s.sent(t, box, "dana@example.test").Link(t)
	dana := s.visitor(t)
	dana.get("/signup").want(t, http.StatusForbidden)
	dana.get(link).want(t, http.StatusOK).shows(t, "Join labs", "<strong>crew</strong>", `value="dana@example.test"`, "readonly", "next=%2Fsignup%3Finvitation")
	_, secret, _ := strings.Cut(link, "=")
	in := signUpForm("dana")
	in.Set("invitation", secret)
	in.Set("email", "somebody-else@example.test")
	in.Set("confirm", "x")
	dana.post("/signup", in).want(t, http.StatusUnprocessableEntity).shows(t, "Join labs", `name="invitation"`)
	in.Set("confirm", registrytest.Password)
	dana.post("/signup", in).leadsTo(t, "/landscape")
	dana.get("/account/profile").want(t, http.StatusOK).shows(t, "dana@example.test", "Confirmed")
	g, err := s.Group(t.Context(), s.Actor(t, "brook"), "labs", "crew")
	if err != nil || len(g.Members) != 1 || g.Members[0].Login != "dana" {
		t.Errorf("crew is %+v, %v", g.Members, err)
	}
	s.visitor(t).get(link).want(t, http.StatusGone)
	again := signUpForm("erin")
	again.Set("invitation", secret)
	s.visitor(t).post("/signup", again).want(t, http.StatusGone)
}

func TestInvitationOfSomebodyWithAnAccount(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook, casey := s.as(t, "brook"), s.as(t, "casey")
	made := brook.post("/account/invitations", url.Values{"joins": {"labs/Owners"}}).want(t, http.StatusOK).shows(t, "anyone with the link").hides(t, "Mail on its way")
	_, rest, _ := strings.Cut(made.Body.String(), "/signup?invitation=")
	secret := rest[:26]
	casey.get("/signup?invitation="+secret).want(t, http.StatusOK).shows(t, "Join as casey")
	casey.post("/account/join", url.Values{"invitation": {secret}}).leadsTo(t, "/labs")
	casey.get("/labs").want(t, http.StatusOK).shows(t, "You are in Owners of labs now.")
	casey.post("/account/join", url.Values{"invitation": {secret}}).want(t, http.StatusGone)
}

func TestInvitationIsTakenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ada := s.as(t, "ada")
	made := ada.post("/account/invitations", url.Values{"days": {"1"}}).want(t, http.StatusOK)
	_, rest, _ := strings.Cut(made.Body.String(), "/signup?invitation=")
	secret := rest[:26]
	_, rest, _ = strings.Cut(made.Body.String(), `name="revoke" value="`)
	id, _, _ := strings.Cut(rest, `"`)
	s.as(t, "mallory").post("/account/invitations", url.Values{"revoke": {id}}).want(t, http.StatusNotFound)
	s.visitor(t).get("/signup?invitation="+secret).want(t, http.StatusOK)
	ada.post("/account/invitations", url.Values{"revoke": {id}}).leadsTo(t, "/account/invitations")
	s.visitor(t).get("/signup?invitation="+secret).want(t, http.StatusGone)
	ada.post("/account/invitations", url.Values{"days": {"365"}}).want(t, http.StatusUnprocessableEntity)
}
