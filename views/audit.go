package views

import (
	"net/url"
	"time"

	"vivarium/app/model"
)

// AuditProps is the page of what was changed in a channel.
type AuditProps struct {
	Login    string
	Personal bool
	Lines    []model.AuditLine
	// Action and Since are the filters in force, as typed.
	Action, Since string
	// More says that there are older lines.
	More    bool
	Problem string
	Now     time.Time
}

// AuditNouns are what a line can be about, as the first word of its action.
var AuditNouns = []Option{
	{Value: "", Name: "Everything"}, {Value: "account", Name: "Profile"}, {Value: "channel", Name: "Settings"}, {Value: "file", Name: "Files"},
	{Value: "group", Name: "Groups"}, {Value: "label", Name: "Labels"}, {Value: "organization", Name: "Organization"}, {Value: "package", Name: "Packages"},
	{Value: "release", Name: "Releases"}, {Value: "session", Name: "Sign-ins"}, {Value: "token", Name: "Tokens"}, {Value: "user", Name: "Person"},
}

func (p AuditProps) options() []Option {
	list := make([]Option, len(AuditNouns))
	for i, o := range AuditNouns {
		o.Selected = o.Value == p.Action
		list[i] = o
	}
	return list
}

// download is the address of the lines in another format, under the same filters.
func (p AuditProps) download(format string) string {
	query := url.Values{"format": {format}}
	if p.Action != "" {
		query.Set("action", p.Action)
	}
	if p.Since != "" {
		query.Set("since", p.Since)
	}
	return AuditQueryURL(p.Login, query)
}

// total is what is read out and stands above the lines.
func (p AuditProps) total() string {
	if p.More {
		return "The newest " + plural(len(p.Lines), "line", "lines")
	}
	return plural(len(p.Lines), "line", "lines")
}

func (p AuditProps) filtered() bool { return p.Action != "" || p.Since != "" }

// shortClient is the beginning of what a client calls itself.
func shortClient(s string) string {
	const most = 40
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}
