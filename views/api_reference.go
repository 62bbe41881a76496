package views

import "strings"

// APIReferenceProps is the description of the API, filled in for this server.
type APIReferenceProps struct {
	Layout LayoutProps
	Base   string // scheme and host
	Groups []APIGroup
	Forms  []APIForm
}

// APIGroup is calls about one thing.
type APIGroup struct {
	ID, Name, Text string
	Calls          []APICall
}

// APIForm is a form of a credential.
type APIForm struct{ Name, Text string }

// APICall is one call: Text is in Markdown, of which only `code` is drawn.
type APICall struct {
	ID, Method, Path, Summary, Text string
	Scopes                          []string
	Parts                           []APIPart
	Request                         string // a command
	Example                         string // what is answered
	Answers                         []APIAnswer
}

// APIPart is a parameter, or a field of the body.
type APIPart struct{ Name, Where, Text string }

// APIAnswer is a status that a call may answer.
type APIAnswer struct{ Status, Text string }

// APIReferenceURL is the page that describes the API.
func APIReferenceURL() string { return "/docs/api" }

// OpenAPIURL is the description of the API for programs.
func OpenAPIURL() string { return "/api/openapi.json" }

// methodClass colours a method.
func methodClass(method string) string { return "method method--" + strings.ToLower(method) }

// span is a piece of a text, in code or not.
type span struct {
	text string
	code bool
}

// spans divides a text at its backticks.
func spans(text string) []span {
	var all []span
	for i, piece := range strings.Split(text, "`") {
		if piece != "" {
			all = append(all, span{piece, i%2 == 1})
		}
	}
	return all
}
