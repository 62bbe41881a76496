package views

import (
	"slices"
	"strings"
	"testing"

	"vivarium/app/model"
)

func TestSetUpPage(t *testing.T) {
	t.Parallel()
	p := SetUpProps{ChannelHead: testChannelHead(), Base: "https://pkgs.reef.example"}
	checkPage(t, "channel/set_up_open", SetUpPage(testLayout("Set up a client for reef-lab"), p))
	visitor := testLayout("Set up a client for reef-lab")
	visitor.Viewer = nil
	p.NeedsToken, p.Client = true, "uv"
	checkPage(t, "channel/set_up_closed", SetUpPage(visitor, p))
}

// TestSetUpLines: the place of the token is the same that the pages of tokens fill.
func TestSetUpLines(t *testing.T) {
	t.Parallel()
	p := SetUpProps{ChannelHead: testChannelHead(), Base: "http://pkgs.reef.example"}
	filled := NewToken{Secret: "viv-x", Token: model.Token{Scopes: "repos"}}
	var known []string
	for _, use := range filled.uses(p.Base, "reef-lab") {
		known = append(known, strings.Join(use.Lines, "\n"))
	}
	for _, c := range p.clients(true) {
		lines := strings.ReplaceAll(strings.Join(c.lines, "\n"), TokenPlaceholder, "viv-x")
		if !slices.Contains(known, lines) {
			t.Errorf("%s: a new token is not shown with\n%s\nbut with\n%s", c.name, lines, strings.Join(known, "\n"))
		}
	}
	for _, c := range p.clients(false) {
		if lines := strings.Join(c.lines, "\n"); strings.Contains(lines, TokenPlaceholder) {
			t.Errorf("%s: there is the place of a token in %s", c.name, lines)
		}
	}
}

func TestSetUpFirstClient(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"": "conda", "uv": "uv", "cheese": "conda"} {
		p := SetUpProps{ChannelHead: testChannelHead(), Client: given}
		for _, c := range p.clients(false) {
			if p.first(c.name) != (c.name == want) {
				t.Errorf("%q: %s is first: %t", given, c.name, p.first(c.name))
			}
		}
	}
}
