package views

import (
	"cmp"
	"strings"

	"vivarium/app/model"
)

// WhyProps asks why somebody may see a package, or not, and answers.
type WhyProps struct {
	PackageHead
	// User is who is asked about, as typed: a username, token and the name of one of
	// the channel's, or nothing for people who are not signed in. Wants is what
	// they want to do.
	User  string
	Wants model.Permission
	// People are offered while typing, tokens among them.
	People []string
	// Manages says that who asks may ask about every package of the channel. Find is
	// what was typed to find one, Found are packages like it.
	Manages bool
	Find    string
	Found   []string
	// Answered says that there is an answer, Allowed that it is yes.
	Answered   bool
	Allowed    bool
	Permission model.Permission
	Reasons    []WhyReason
	Remedies   []WhyRemedy
	Problem    string
	// Lost says why Find leads nowhere.
	Lost string
}

// WhyRemedy is a change that would give somebody what they want, and the page on
// which it is made, if it is one of the channel's.
type WhyRemedy struct{ Text, Page, URL string }

// WhyReason is one rule that was looked at.
type WhyReason struct {
	Rule, Text string
	Permission model.Permission
	Decides    bool
}

var wishes = map[model.Permission]string{model.Read: "see and install", model.Write: "upload to", model.Admin: "change the settings of"}

func (p WhyProps) options() []Option {
	return []Option{
		{Value: "read", Name: "See and install it", Selected: p.Wants == model.Read},
		{Value: "write", Name: "Upload and change it", Selected: p.Wants == model.Write},
		{Value: "admin", Name: "Change its settings", Selected: p.Wants == model.Admin},
	}
}

// hint says what can be asked about.
func (p WhyProps) hint() string {
	return "A username, or token and the name of one of " + p.Package.Owner + ". Nothing stands for somebody who is not signed in."
}

func (p WhyProps) who() string {
	if p.User == "" {
		return "anyone, without signing in,"
	}
	return p.User
}

// url is where the question is asked: of one package, or of any of the channel's.
func (p WhyProps) url() string {
	if p.Package.Name == "" {
		return AskURL(p.Package.Owner)
	}
	return WhyURL(p.Package.Owner, p.Package.Name)
}

func (p WhyProps) crumbs() []Crumb {
	steps := []Crumb{{p.Package.Owner, AccountURL(p.Package.Owner)}}
	if p.Package.Name != "" {
		steps = append(steps, Crumb{p.Package.Name, PackageURL(p.Package.Owner, p.Package.Name)}, Crumb{"Settings", PackageSettingsURL(p.Package.Owner, p.Package.Name)})
	} else {
		steps = append(steps, Crumb{"Settings", ChannelSettingsURL(p.Package.Owner)})
	}
	return append(steps, Crumb{"Who can see it", ""})
}

// subject is what the heading asks about.
func (p WhyProps) subject() string {
	if p.Package.Name == "" {
		return "a package"
	}
	return p.Package.Name
}

// looking is what stands where a package is named.
func (p WhyProps) looking() string { return cmp.Or(p.Find, p.Package.Name) }

// foundCount tells how many packages are offered.
func (p WhyProps) foundCount() string {
	if len(p.Found) == 0 {
		return "No package is called like that."
	}
	return plural(len(p.Found), "package is", "packages are") + " called like that."
}

// verdict is the answer in one sentence.
func (p WhyProps) verdict() string {
	if p.Allowed {
		return "Yes: " + p.who() + " may " + wishes[p.Wants] + " " + p.Package.Name
	}
	return "No: " + p.who() + " may not " + wishes[p.Wants] + " " + p.Package.Name
}

// ground names what decided.
func (p WhyProps) ground() string {
	for _, r := range p.Reasons {
		if r.Decides {
			return "Level " + levelWord(p.Permission) + ", by the rule: " + r.Rule + "."
		}
	}
	return "Level " + levelWord(p.Permission) + "."
}

func (p WhyProps) command() string {
	if p.User == "" {
		return ""
	}
	if name, ok := TokenAsked(p.User); ok {
		return "app admin explain " + p.Package.Owner + " " + p.Package.FullName() + " --token '" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
	return "app admin explain " + p.User + " " + p.Package.FullName()
}

// tokenWord stands before the name of a token that is asked about.
const tokenWord = "token "

// AskToken is how a token of the channel is asked about.
func AskToken(name string) string { return tokenWord + name }

// TokenAsked returns the name of the token that typed asks about, if it does.
func TokenAsked(typed string) (name string, ok bool) { return strings.CutPrefix(typed, tokenWord) }
