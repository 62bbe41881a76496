package web

import (
	"net/http"
	"strings"

	"vivarium/views"
)

// showTerms draws the Terms and Conditions.
func (ui *Surface) showTerms(w http.ResponseWriter, r *http.Request) error {
	text := ui.Terms
	if strings.TrimSpace(text) == "" {
		text = builtInTerms
	}
	p := views.TermsProps{Layout: ui.layout(r, "Terms and Conditions"), Paragraphs: paragraphs(text)}
	return ui.draw(w, r, http.StatusOK, views.TermsPage(p), nil)
}

// paragraphs splits text at blank lines; a line that begins with # is one of its
// own.
func paragraphs(text string) []string {
	var list []string
	for block := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		for strings.HasPrefix(strings.TrimSpace(block), "#") {
			heading, rest, _ := strings.Cut(strings.TrimSpace(block), "\n")
			list = append(list, "# "+strings.TrimSpace(strings.TrimLeft(heading, "#")))
			block = rest
		}
		if words := strings.Join(strings.Fields(block), " "); words != "" {
			list = append(list, words)
		}
	}
	return list
}

// builtInTerms hold where the operator of a site wrote none.
const builtInTerms = `
These terms are between you and the people who run this server, called the operator below. The operator has not written terms of its own; these come with the software.

# Your account
You need an account to publish. Choose a name that is yours to use, give an email address at which you can be reached, and keep your password and your access tokens to yourself. What is done with them counts as done by you. Tell the operator when one of them has become known to somebody else, and revoke the token.

# What you upload
It stays yours. By uploading it you allow the operator to store it, to make copies that keep the service running, and to hand it to those whom you let see it: everyone for public packages, signed-in people for packages marked so, and only those you name for private ones. Upload only what you may pass on, under its license.

# What is not allowed
Do not upload anything that is against the law or that harms those who install it. Do not try to reach what others have not shared with you, to guess passwords or tokens, or to load the server so that others cannot work.

# What the operator may do
The operator may remove what breaks these terms, close the account that it came from, and change or end the service. Where it can be done in time, you are told before and can take your packages with you.

# What is kept about you
Your name, your email address, what you wrote in your profile, and a record of what you changed, when, and from which address. Your email address is not shown to others. Passwords and tokens are kept only in a form that does not give them away.

# No warranty
The service is offered as it is, without warranty. Packages here come from those who uploaded them, not from the operator: look at what you install. Keep a copy of anything you cannot lose.
`
