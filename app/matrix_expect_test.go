package main

import (
	"cmp"
	"net/http"

	"vivarium/app/model"
)

// verdict of the rules of contract section 6 about one request, spelled out a
// second time and without looking at the program: may is 0 when it must go
// through, and otherwise the status it must be refused with.
func expect(row model.Route, e example, a actor, tg target) (status int) {
	on, needs := cmp.Or(e.on, row.On), cmp.Or(e.needs, row.Needs)
	hasScope := a.anonymous() || len(row.Scopes) == 0 || a.scopes.HasAny(row.Scopes...)
	switch {
	case row.Open:
		return 0
	case a.dead:
		return http.StatusUnauthorized
	case on == model.OnNothing:
		return 0
	case on == model.OnSelf && a.anonymous():
		return http.StatusUnauthorized
	case on == model.OnSelf && !hasScope:
		return http.StatusForbidden
	case on == model.OnSelf:
		return 0
	case tg.absent && on == model.OnAccount:
		return http.StatusNotFound
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
	case have < needs && a.anonymous():
		return http.StatusUnauthorized
	case have < needs:
		return http.StatusForbidden
	case needs <= model.Read && !tg.closed() && (on == model.OnAccount || tg.access == model.Public):
		return 0 // what anyone may do takes no scope
	case !hasScope:
		return http.StatusForbidden
	}
	return 0
}

// onAccount is what a may do to the channel of tg itself.
func onAccount(a actor, tg target) model.Permission {
	owner := a.owns
	if tg.closed() {
		owner = a.ownsVault
	}
	switch {
	case owner:
		return model.Admin
	case a.creates && (!tg.closed() || a.rankInVault > model.NoAccess):
		return model.Write
	}
	return model.Read
}

// onPackage is what a may do to the package of tg.
func onPackage(a actor, tg target) model.Permission {
	have := a.rank
	if tg.closed() {
		have = a.rankInVault
	}
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

// keeps reports whether the status of an answer is what expect says.
func keeps(want, got int) bool {
	if want == 0 {
		return got < 400 || got == http.StatusConflict || got == http.StatusBadRequest
	}
	return got == want
}
