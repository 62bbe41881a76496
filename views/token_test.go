package views

import (
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
)

func testTokens() TokensProps {
	return TokensProps{
		Layout: testLayout("Access tokens of reef-lab"), Base: "https://pkgs.reef.example:8443", Owner: Account{Login: "reef-lab", Organization: true},
		Form: TokenForm{Preset: "install", Lifetime: []Option{{Value: "90", Name: LifetimeName(90, testNow.AddDate(0, 0, 90))}, {Value: "365", Name: LifetimeName(365, testNow.AddDate(1, 0, 0)), Selected: true}}},
	}
}

var testTokenRows = []model.Token{
	{ID: 4, Name: "ci-nightly", Scopes: "api:write repos", CreatedAt: testNow.AddDate(0, -11, 0), ExpiresAt: testNow.AddDate(0, 0, 9), LastUsedAt: testNow.Add(-4 * time.Minute), LastUsedBy: "10.4.1.17 pixi/0.59"},
	{ID: 5, Name: canary, Scopes: "api:read", CreatedAt: testNow, LastUsedAt: testNow, LastUsedBy: canary},
	{ID: 6, Name: "old-server", Scopes: "all", CreatedAt: testNow.AddDate(-2, 0, 0), ExpiresAt: testNow.AddDate(-1, 0, 0)},
}

func TestTokensPage(t *testing.T) {
	p := testTokens()
	checkGolden(t, "token/empty", TokensPage(p))
	p.Tokens = testTokenRows
	checkGolden(t, "token/many", TokensPage(p))
	p.Confirm = 4
	checkGolden(t, "token/confirm", ActiveTokens(p))
	p.Confirm = 5
	checkGolden(t, "token/confirm_hostile", ActiveTokens(p))
	p.Confirm = 0
	p.Form = TokenForm{Name: canary, Preset: CustomPreset, Scopes: []string{"conda"}, Errors: map[string]string{"name": "A token of that name already exists.", "scopes": canary, "expires": "Tokens live at most 90 days here."}}
	checkGolden(t, "token/errors", TokensPage(p))
}

func TestTokenCreated(t *testing.T) {
	p := testTokens()
	p.Tokens = testTokenRows[:1]
	for name, scopes := range map[string]string{"install": "conda:download pypi:download", "upload": "api:write repos", "read": "api:read", "python": "pypi:upload"} {
		p.New = &NewToken{Token: model.Token{Name: "lab <bench>", Scopes: scopes, ExpiresAt: testNow.AddDate(1, 0, 0)}, Secret: "viv-SECRET"}
		checkGolden(t, "token/created_"+name, TokenCreated(p))
	}
}

func TestRevokedRowHandsTheFocusOn(t *testing.T) {
	t.Parallel()
	p := testTokens()
	p.Tokens = testTokenRows
	for _, tt := range []struct{ revoked, focus int64 }{{4, 5}, {5, 6}, {6, 5}, {99, 0}} {
		left := p.WithoutToken(tt.revoked)
		if left.Focus != tt.focus || left.FocusHeading != (tt.focus == 0) {
			t.Errorf("revoking %d: focus on %d, heading %v; want %d", tt.revoked, left.Focus, left.FocusHeading, tt.focus)
		}
	}
	if len(p.Tokens) != 3 || p.Tokens[0].ID != 4 {
		t.Error("WithoutToken changed what it was given")
	}
	p.Tokens = testTokenRows[:1]
	last := drawn(t, TokenRevoked(p.WithoutToken(4), canary))
	for _, want := range []string{"No tokens yet", `tabindex="-1" data-focus`, "Revoked &#34;&gt;"} {
		if !strings.Contains(last, want) {
			t.Errorf("%q is missing in %s", want, last)
		}
	}
}

func TestExpiry(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		at          time.Time
		text, badge string
	}{
		{time.Time{}, "Never", ""},
		{testNow, "Expired 22 Nov 2026", "danger"},
		{testNow.Add(time.Hour), "22 Nov 2026, within a day", "warn"},
		{testNow.AddDate(0, 0, 9), "1 Dec 2026, in 9 days", "warn"},
		{testNow.AddDate(0, 0, 14), "6 Dec 2026", ""},
	} {
		if text, badge := expiry(model.Token{ExpiresAt: tt.at}, testNow); text != tt.text || badge != tt.badge {
			t.Errorf("%s: got %q %q, want %q %q", tt.at, text, badge, tt.text, tt.badge)
		}
	}
}

func TestEveryScopeCanBeTicked(t *testing.T) {
	t.Parallel()
	html := drawn(t, scopeFields(TokenForm{}))
	for _, s := range model.Scopes {
		if n := strings.Count(html, `value="`+string(s.Scope)+`"`); n != 1 {
			t.Errorf("%s stands %d times in the form, want 1", s.Scope, n)
		}
	}
}

func TestPresetsAreScopes(t *testing.T) {
	t.Parallel()
	for _, p := range Presets {
		if set, err := model.ParseScopes(p.Scopes); err != nil || p.Value != CustomPreset && purpose(model.Token{Scopes: set.String()}) != p.Name {
			t.Errorf("preset %s: %v, read back as %q", p.Value, err, purpose(model.Token{Scopes: set.String()}))
		}
	}
}

func TestClientsOfTokens(t *testing.T) {
	t.Parallel()
	for by, want := range map[string]string{
		"": "", "192.0.2.1": "from 192.0.2.1", "192.0.2.1 pixi/0.59": "from 192.0.2.1 with pixi 0.59", "::1 curl": "from ::1 with curl",
		`192.0.2.1 pip/26.3 {"ci":null}`:                   "from 192.0.2.1 with pip 26.3",
		"192.0.2.1 Mozilla/5.0 (X11; Linux)":               "from 192.0.2.1 with a browser",
		"192.0.2.1 " + strings.Repeat("x", 50) + "/1 more": "from 192.0.2.1 with " + strings.Repeat("x", 40) + "…",
		"192.0.2.1 /weird":                                 "from 192.0.2.1 with /weird",
	} {
		if got := usedBy(model.Token{LastUsedBy: by}); got != want {
			t.Errorf("%q: %q, want %q", by, got, want)
		}
	}
}

// TestLinesForPip names a host without TLS as one to trust, except this machine.
func TestLinesForPip(t *testing.T) {
	t.Parallel()
	for base, trusted := range map[string]bool{
		"https://pkgs.reef.example": false, "http://pkgs.reef.example:8080": true, "http://192.0.2.7": true, "http://localhost:8080": false, "http://127.0.0.1:8080": false, "http://[::1]:8080": false,
	} {
		for _, use := range (NewToken{Token: model.Token{Scopes: "pypi:download"}, Secret: "viv-SECRET"}).uses(base, "reef-lab") {
			if got := strings.Contains(strings.Join(use.Lines, " "), "trusted-host"); use.ID == "new-pip" && got != trusted {
				t.Errorf("%s: %q", base, use.Lines)
			}
		}
	}
}

func TestEndingTokens(t *testing.T) {
	t.Parallel()
	ends := func(name string, in time.Duration) model.Token {
		return model.Token{Name: name, ExpiresAt: testNow.Add(in)}
	}
	list := []model.Token{ends("a", time.Hour), ends("<b>", 24*time.Hour), ends("c", 25*time.Hour), ends("d", 300*time.Hour), ends("e", 300*time.Hour)}
	if got, want := endingTokens(list, testNow), "a (22 Nov 2026, within a day); <b> (23 Nov 2026, in 1 day); c (23 Nov 2026, in 1 day); and 2 others"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
