package views

import (
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
	// Answered says that there is an answer.
	Answered   bool
	Permission model.Permission
	Reasons    []WhyReason
	Problem    string
}

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

func (p WhyProps) allowed() bool { return p.Permission >= p.Wants }

// verdict is the answer in one sentence.
func (p WhyProps) verdict() string {
	if p.allowed() {
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
