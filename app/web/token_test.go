package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

const brookTokens = "/brook/settings/access"

var secretPattern = regexp.MustCompile(`viv-[0-9A-Za-z]{38}`)

// create posts the form for a token and returns the answer and the secret in it.
func (b *browser) create(path string, form url.Values) (answer, string) {
	b.t.Helper()
	a := b.post(path, form).want(b.t, http.StatusOK)
	return a, secretPattern.FindString(a.Body.String())
}

func TestTokenIsShownOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	b.get(brookTokens).want(t, http.StatusOK).shows(t, "No tokens yet", "Create token", `value="365" selected`, `value="install" checked`)
	a, secret := b.create(brookTokens, url.Values{"name": {`ci <nightly>`}, "expires": {"90"}, "preset": {"ci"}})
	a.shows(t, "Token ci &lt;nightly&gt; created", `aria-label="New token"`, "CI upload",
		"conda config --add channels http://vivarium.test/t/"+secret+"/conda/brook", "  - nodefaults",
		"pixi auth login vivarium.test --token "+secret, "export ANACONDA_API_TOKEN="+secret)
	if got := a.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control: got %q, want no-store", got)
	}
	actor := s.TokenActor(t, secret)
	if actor.Login != "brook" || actor.Scopes.String() != "api:write repos" {
		t.Errorf("the token acts as %s with %q", actor.Login, actor.Scopes)
	}
	b.get(brookTokens).want(t, http.StatusOK).shows(t, "ci &lt;nightly&gt;", "1 token.", "api:write repos").hides(t, secret, "viv-")
}

func TestTokenForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	tests := []struct {
		name, scopes string
		form         url.Values
		life         time.Duration
	}{
		{"install only", "conda:download pypi:download", url.Values{"preset": {"install"}, "expires": {"30"}}, 30 * 24 * time.Hour},
		{"everything", "all", url.Values{"preset": {"all"}, "expires": {"never"}}, 0},
		{"ticked scopes win", "api:read conda:download", url.Values{"preset": {"all"}, "scope": {"conda:download", "api:read"}}, 365 * 24 * time.Hour},
		{"own choice", "pypi", url.Values{"preset": {"custom"}, "scope": {"pypi"}, "expires": {"7"}}, 7 * 24 * time.Hour},
	}
	for _, tt := range tests {
		tt.form.Set("name", tt.name)
		b.create(brookTokens, tt.form)
		tokens, err := s.Tokens(t.Context(), s.Actor(t, "brook"), "brook")
		if err != nil {
			t.Fatal(err)
		}
		got := tokens[0]
		if got.Name != tt.name || got.Scopes != tt.scopes {
			t.Errorf("%s: got %q with %q, want scopes %q", tt.name, got.Name, got.Scopes, tt.scopes)
		}
		if life := lifeOf(got); life != tt.life {
			t.Errorf("%s: lives %s, want %s", tt.name, life, tt.life)
		}
	}
}

func lifeOf(t model.Token) time.Duration {
	if t.ExpiresAt.IsZero() {
		return 0
	}
	return t.ExpiresAt.Sub(t.CreatedAt)
}

func TestTokenFormRefuses(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.TokenMaxLifetime, p.TokenLifetime = 90*24*time.Hour, 30*24*time.Hour })
	b := s.as(t, "brook")
	b.get(brookTokens).want(t, http.StatusOK).shows(t, `value="30" selected`).hides(t, `value="365"`, `value="never"`)
	b.create(brookTokens, url.Values{"name": {"taken"}, "preset": {"install"}})
	tests := []struct {
		name  string
		form  url.Values
		field string
	}{
		{"no name", url.Values{"preset": {"install"}}, "name"},
		{"taken name", url.Values{"name": {"taken"}, "preset": {"install"}}, "name"},
		{"no scope", url.Values{"name": {"x"}, "preset": {"custom"}}, "scopes"},
		{"unknown scope", url.Values{"name": {"x"}, "scope": {"root"}}, "scopes"},
		{"too long a life", url.Values{"name": {"x"}, "preset": {"install"}, "expires": {"365"}}, "expires"},
		{"no end", url.Values{"name": {"x"}, "preset": {"install"}, "expires": {"never"}}, "expires"},
		{"no number", url.Values{"name": {"x"}, "preset": {"install"}, "expires": {"-5"}}, "expires"},
	}
	for _, tt := range tests {
		a := b.post(brookTokens, tt.form).want(t, http.StatusUnprocessableEntity)
		a.shows(t, "<title>Error: Access tokens", "The token was not created", `href="#`+tt.field+`"`, `id="`+tt.field+`-e"`, `value="`+tt.form.Get("name"))
	}
}

func TestTokenInPlace(t *testing.T) {
	t.Parallel()
	b := newSite(t).as(t, "brook")
	b.HTMX = true
	a, secret := b.create(brookTokens, url.Values{"name": {"lab-bench"}, "preset": {"install"}})
	a.shows(t, `id="tokens"`, "Token created. Copy it now.", "data-focus", secret).hides(t, "<html", "ANACONDA_API_TOKEN")
	b.post(brookTokens, url.Values{"name": {""}}).want(t, http.StatusUnprocessableEntity).shows(t, `id="tokens"`, `id="form-errors"`).hides(t, "<html")
}

