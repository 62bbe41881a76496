package views

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"vivarium/app/model"
)

// AuditProps is a page of what was changed: in a channel, in what is the person's
// own, or on the whole site.
type AuditProps struct {
	URL  string // of the page
	Name string // whose log it is, for the title and the files
	// Login is the channel, empty on the other two; Personal says that it is the
	// person's own. Site is the log of everything.
	Login    string
	Personal bool
	Site     bool
	Filter   AuditFilter
	Lines    []model.AuditLine
	// Total counts the lines; those before Offset are on other pages, and a page
	// has Rows.
	Total, Offset, Rows int
	// Problems are by field: since, until.
	Problems map[string]string
	Now      time.Time
}

// AuditFilter is what stands in the form above the lines.
type AuditFilter struct{ Who, Action, On, Since, Until string }

// AuditNouns are what a line can be about, as the first word of its action.
var AuditNouns = []Option{
	{Value: "", Name: "Everything"}, {Value: "account", Name: "Profile"}, {Value: "channel", Name: "Settings"}, {Value: "file", Name: "Files"},
	{Value: "group", Name: "Groups"}, {Value: "label", Name: "Labels"}, {Value: "organization", Name: "Organization"}, {Value: "package", Name: "Packages"},
	{Value: "release", Name: "Releases"}, {Value: "token", Name: "Tokens"}, {Value: "user", Name: "Person"},
}

func (p AuditProps) options() []Option {
	list := make([]Option, len(AuditNouns))
	for i, o := range AuditNouns {
		o.Selected = o.Value == p.Filter.Action
		list[i] = o
	}
	return list
}

// with is the address of the page under the same filters, with one thing more.
func (p AuditProps) with(key, value string) string {
	query := url.Values{}
	for name, v := range map[string]string{
		"who": p.Filter.Who, "action": p.Filter.Action, "on": p.Filter.On, "since": p.Filter.Since, "until": p.Filter.Until, key: value,
	} {
		if v != "" {
			query.Set(name, v)
		}
	}
	return withQuery(p.URL, query)
}

// total is what is read out and stands above the lines.
func (p AuditProps) total() string { return plural(p.Total, "line", "lines") }

// span says which of the lines are on the page.
func (p AuditProps) span() string {
	return count(p.Offset+1) + "–" + count(p.Offset+len(p.Lines)) + " of " + count(p.Total)
}

// newer and older are the addresses of the neighbouring pages, empty at the ends.
func (p AuditProps) newer() string {
	if p.Offset == 0 {
		return ""
	}
	return p.with("offset", strconv.Itoa(max(p.Offset-p.Rows, 0)))
}

func (p AuditProps) older() string {
	if p.Offset+len(p.Lines) >= p.Total {
		return ""
	}
	return p.with("offset", strconv.Itoa(p.Offset+len(p.Lines)))
}

func (p AuditProps) filtered() bool { return p.Filter != AuditFilter{} }

func (p AuditProps) lead() string {
	switch {
	case p.Site:
		return "Every change of accounts, rights, tokens, labels and files: who, what, when, from where."
	case p.Login == "":
		return "Every change in your account and in the organizations you own: who, what, when, from where."
	}
	return "Every change of rights, tokens, labels and files: who, what, when, from where."
}

// tellsAccount reports whether a line is told with its account: when those of more
// than one are on the page, and it does not say so itself.
func (p AuditProps) tellsAccount(l model.AuditLine) bool {
	said := strings.HasPrefix(l.Subject+"/", l.Account+"/") || strings.Contains(deeds[l.Action], "@")
	return p.Login == "" && !said
}

// shortClient is the beginning of what a client calls itself.
func shortClient(s string) string {
	const most = 40
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}
