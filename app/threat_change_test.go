package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// more is what nobody may set, in every spelling that a program may read.
var more = []string{
	"id", "is_admin", "isAdmin", "admin", "owner", "owner_id", "account_id", "AccountID", "user_id", "user", "login", "kind", "disabled", "password_hash", "auth_version",
	"email_confirmed_at", "downloads", "created_at", "uploader", "token_id", "scopes_all", "operator",
}

// TestT18MassAssignment sends fields that the server knows and no form has: what is
// sent counts for nothing.
func TestT18MassAssignment(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	ctx := t.Context()
	check(t, s.SetCollaborator(ctx, s.brook, labs, "finch", "casey", model.Write))
	secret, session := s.Token(t, "casey"), signIn(t, s, "casey")
	var fields []string
	body := `{`
	for i, name := range more {
		value := []string{"1", "ada", "true"}[i%3]
		fields = append(fields, name, value)
		body += `"` + name + `": "` + value + `", `
	}
	body += `"public_attrs": {"summary": "said"}}`
	before := s.rows("accounts", "collaborators", "groups", "group_members", "files", "tokens")
	s.ask(http.MethodPatch, "/api/package/labs/finch", secret, body)
	s.ask(http.MethodPatch, "/api/release/labs/finch/1.0", secret, body)
	s.ask(http.MethodPatch, "/api/channel/casey/settings", secret, body)
	gets(t, "profile", s.fill(session, "/account/profile", fields...), http.StatusSeeOther, http.StatusOK, http.StatusUnprocessableEntity)
	s.same("the rows", before, s.rows("accounts", "collaborators", "groups", "group_members", "files", "tokens"))
	d, err := s.Package(ctx, s.brook, labs, "finch")
	if err != nil || d.Account.Login != labs || d.Package.Summary != "said" {
		t.Errorf("the package is of %s and says %q (%v)", d.Account.Login, d.Package.Summary, err)
	}

	signUp := append(fields, "username", "newcomer", "email", "n@example.test", "password", registrytest.Password, "confirm", registrytest.Password, "terms", "yes")
	gets(t, "sign-up", s.fill("", "/signup", signUp...), http.StatusSeeOther)
	r := httptest.NewRequest(http.MethodPost, crawlHost+"/api/authentications", strings.NewReader(strings.Replace(body, `"user": `, `"note": "mine", "for": `, 1)))
	r.SetBasicAuth("newcomer", registrytest.Password)
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, r)
	gets(t, "a token", answer, http.StatusOK, http.StatusCreated)
	a, err := s.store.Account(ctx, "newcomer")
	if err != nil || a.IsAdmin || a.IsOrganization() || !a.EmailConfirmedAt.IsZero() || a.AuthVersion != 1 {
		t.Errorf("signed up as %+v (%v)", a, err)
	}
	if tokens, err := s.Tokens(ctx, s.Actor(t, "newcomer"), "newcomer"); err != nil || len(tokens) != 1 || tokens[0].Name != "mine" {
		t.Errorf("newcomer has the tokens %v (%v)", tokens, err)
	}
}

// auditedTables hold what is changed by people: rights, tokens, accounts, labels,
// files and what is said of them.
var auditedTables = []string{
	"accounts", "collaborators", "file_labels", "files", "group_members", "group_packages", "groups", "invitations", "labels", "notices", "packages", "releases", "tokens",
}

// TestT20EveryChangeIsAudited goes through every row that changes something, as its
// owner and as an administrator of the site: where the database is another
// afterwards, the log has another line.
func TestT20EveryChangeIsAudited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before, lines := rowsIn(t, w.dir, auditedTables...), len(rowsIn(t, w.dir, "audit"))
	changed, all := make(chan bool, 4*len(registry.Routes())), true
	t.Run("rows", func(t *testing.T) {
		for _, row := range registry.Routes() {
			if strings.HasPrefix(row.Pattern, http.MethodGet+" ") {
				continue
			}
			if !tried(t, row) {
				all = false
				continue
			}
			t.Run(row.Pattern, func(t *testing.T) {
				t.Parallel()
				m := &matrix{T: t, world: w, row: row, table: registry.Routes()}
				for _, e := range examplesOf(row) {
					for _, a := range m.everybody() {
						if a.name == "owner" || a.name == "administrator" {
							changed <- m.audits(e, a, before, lines)
						}
					}
				}
			})
		}
	})
	close(changed)
	n := 0
	for one := range changed {
		if one {
			n++
		}
	}
	if all && n < 60 {
		t.Errorf("only %d requests changed anything", n)
	}
}

// audits makes a request on a fresh copy of the world and reports whether it
// changed something.
func (m *matrix) audits(e example, a actor, before []string, lines int) bool {
	m.Helper()
	m.drop()
	defer m.drop()
	answer := m.keep(e, a, m.targets(e)[0])
	after, more := rowsIn(m.T, m.site.config.DataDir, auditedTables...), len(rowsIn(m.T, m.site.config.DataDir, "audit"))-lines
	different := !slices.Equal(before, after)
	if different && more == 0 {
		m.Errorf("as %s%s: %d, and the log has no line of it", a.name, note(e), answer.Code)
	}
	return different
}

// keep makes a request on a fresh copy of the world, which stays as it is then.
func (m *matrix) keep(e example, a actor, tg target) *httptest.ResponseRecorder {
	m.Helper()
	var err error
	m.site, err = m.open(m.T, m.table)
	check(m.T, err)
	answer := httptest.NewRecorder()
	m.site.ServeHTTP(answer, e.request(m.T, m.world, m.row, tg, a, usual))
	return answer
}
