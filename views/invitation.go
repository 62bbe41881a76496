package views

import (
	"time"

	"vivarium/app/model"
)

// Invited is an invitation as the invited person sees it.
type Invited struct {
	model.Invitation
	Secret string
}

func accountTabItems(signIn bool, invited *Invited) []NavItem {
	signUpURL, next := SignUpURL(), ""
	if invited != nil {
		signUpURL = InvitedURL(invited.Secret)
		next = signUpURL
	}
	return []NavItem{
		{Name: "Sign Up", URL: signUpURL, Current: !signIn},
		{Name: "Sign In", URL: SignInURL(next), Current: signIn},
	}
}

// heading is what the invited person is asked to do.
func (i Invited) heading() string {
	if i.Organization != "" {
		return "Join " + i.Organization
	}
	return "Create your account"
}

// whom is who was invited.
func (i Invited) whom() string {
	if i.Email != "" {
		return i.Email
	}
	return "you"
}

// JoinProps asks somebody who is signed in whether to accept an invitation.
type JoinProps struct {
	Layout  LayoutProps
	Login   string
	Invited Invited
}

// InvitationsProps is the page on which invitations are made and taken back.
type InvitationsProps struct {
	Layout LayoutProps
	Active Account
	// Personal says that the person acts as themselves.
	Personal bool
	// Open lists the invitations that can still be accepted.
	Open []model.Invitation
	// Joins are what an invitation can be to: groups as organization/group, and
	// for administrators nothing yet. None: this person may not invite.
	Joins []Option
	// New is the invitation that was just made, with its link; Mailed says that it
	// went out by mail too.
	New     *model.Invitation
	NewLink string
	Mailed  bool
	// What was typed, after a failed try.
	Email  string
	Errors map[string]string
	Now    time.Time
}

var invitationOrder = []Problem{{"email", "Email"}, {"joins", "Joins"}, {"days", "Works for"}}

func (p InvitationsProps) problems() []Problem { return problemsOf(p.Errors, invitationOrder) }

// InvitationDays are for how many days an invitation can work.
var InvitationDays = []Option{{Value: "7", Name: "7 days", Selected: true}, {Value: "1", Name: "1 day"}, {Value: "30", Name: "30 days"}}

// forWhom names an invitation.
func forWhom(i model.Invitation) string {
	if i.Email != "" {
		return i.Email
	}
	return "anyone with the link"
}

// joins is what accepting an invitation leads to.
func joins(i model.Invitation) string {
	if i.Group == "" {
		return "nothing yet"
	}
	return i.Organization + ": " + i.Group
}
