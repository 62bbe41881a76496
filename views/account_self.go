package views

import (
	"vivarium/app/model"
)

// SelfProps are the panels below the profile that are about the person alone.
type SelfProps struct {
	Login string
	// Base is the address of the site.
	Base string
	// Email is the address of record; NewEmail waits to be confirmed in its place.
	Email, NewEmail string
	Confirmed       bool
	// Mail says that this server sends mail.
	Mail bool
	// Holdings is what would go with the account.
	Holdings model.Holdings

	// What was typed, and what is wrong with it, after a failed try.
	TypedEmail, TypedUsername   string
	EmailErrors, UsernameErrors map[string]string
	// Done is what was done to the address just now, to be told.
	Done string
}

var (
	emailOrder    = []Problem{{"new-email", "New email"}, {"email-password", "Password"}}
	usernameOrder = []Problem{{"new-username", "New username"}}
)

func (p SelfProps) emailProblems() []Problem    { return problemsOf(p.EmailErrors, emailOrder) }
func (p SelfProps) usernameProblems() []Problem { return problemsOf(p.UsernameErrors, usernameOrder) }

// emailHint says what happens to a new address.
func (p SelfProps) emailHint() string {
	if p.Mail {
		return "It counts when you have followed the link we send to it. The old address is told about the change."
	}
	return "This server sends no mail, so it counts at once."
}

// UsernameField is the field of the new username, after a look at it when checked.
func (p SelfProps) UsernameField(checked bool) Field {
	f := Field{
		ID: "new-username", Name: "username", Label: "New username", Value: p.TypedUsername, Verbatim: true, Complete: "off",
		Error: p.UsernameErrors["new-username"], Hint: "Small letters, digits, - and _.", Check: CheckUsernameURL(),
	}
	if checked && f.Error == "" && p.TypedUsername != "" {
		f.Hint = p.TypedUsername + " is free."
	}
	return f
}

// belongings lists what an account has: 17 packages, 6 notebooks and 4 access
// tokens.
func belongings(h model.Holdings) string {
	var parts []string
	for _, c := range []struct {
		n         int
		one, many string
	}{
		{h.Packages, "package", "packages"}, {h.Notebooks, "notebook", "notebooks"},
		{h.Environments, "environment", "environments"}, {h.Tokens, "access token", "access tokens"},
	} {
		if c.n > 0 {
			parts = append(parts, plural(c.n, c.one, c.many))
		}
	}
	return list(parts)
}

// list joins words as people do.
func list(parts []string) string {
	switch len(parts) {
	case 0:
		return "nothing but the account itself"
	case 1:
		return parts[0]
	}
	last := len(parts) - 1
	text := parts[0]
	for _, p := range parts[1:last] {
		text += ", " + p
	}
	return text + " and " + parts[last]
}

// RenameProps asks before a person is renamed.
type RenameProps struct {
	Layout  LayoutProps
	Base    string
	Login   string
	To      string
	Problem string
}

// DeleteAccountProps asks before a person's account is deleted.
type DeleteAccountProps struct {
	Layout LayoutProps
	Login  string
	model.Holdings
	Sessions int
	// OnlyOwnerOf are the organizations that keep the account from being deleted.
	OnlyOwnerOf []model.Account
	Errors      map[string]string
}

var deleteOrder = []Problem{{"typed", "Username"}, {"password", "Password"}}

// losses lists what is deleted and who notices.
func (p DeleteAccountProps) losses() []loss {
	all := lossesOf(p.Holdings, p.Layout.Now)
	return append(withoutNothing(all), loss{"Sessions", p.Sessions, "", "All end at once"})
}

func (p DeleteAccountProps) problems() []Problem { return problemsOf(p.Errors, deleteOrder) }
