package views

import (
	"slices"
	"strings"
)

// SetUpProps is the page that says how programs are made to use a channel.
type SetUpProps struct {
	ChannelHead
	Base string
	// NeedsToken says that programs are asked for a credential even for what is
	// public.
	NeedsToken bool
	// Client is shown first.
	Client string
}

// clients are the ways to use the channel, with the place of a token in them or
// without. They are those that a new token is shown with.
func (p SetUpProps) clients(token bool) []client {
	at, login := tokenBase(p.Base, token), p.Account.Login
	channel, index := CondaURL(at, login), PythonIndexURL(at, login, "")
	pixi := []string{"pixi workspace channel add " + CondaURL(p.Base, login)}
	if token {
		pixi = slices.Insert(pixi, 0, "pixi auth login "+hostOf(p.Base)+" --token "+TokenPlaceholder)
	}
	return []client{
		{"conda", "command", []string{"conda config --add channels " + channel}},
		{"mamba", "command", []string{"mamba install --channel " + channel + " yourpackage"}},
		{"pixi", pick(len(pixi), "command", "commands"), pixi},
		pipClient(p.Base, index),
		{"uv", "command", []string{"export UV_INDEX=" + index}},
	}
}

func pipClient(base, index string) client {
	lines := pipLines(base, index)
	return client{"pip", pick(len(lines), "command", "commands"), lines}
}

// first reports whether a client is shown first.
func (p SetUpProps) first(name string) bool {
	known := slices.ContainsFunc(p.clients(false), func(c client) bool { return c.name == p.Client })
	return name == p.Client || !known && name == "conda"
}

// python reports whether a client is one of Python's.
func (c client) python() bool { return c.name == "pip" || c.name == "uv" }

// pipLines make pip look into an index first.
func pipLines(base, index string) []string {
	lines := []string{"pip config set global.index-url " + index}
	if host := hostOf(base); strings.HasPrefix(base, "http://") && !isLoopback(host) {
		lines = append(lines, "pip config set global.trusted-host "+host) // or pip passes an index without TLS over
	}
	return lines
}
