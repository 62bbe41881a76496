package main

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"vivarium/app/model"
)

// expect is the verdict of the rules of contract section 6 about one request,
// spelled out a second time and without looking at the program: 0 when it must go
// through, and otherwise the status it must be refused with. On pages 401 is the
// way to the sign-in page.
func expect(row model.Route, e example, a actor, tg target) (status int) {
	status = byTheRules(row, e, a, tg)
	if e.rule != nil {
		return e.rule(row, a, tg, status)
	}
	return status
}

func byTheRules(row model.Route, e example, a actor, tg target) (status int) {
	on, needs := cmp.Or(e.on, row.On), cmp.Or(e.needs, row.Needs)
	hasScope := a.anonymous() || len(row.Scopes) == 0 || a.scopes.HasAny(row.Scopes...)
	switch {
	case row.Open && tg.absent:
		return http.StatusNotFound
	case row.Open:
		return 0
	case a.dead:
		return http.StatusUnauthorized
	case row.On == model.OnNothing && on == model.OnNothing:
		return 0
	case a.anonymous() && (on == model.OnSelf || on == model.OnSite || row.Surface == model.PageSurface && row.Needs > model.Read):
		return http.StatusUnauthorized // before anything is looked up
	case on == model.OnSite && !a.admin, on == model.OnSelf && !hasScope:
		return http.StatusForbidden
	case on == model.OnSite, on == model.OnSelf:
		return 0
	case tg.absent && on == model.OnAccount:
		return http.StatusNotFound
	case row.Surface == model.PageSurface && tg.channel == brook && e.inOrganizations(row):
		return http.StatusNotFound // a user has no such page at all
	case tg.closed() && a.anonymous():
		return http.StatusUnauthorized
	case tg.closed() && !hasScope:
		return http.StatusForbidden
	}
	if e.view && !hasScope {
		a, hasScope = actor{}, true
	}
	have := onAccount(a, tg)
	if on == model.OnPackage {
		have = onPackage(a, tg)
	}
	if e.makes && have == model.NoAccess { // hidden is as missing, and missing is made
		have, on = onAccount(a, tg), model.OnAccount
	}
	switch {
	case have == model.NoAccess:
		return http.StatusNotFound
	case e.auditors && a.admin:
		return 0
	case have < needs && a.anonymous():
		return http.StatusUnauthorized
	case have < needs:
		return http.StatusForbidden
	case needs > model.Read || tg.closed() || on == model.OnPackage && tg.access != model.Public:
		if !hasScope { // what anyone may do takes none
			return http.StatusForbidden
		}
	}
	if tg.channel == brook && e.inOrganizations(row) {
		return http.StatusNotFound
	}
	return 0
}

// inOrganizations reports whether the row is about what users do not have.
func (e example) inOrganizations(row model.Route) bool {
	return e.organizations || strings.Contains(row.Pattern, "/group") || strings.HasSuffix(row.Pattern, "/members")
}

// onAccount is what a may do to the channel of tg itself.
func onAccount(a actor, tg target) model.Permission {
	switch {
	case slices.Contains(a.owns, tg.channel):
		return model.Admin
	case slices.Contains(a.creates, tg.channel):
		return model.Write
	}
	return model.Read
}

// onPackage is what a may do to the package of tg.
func onPackage(a actor, tg target) model.Permission {
	have := a.ranks[tg.channel]
	if a.only != "" && a.only != tg.pkg {
		have = model.NoAccess
	}
	switch {
	case tg.absent:
		return model.NoAccess
	case tg.access == model.Public, tg.access == model.Authenticated && !a.anonymous():
		return max(have, model.Read)
	}
	return have
}

// keeps reports whether the status of an answer is what expect says. What goes
// through may still be refused for what it says.
func keeps(want, got int) bool {
	if want == 0 {
		return got < 400 || slices.Contains([]int{http.StatusBadRequest, http.StatusConflict, http.StatusUnprocessableEntity}, got)
	}
	return got == want
}
