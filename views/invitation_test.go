package views

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestInvitationPages(t *testing.T) {
	t.Parallel()
	made := model.Invitation{ID: 7, Email: "dana@reef.example", Maker: "brook", Organization: "reef-lab", Group: "developers", CreatedAt: testNow, ExpiresAt: testNow.Add(7 * 24 * time.Hour)}
	p := InvitationsProps{Layout: testLayout("Invitations"), Active: Account{Login: "brook"}, Personal: true, Now: testNow}
	checkGolden(t, "invitation/none", InvitationsPage(p))
	p.Joins = []Option{{Value: "reef-lab/developers", Name: "reef-lab: developers"}, {Value: canary, Name: canary}}
	p.Open = []model.Invitation{made, {ID: 8, Maker: "brook", CreatedAt: testNow, ExpiresAt: testNow.Add(time.Hour)}}
	p.Email, p.Errors = canary, map[string]string{"email": "Give an address like name@example.org."}
	checkGolden(t, "invitation/refused", InvitationsPage(p))
	p.Errors, p.Email, p.New, p.NewLink, p.Mailed = nil, "", &made, "https://pkgs.reef.example/signup?invitation=abc", true
	checkGolden(t, "invitation/made", InvitationsPage(p))
}

func TestInvitedPages(t *testing.T) {
	t.Parallel()
	invited := Invited{Secret: "a&b", Invitation: model.Invitation{Email: "dana@reef.example", Maker: "brook", Organization: "reef-lab", Group: "developers", ExpiresAt: testNow.Add(time.Hour)}}
	checkGolden(t, "invitation/join", JoinPage(JoinProps{Layout: testLayout("Join"), Login: "casey", Invited: invited}))
	out := LayoutProps{Title: "Sign up", Path: "/signup", Now: testNow}
	checkGolden(t, "invitation/sign_up", SignUpPage(SignUpProps{Layout: out, MinPassword: 7, Invited: &invited}))
	invited.Invitation = model.Invitation{Maker: "ada", ExpiresAt: testNow.Add(time.Hour)}
	checkGolden(t, "invitation/sign_up_to_the_site", SignUpPage(SignUpProps{Layout: out, MinPassword: 7, Invited: &invited}))
}