// idOf finds the row of a token that the page lists.
func idOf(t *testing.T, page answer, name string) string {
	t.Helper()
	m := regexp.MustCompile(`<tr id="token-(\d+)"><th scope="row">` + regexp.QuoteMeta(name)).FindStringSubmatch(page.Body.String())
	if m == nil {
		t.Fatalf("%s is not listed:\n%s", name, page.Body)
	}
	return m[1]
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	_, secret := b.create(brookTokens, url.Values{"name": {"ci"}, "preset": {"install"}})
	revoke := brookTokens + "/" + idOf(t, b.get(brookTokens), "ci") + "/revoke"
	b.get(brookTokens).shows(t, `href="`+revoke+`"`, `aria-label="Revoke ci"`)
	b.get(revoke).want(t, http.StatusOK).shows(t, "Revoke ci?", "It was never used.", ">Revoke ci</button>", "Keep it")
	b.post(revoke, url.Values{}).leadsTo(t, brookTokens)
	b.get(brookTokens).want(t, http.StatusOK).shows(t, "Revoked ci.", "No tokens yet")
	_, err := s.Authenticate(t.Context(), model.Actor{}, model.Credential{Token: secret})
	if model.CodeOf(err) != model.Unauthenticated {
		t.Errorf("the revoked token: got %v, want Unauthenticated", err)
	}
	b.post(revoke, url.Values{}).want(t, http.StatusNotFound)
}

func TestRevokeInPlace(t *testing.T) {
	t.Parallel()
	b := newSite(t).as(t, "brook")
	for _, name := range []string{"one", "two"} {
		b.create(brookTokens, url.Values{"name": {name}, "preset": {"install"}})
	}
	page := b.get(brookTokens)
	one, two := idOf(t, page, "one"), idOf(t, page, "two")
	b.HTMX = true
	b.get(brookTokens+"/"+one+"/revoke").want(t, http.StatusOK).shows(t, "row-confirm", "data-focus", `id="active-tokens"`).hides(t, "<html", "Create token")
	kept := b.get(brookTokens+"?kept="+one).want(t, http.StatusOK)
	kept.shows(t, "data-focus").hides(t, "row-confirm", "<html")
	gone := b.post(brookTokens+"/"+one+"/revoke", url.Values{}).want(t, http.StatusOK)
	gone.shows(t, `id="token-`+two+`"`, "Revoked one", "data-focus").hides(t, `id="token-`+one+`"`, "<html")
	b.post(brookTokens+"/"+two+"/revoke", url.Values{}).want(t, http.StatusOK).shows(t, "No tokens yet", `tabindex="-1" data-focus`)
}

func TestTokensAreTheOwnersBusiness(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := s.as(t, "brook")
	brook.create("/labs/settings/access", url.Values{"name": {"robot"}, "preset": {"install"}})
	id := idOf(t, brook.get("/labs/settings/access"), "robot")
	brook.get("/labs/settings/access").want(t, http.StatusOK).shows(t, "Settings of labs")

	s.visitor(t).get("/labs/settings/access").leadsTo(t, "/signin?next=%2Flabs%2Fsettings%2Faccess")
	s.visitor(t).post("/labs/settings/access", url.Values{"name": {"x"}}).leadsTo(t, "/signin?next=%2Flandscape")
	casey := s.as(t, "casey")
	for _, path := range []string{"/labs/settings/access", "/labs/settings/access/" + id + "/revoke"} {
		if got := casey.get(path).Code; got != http.StatusForbidden && got != http.StatusNotFound {
			t.Errorf("GET %s by an outsider: got %d", path, got)
		}
	}
	casey.post("/labs/settings/access", url.Values{"name": {"x"}, "preset": {"all"}}).hides(t, "viv-")
	// Another account's token is not found by its number (T7).
	for _, path := range []string{"/casey/settings/access/" + id + "/revoke", "/casey/settings/access/x/revoke", "/casey/settings/access/999/revoke"} {
		casey.get(path).want(t, http.StatusNotFound)
		casey.post(path, url.Values{}).want(t, http.StatusNotFound)
	}
	tokens, err := s.Tokens(t.Context(), s.Actor(t, "brook"), "labs")
	if err != nil || len(tokens) != 1 || strconv.FormatInt(tokens[0].ID, 10) != id {
		t.Errorf("the tokens of labs: got %v, %v; want the one", tokens, err)
	}
	if strings.Contains(s.Log.String(), "viv-") {
		t.Error("the log holds a token")
	}
}

// TestTokenThatEndsSoon is warned of in the list and on the dashboard.
func TestTokenThatEndsSoon(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "brook", condatest.Spec{Name: "reefscan"}, model.Public)
	b := s.as(t, "brook")
	b.create(brookTokens, url.Values{"name": {"long"}, "preset": {"install"}, "expires": {"30"}})
	b.get("/landscape").hides(t, "within two weeks")
	b.create(brookTokens, url.Values{"name": {"short <one>"}, "preset": {"install"}, "expires": {"7"}})
	b.get("/landscape").want(t, http.StatusOK).shows(t, "1 token ends within two weeks:", "short &lt;one&gt; (", `href="`+brookTokens+`"`).hides(t, "long (")
	b.get(brookTokens).shows(t, "1 token ends within two weeks.", "badge--warn")
}
