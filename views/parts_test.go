package views

import (
	"strings"
	"testing"

	"github.com/a-h/templ"
)

func TestParts(t *testing.T) {
	parts := map[string]templ.Component{
		"command":       Command("c1", "conda command", "conda install <x>", "second line"),
		"snippet":       Snippet("c2", "condarc text", "channels:", "  - "+canary),
		"crumbs":        Crumbs(Crumb{canary, "/labs"}, Crumb{"Settings", ""}),
		"tabs":          Tabs("reefscan", []NavItem{{Name: "Files", URL: "/f", Count: 1204, Current: true}, {Name: canary, Icon: "key", URL: canary}}),
		"field":         TextField(Field{ID: "name", Label: "Name"}),
		"field_error":   TextField(Field{ID: "name", Name: "n", Label: canary, Type: "email", Value: canary, Hint: canary, Error: canary, Complete: "email", Sample: canary, Verbatim: true, MinLength: 2, MaxLength: 9, Optional: true}),
		"problems":      Problems("The form came back", []Problem{{"name", canary}, {"", "The site is full."}}),
		"toast":         Toast(canary),
		"announcement":  Announcement(canary),
		"avatar":        Avatar(Account{Login: "a b/c"}, ""),
		"avatar_drawn":  Avatar(Account{Login: "mlind", Drawn: true}, "avatar--md"),
		"avatar_org":    Avatar(Account{Login: "reef-lab", Organization: true}, "avatar--md"),
		"empty":         withChildren(EmptyPlace(Empty{Icon: "key", Heading: canary, Text: canary}), Icon("x")),
		"alert":         withChildren(Alert("", "info"), Icon("x")),
		"alert_warning": withChildren(Alert("warn", "eye"), Icon("x")),
	}
	for name, c := range parts {
		checkGolden(t, "parts/"+name, c)
		if html := drawn(t, c); strings.Contains(html, "<script>") {
			t.Errorf("%s lets a script through: %s", name, html)
		}
	}
}

// What is copied is the text of the code element, so nothing but the lines may
// stand in it.
func TestCommandsHoldNothingButTheirLines(t *testing.T) {
	t.Parallel()
	html := drawn(t, Command("c1", "conda command", "one", "two"))
	if want := `<code id="c1"><span>one</span>` + "\n" + `<span>two</span></code>`; !strings.Contains(html, want) {
		t.Errorf("got %s, want %s in it", html, want)
	}
}

func TestSecretStandsAlone(t *testing.T) {
	t.Parallel()
	html := drawn(t, newToken(NewToken{Secret: "viv-SECRET"}, "http://x", "brook"))
	if !strings.Contains(html, `<code id="secret">viv-SECRET</code></pre>`) {
		t.Errorf("blanks around the secret: %s", html)
	}
}
