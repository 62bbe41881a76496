package views

import (
	"strconv"
	"strings"
	"time"

	"vivarium/app/model"
)

// SecurityProps is how a person proves who they are, where they are signed in, and
// what happened to the account.
type SecurityProps struct {
	Layout      LayoutProps
	Login       string
	MinPassword int
	Errors      map[string]string
	Changed     bool
	// Sessions are the browsers that are signed in; Here is this one's id.
	Sessions []model.SignIn
	Here     int64
	// Ended is what was ended just now, to be told.
	Ended string
	// Lines are the newest events of the log, of one kind when Kind is set.
	Lines []model.AuditLine
	Kind  string
	More  bool
	Now   time.Time
}

var securityOrder = []Problem{{"current", "Current password"}, {"password", "New password"}, {"confirm", "Confirm new password"}}

func (p SecurityProps) problems() []Problem { return problemsOf(p.Errors, securityOrder) }

// others is how many other browsers are signed in.
func (p SecurityProps) others() int {
	n := 0
	for _, s := range p.Sessions {
		if s.ID != p.Here {
			n++
		}
	}
	return n
}

// SessionsEnded says how many sessions were ended.
func SessionsEnded(n int) string {
	if n == 0 {
		return "There was no other session."
	}
	return plural(n, "session", "sessions") + " ended."
}

// consequence is what changing the password does besides.
func (p SecurityProps) consequence() string {
	switch n := p.others(); n {
	case 0:
		return "Stops any reset link. Access tokens go on working."
	default:
		return "Ends your " + plural(n, "other session", "other sessions") + " and stops any reset link. Access tokens go on working."
	}
}

// EventKinds are the kinds of event that the security log can be narrowed to.
var EventKinds = []Option{
	{Value: "", Name: "All events"}, {Value: "session", Name: "Sign-in"}, {Value: "user", Name: "Password and address"}, {Value: "token", Name: "Tokens"},
}

func (p SecurityProps) kinds() []Option {
	list := make([]Option, len(EventKinds))
	for i, o := range EventKinds {
		o.Selected = o.Value == p.Kind
		list[i] = o
	}
	return list
}

// events says in words what the lines of the security log record.
var events = map[string]string{
	"session.create": "Signed in", "session.refuse": "Sign-in refused", "session.end": "Session ended", "session.end-others": "All other sessions ended",
	"user.create": "Account created", "user.change-password": "Password changed", "user.set-password": "Password set by an administrator",
	"user.reset-password": "Password reset by a link", "user.reset-link": "Reset link made by an administrator", "user.change-email": "Email change asked for",
	"user.confirm-email": "Email confirmed", "user.ask-confirmation": "Confirmation asked for again", "user.keep-email": "Email change called off",
	"user.rename": "Renamed", "user.export": "Data exported", "user.disable": "Disabled by an administrator", "user.enable": "Enabled by an administrator",
	"token.create": "Token created", "token.revoke": "Token revoked", "account.profile": "Profile changed", "account.photo": "Photo changed",
}

// event is what a line of the log says; what it is about follows.
func event(l model.AuditLine) (what, about string) {
	what = events[l.Action]
	if what == "" {
		what = l.Action
	}
	switch {
	case strings.HasPrefix(l.Action, "token."):
		about = l.Subject
	case l.Action == "session.end":
		about = DeviceName(l.Detail)
	case l.Detail != "":
		about = l.Detail
	}
	return what, about
}

// isWarning reports whether a line is one to look at.
func isWarning(l model.AuditLine) bool { return l.Action == "session.refuse" }

// DeviceName says which browser on which system calls itself so.
func DeviceName(client string) string {
	browser, system := "", ""
	for _, b := range []struct{ mark, name string }{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Version/", "Safari"}} {
		if _, rest, ok := strings.Cut(client, b.mark); ok && (b.name != "Safari" || strings.Contains(client, "Safari/")) {
			major, _, _ := strings.Cut(rest, ".")
			browser = b.name
			if _, err := strconv.Atoi(major); err == nil {
				browser += " " + major
			}
			break
		}
	}
	for _, s := range []struct{ mark, name string }{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
	} {
		if strings.Contains(client, s.mark) {
			system = s.name
			break
		}
	}
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser != "":
		return browser
	case client == "":
		return "unknown client"
	}
	return shortClient(client)
}

// deviceIcon is the symbol of what a browser runs on.
func deviceIcon(client string) string {
	for _, phone := range []string{"iPhone", "Android", "iPad"} {
		if strings.Contains(client, phone) {
			return "phone"
		}
	}
	return "system"
}
