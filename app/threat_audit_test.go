package main

import (
	"net/http"
	"slices"
	"testing"

	"vivarium/app/registry"
)

// TestRefusalsAreAudited: what somebody known was denied stands in the log of whose
// thing it was, however often they tried; what is hidden from them is not denied.
func TestRefusalsAreAudited(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	casey, limited := s.Token(t, "casey"), s.Token(t, "casey", "conda:download")
	for range 2 {
		gets(t, "settings", s.ask(http.MethodPatch, "/api/channel/labs/settings", casey, `{"closed": true}`), http.StatusForbidden)
	}
	gets(t, "a package", s.ask(http.MethodDelete, "/api/package/labs/finch", casey, ""), http.StatusForbidden)
	gets(t, "a scope", s.ask(http.MethodPut, "/conda/labs/noarch/finch-1.0-0.conda", limited, "x"), http.StatusForbidden)
	session := signIn(t, s, "casey")
	gets(t, "a page", s.look(session, "/labs/settings"), http.StatusForbidden)
	gets(t, "a page of a package", s.look(session, "/labs/packages/finch/settings"), http.StatusForbidden)
	gets(t, "hidden", s.ask(http.MethodDelete, "/api/package/labs/raven", casey, ""), http.StatusNotFound)
	gets(t, "anonymous", s.ask(http.MethodPatch, "/api/channel/labs/settings", "", `{}`), http.StatusUnauthorized)
	check(t, s.Flush(t.Context()))

	lines, err := s.AuditLines(t.Context(), s.brook, registry.AuditFilter{Account: labs, Action: "request.refuse"})
	check(t, err)
	var got []string
	for _, l := range lines {
		if l.Actor != "casey" || l.RemoteAddr == "" {
			t.Errorf("the line says %+v", l)
		}
		got = append(got, l.Subject+" "+l.Detail)
	}
	slices.Sort(got)
	want := []string{
		"labs GET /{channel}/settings", "labs PATCH /api/channel/{channel}/settings, 2 times", "labs PUT /{channel}/{subdir}/{file}",
		"labs/finch DELETE /api/package/{owner}/{package}", "labs/finch GET /{channel}/packages/{package}/settings",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
