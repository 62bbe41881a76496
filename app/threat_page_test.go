package main

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// addresses are one of each row of the table that is asked with method, about labs
// and finch.
func addresses(method string) []string {
	holes := strings.NewReplacer("{$}", "", "{channel}", labs, "{owner}", labs, "{org}", labs, "{login}", labs, "{package}", "finch", "{project}", "finch", "{version}", "1.0",
		"{basename...}", "noarch/finch-1.0-0.conda", "{file}", "finch-1.0-0.conda", "{subdir}", "noarch", "{label...}", "main", "{label}", "main", "{group}", model.OwnersGroup,
		"{user}", brook, "{token}", "1", "{folder}", "src/contrib")
	var all []string
	for _, row := range registry.Routes() {
		if path, ok := strings.CutPrefix(row.Pattern, method+" "); ok {
			all = append(all, prefixes[row.Surface]+oneOf.ReplaceAllString(holes.Replace(path), "x"))
		}
	}
	return all
}

// hurt writes a word with markup in it wherever people and their packages may say
// something of themselves.
func (s *canarySite) hurt(word string) {
	s.Helper()
	ctx, profile := s.Context(), registry.Profile{Name: word, Description: word, Company: word, Location: word}
	check(s.T, s.UpdateProfile(ctx, s.brook, profile))
	check(s.T, s.UpdateOrganization(ctx, s.brook, labs, registry.OrganizationProfile{Profile: profile}))
	s.Publish(s.T, s.brook, labs, condatest.Spec{Name: "finch", Version: "2.0", Summary: word, License: word, About: map[string]any{
		"home": "javascript:" + word, "dev_url": word, "doc_url": "data:text/html," + word, "description": word,
	}})
	_, err := s.UpdatePackage(ctx, s.brook, labs, "finch", registry.PackageChange{Description: &word, LicenseURL: &word, Summary: &word})
	check(s.T, err)
	_, _, err = s.CreateToken(ctx, s.brook, labs, registry.NewToken{Name: "x<b>" + s.Name()})
	check(s.T, err)
}

// TestX6WordsOfOthers says on every page what people said of themselves, as text.
func TestX6WordsOfOthers(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	const word = `"'><script>canary("&amp;")</script><img src=x onerror=canary()>`
	s.hurt(word)
	session, shown := signIn(t, s, brook), 0
	for _, at := range append(addresses(http.MethodGet), "/search?q="+"%22%3E%3Cscript%3Ecanary", "/signin?next=/%22%3E%3Cscript%3Ecanary", "/labs?q=%22%3E%3Cscript%3Ecanary") {
		answer := s.look(session, at)
		body := answer.Body.String()
		if !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") {
			continue
		}
		for _, raw := range []string{"<script>canary", "<img src=x", `="javascript:`, `="data:text`} {
			if strings.Contains(body, raw) {
				t.Errorf("GET %s: %s stands in the page", at, raw)
			}
		}
		if strings.Contains(body, "&lt;script&gt;canary") {
			shown++
		}
	}
	if shown < 8 {
		t.Errorf("only %d pages show the words: nothing was tried", shown)
	}
}

var tableName = regexp.MustCompile(`(?m)^CREATE TABLE "?(\w+)`)

// lastingTables are all but those that count what was used, and when.
func lastingTables(t *testing.T) []string {
	t.Helper()
	schema, err := os.ReadFile("store/schema.sql")
	check(t, err)
	var all []string
	for _, m := range tableName.FindAllStringSubmatch(string(schema), -1) {
		if !slices.Contains([]string{"sessions", "downloads"}, m[1]) {
			all = append(all, m[1])
		}
	}
	return all
}

// TestX8GetsChangeNothing asks for every address as an owner, on pages and as a
// program: only times of use and counters are others afterwards.
func TestX8GetsChangeNothing(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	session, secret, tables := signIn(t, s, brook), s.Token(t, brook), lastingTables(t)
	s.look(session, "/landscape")
	before, asked := s.rows(tables...), addresses(http.MethodGet)
	if len(before) < 30 || len(asked) < 80 {
		t.Errorf("%d rows and %d addresses: nothing was tried", len(before), len(asked))
	}
	for _, at := range asked {
		for _, query := range []string{"", "?do=delete&delete=1&typed=labs&name=x&access=private&_method=DELETE&token=1"} {
			s.look(session, at+query)
			s.ask(http.MethodGet, at+query, secret, "", "X-HTTP-Method-Override", "DELETE")
		}
	}
	s.same("the database", before, s.rows(tables...))
	s.fill(session, "/account/profile", "name", "Somebody else")
	if slices.Equal(before, s.rows(tables...)) {
		t.Error("a change is not seen either")
	}
}

// TestX15NoAnswerToOtherOrigins asks as a page of another site does: nothing lets it
// read the answer.
func TestX15NoAnswerToOtherOrigins(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	secret := s.Token(t, brook)
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		for _, at := range append(addresses(method), "/static/vivarium.css", "/health/live", "/nobody") {
			for _, origin := range []string{"https://evil.test", "null"} {
				for _, asked := range []string{method, http.MethodOptions} {
					h := s.ask(asked, at, secret, "", "Origin", origin, "Access-Control-Request-Method", method, "Access-Control-Request-Headers", "authorization").Header()
					for name := range h {
						if strings.HasPrefix(name, "Access-Control-") || name == "Timing-Allow-Origin" {
							t.Errorf("%s %s from %s: %s: %s", asked, at, origin, name, h.Get(name))
						}
					}
				}
			}
		}
	}
}

// fetched is what a browser loads, or sends something to, by itself or on a click
// that is no link.
var fetched = regexp.MustCompile(`<(?:img|script|link|iframe|form|source|use|object|embed|video|audio|input|button)\b[^>]*?\s(?:src|href|srcset|action|formaction|data|poster|hx-get|hx-post)="([^"]*)"`)

// TestX16NothingFromElsewhere looks at what every page loads, with Gravatar switched
// on: all of it is of this site.
func TestX16NothingFromElsewhere(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	s.Gravatar = "https://gallery.invalid/avatar/"
	session, n := signIn(t, s, brook), 0
	for _, at := range addresses(http.MethodGet) {
		if at == "/avatar/"+labs { // is fetched by the server, which is tried elsewhere
			continue
		}
		for _, m := range fetched.FindAllStringSubmatch(s.look(session, at).Body.String(), -1) {
			n++
			if strings.HasPrefix(m[1], "data:image/svg+xml,") { // the logo
				continue
			}
			if url := strings.TrimPrefix(m[1], crawlHost); !strings.HasPrefix(url, "/") && !strings.HasPrefix(url, "#") || strings.HasPrefix(url, "//") {
				t.Errorf("GET %s loads %s", at, m[1])
			}
		}
	}
	if n < 500 {
		t.Errorf("only %d addresses were seen", n)
	}
}
