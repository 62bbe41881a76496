package views

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

func TestLayout(t *testing.T) {
	signedOut := LayoutProps{Title: "Terms", Path: "/terms", Now: testNow}
	acting := testLayout("Labels of reef-lab")
	acting.Viewer = &Viewer{Login: "brook", Active: Account{Login: "reef-lab", Organization: true}, Accounts: testMe.Accounts}
	acting.Path, acting.Here, acting.Theme, acting.Version = "/reef-lab/labels", "/reef-lab/labels?label=dev", "dark", "1.2.3"
	acting.Toasts = []string{"Revoked <ci>."}
	acting.Query = canary
	failed := LayoutProps{Title: canary, Failed: true, Home: true}
	for name, p := range map[string]LayoutProps{"signed_out": signedOut, "acting": acting, "failed": failed} {
		checkGolden(t, "layout/"+name, withChildren(Layout(p), Moment(testNow, testNow)))
	}
}

// withChildren draws c around content.
func withChildren(c, content templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, content), w)
	})
}

func TestToolsAreTheNineInTheirOrder(t *testing.T) {
	t.Parallel()
	var names []string
	for _, tool := range tools("brook") {
		names = append(names, tool.name)
	}
	want := "Landscape, View All, Packages, Notebooks, Environments, Favorites, Organizations, Group Membership, Labels"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMenusNameTheActiveAccount(t *testing.T) {
	t.Parallel()
	html := drawn(t, Layout(testLayout("x")))
	for _, want := range []string{
		`aria-label="Tools menu"`, `aria-label="Profile menu, active account: brook"`, `aria-label="Vivarium, home"`,
		`href="/brook/packages"`, `href="/brook/settings/access"`, `action="/signout"`, `value="reef-lab"`, "Skip to content",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(drawn(t, Layout(LayoutProps{})), "Tools menu") {
		t.Error("a visitor gets the Tools menu")
	}
}

func TestDocumentTitle(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		p    LayoutProps
		want string
	}{
		{LayoutProps{Title: "reefscan 2.4.1, labs"}, "reefscan 2.4.1, labs · Vivarium"},
		{LayoutProps{Title: "Sign up", Failed: true}, "Error: Sign up · Vivarium"},
	} {
		if got := tt.p.DocumentTitle(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
