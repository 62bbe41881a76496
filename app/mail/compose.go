package mail

import (
	"embed"
	"fmt"
	htmltemplate "html/template"
	"net/url"
	"strings"
	texttemplate "text/template"
	"time"

	"vivarium/app/model"
)

// Facts are what a mail tells; each kind of mail uses some of them.
type Facts struct {
	// Base is the address of the site, with scheme.
	Base       string
	Login      string
	Logins     []string
	Link       string
	Expires    time.Time // of the link
	Created    time.Time
	Password   string
	NewEmail   string
	RemoteAddr string
	// Maker invites, to join Group of Organization or just to sign up.
	Maker, Organization, Group string
}

// Site is the address of the site as people say it.
func (f Facts) Site() string {
	u, err := url.Parse(f.Base)
	if err != nil {
		return f.Base
	}
	return u.Host
}

//go:embed templates
var templates embed.FS

var words = map[string]any{
	"moment": func(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") },
	"day":    func(t time.Time) string { return t.UTC().Format("2 January 2006") },
}

// Compose writes the mail of a kind, as text and as HTML.
func Compose(kind model.MailKind, facts Facts) (Message, error) {
	name := "templates/" + string(kind)
	text, err := texttemplate.New(string(kind)+".txt").Funcs(words).ParseFS(templates, name+".txt")
	if err != nil {
		return Message{}, fmt.Errorf("read the mail %s: %w", kind, err)
	}
	html, err := htmltemplate.New("layout.html").Funcs(words).ParseFS(templates, "templates/layout.html", name+".html")
	if err != nil {
		return Message{}, fmt.Errorf("read the mail %s: %w", kind, err)
	}
	var subject, plain, page strings.Builder
	for _, write := range []func() error{
		func() error { return text.ExecuteTemplate(&subject, "subject", facts) },
		func() error { return text.Execute(&plain, facts) },
		func() error { return html.Execute(&page, facts) },
	} {
		if err := write(); err != nil {
			return Message{}, fmt.Errorf("write the mail %s: %w", kind, err)
		}
	}
	return Message{Subject: subject.String(), Text: plain.String(), HTML: page.String()}, nil
}
