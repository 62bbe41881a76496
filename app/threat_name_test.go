package main

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"vivarium/app/httpd"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// signUp fills in the sign-up form for a name.
func (s *canarySite) signUp(name string) int {
	return s.fill("", "/signup", "username", name, "email", "n@example.test", "password", registrytest.Password, "confirm", registrytest.Password, "terms", "yes").Code
}

// command runs the program on the site's folder and returns its exit status.
func (s *canarySite) command(args ...string) int {
	return run(append([]string{"--data-dir", s.config.DataDir}, args...), strings.NewReader(registrytest.Password), io.Discard, io.Discard)
}

// firstSegments are all first path segments that the site answers, from its own
// tables, and those that it is going to.
func firstSegments() []string {
	all := append(httpd.Prefixes(), model.Segments...)
	for _, row := range registry.Routes() {
		_, path, _ := strings.Cut(row.Pattern, " ")
		all = append(all, strings.Split(strings.TrimPrefix(path, "/"), "/")[0])
	}
	all = append(all, model.Subdirs...)
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(s string) bool { return s == "" || strings.HasPrefix(s, "{") })
}

// TestA9ReservedNames asks for accounts that would hide a part of the site, on the
// page and by the command.
func TestA9ReservedNames(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	segments := firstSegments()
	if len(segments) < 40 {
		t.Errorf("the site answers only %q", segments)
	}
	names := append(segments, "a", "x", ".well-known", "favicon.ico", "robots.txt", "labs.html", "rss.xml", "org", "orgs", "admin", "root", "support", "login", "simple", "settings",
		"noarch-x", "linux-64x", "Signin", " api ")
	for _, name := range names {
		if got := s.signUp(name); got != http.StatusUnprocessableEntity {
			t.Errorf("signing up as %q: %d, want 422", name, got)
		}
		if got := s.command("admin", "create-user", name, "--email", "n@example.test", "--password-stdin"); got != statusRefused {
			t.Errorf("create-user %q: exit status %d, want %d", name, got, statusRefused)
		}
	}
	if got := s.command("admin", "create-user", "ordinary", "--email", "n@example.test", "--password-stdin"); got != statusDone {
		t.Errorf("create-user ordinary: exit status %d", got)
	}
}

// TestA10LookAlikes asks for names that are one with a taken one, or look like it.
func TestA10LookAlikes(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	before := s.rows("accounts")
	for _, name := range []string{
		"labs", "Labs", "LABS", " labs ", "labs.", ".labs", "labs/", "la bs", "labs\u200b", "\u202elabs", "l\u0430bs", "ⅼabs", "ｌａｂｓ", "láɓs", "labs%20", "labs\x00", "ſtore",
	} {
		if got := s.signUp(name); got != http.StatusUnprocessableEntity {
			t.Errorf("signing up as %q: %d, want 422", name, got)
		}
	}
	s.same("the accounts", before, s.rows("accounts"))
}

// TestA11NamesAreNotFreed deletes and renames accounts: nobody else takes the name,
// and nothing leads from it to the new one.
func TestA11NamesAreNotFreed(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	ctx, op := t.Context(), model.LocalOperator()
	check(t, s.DeleteUser(ctx, op, "casey"))
	check(t, s.RenameUser(ctx, op, "neighbour", "moved"))
	check(t, s.RenameOrganization(ctx, s.brook, vault, "cellar"))
	check(t, s.DeleteOrganization(ctx, s.brook, "cellar"))
	check(t, s.RenameOrganization(ctx, s.brook, labs, "lab"))
	for _, name := range []string{"casey", "neighbour", vault, "cellar", labs, "Labs"} {
		if got := s.signUp(name); got != http.StatusUnprocessableEntity {
			t.Errorf("signing up as %q: %d, want 422", name, got)
		}
		if _, err := s.CreateOrganization(ctx, s.brook, registry.NewOrganization{Login: name}); model.CodeOf(err) != model.Invalid && model.CodeOf(err) != model.Conflict {
			t.Errorf("an organization called %q: %v", name, err)
		}
		if err := s.RenameUser(ctx, s.brook, brook, name); err == nil {
			t.Errorf("brook is called %q now", name)
		}
		for _, at := range []string{"/conda/NAME/noarch/repodata.json", "/conda/NAME/noarch/finch-1.0-0.conda", "/pypi/NAME/simple/finch/", "/api/user/NAME", "/NAME"} {
			at = strings.ReplaceAll(at, "NAME", model.FoldLogin(name))
			gets(t, at, s.ask(http.MethodGet, at, "", ""), http.StatusNotFound)
		}
	}
	gets(t, "under its new name", s.ask(http.MethodGet, "/conda/lab/noarch/finch-1.0-0.conda", "", ""), http.StatusOK)
}
