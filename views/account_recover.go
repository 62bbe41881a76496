package views

import (
	"strings"
	"time"
	"unicode/utf8"

	"vivarium/app/model"
)

// RecoveryProps is a page for who forgot the username or the password.
type RecoveryProps struct {
	Layout   LayoutProps
	Password bool // otherwise it is about the username
	// Mail says that this server sends mail; otherwise an administrator helps.
	Mail  bool
	Typed string
	// Problem is what is wrong with what was typed.
	Problem string
	// Expires is when a link that is asked for now dies.
	Expires time.Time
}

// title is the last step of the path to the page.
func (p RecoveryProps) title() string {
	if p.Password {
		return "Forgot password"
	}
	return "Forgot username"
}

func (p RecoveryProps) url() string {
	if p.Password {
		return ForgotPasswordURL()
	}
	return ForgotUsernameURL()
}

// masked is what was typed, with most of an address hidden from who looks over
// the shoulder. It follows from what was typed alone.
func (p RecoveryProps) masked() string {
	local, domain, ok := strings.Cut(p.Typed, "@")
	if !ok {
		return p.Typed
	}
	_, size := utf8.DecodeRuneInString(local)
	return local[:size] + "•••@" + domain
}

// ResetProps is the form for a new password behind a link.
type ResetProps struct {
	Layout      LayoutProps
	Secret      string
	Login       string
	MinPassword int
	// Tokens go on working unless Revoke is ticked.
	Tokens []model.Token
	Revoke bool
	Errors map[string]string
}

var resetOrder = []Problem{{"password", "New password"}, {"confirm", "Confirm new password"}}

func (p ResetProps) problems() []Problem { return problemsOf(p.Errors, resetOrder) }

// tokenNames lists the first few names.
func (p ResetProps) tokenNames() string {
	const most = 5
	var names []string
	for i, t := range p.Tokens {
		if i == most {
			names = append(names, "…")
			break
		}
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}

// DeadLinkProps is the page of a link that does not work any more.
type DeadLinkProps struct {
	Layout  LayoutProps
	Message string
	// Again leads to where a new one is asked for; AskFor is what the button says.
	Again, AskFor string
}

// ConfirmEmailProps asks whether an address is to be confirmed.
type ConfirmEmailProps struct {
	Layout               LayoutProps
	Secret, Login, Email string
	// Problem is why it cannot be.
	Problem string
}

// NewPasswordProps is the form for a password of one's own, in place of one that
// was mailed.
type NewPasswordProps struct {
	Layout      LayoutProps
	Login       string
	MinPassword int
	Accepted    bool
	Errors      map[string]string
}

var newPasswordOrder = []Problem{{"password", "New password"}, {"confirm", "Confirm new password"}, {"terms", "Terms"}}

func (p NewPasswordProps) problems() []Problem { return problemsOf(p.Errors, newPasswordOrder) }

// newPasswordFields are the two fields in which a password is chosen.
func newPasswordFields(minimum int, errors map[string]string) []Field {
	return []Field{
		{ID: "password", Label: "New password", Type: "password", Complete: "new-password", MinLength: minimum, Error: errors["password"], Hint: passwordHint(minimum)},
		{ID: "confirm", Label: "Confirm new password", Type: "password", Complete: "new-password", Error: errors["confirm"]},
	}
}
