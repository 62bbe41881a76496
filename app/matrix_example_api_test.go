package main

import (
	"maps"
	"net/http"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func init() { maps.Copy(examples, apiExamples) }

// apiExamples are the rows of registry/routes_api.go.
var apiExamples = map[string][]example{
	"POST /api/apps/{owner}/projects": {{body: `{"name": "fresh"}`}},
	"GET /api/apps/{owner}/projects/{package}": {
		{note: "of another type", rule: notFound, why: "and it is a project"},
	},
	"POST /api/apps/{owner}/projects/{package}/stage":            {{body: `{"basename": "NAME.tar"}`, makes: true}},
	"POST /api/apps/{owner}/projects/{package}/commit/{dist_id}": {{rule: endsItsOwn, why: "only who began the upload ends it"}},
	"GET /api/collections/{owner}/{collection}": {
		{}, {note: "a private one", names: []string{"{collection}", "nest"}, rule: hiddenCollection, why: "as a package is hidden"},
		{note: "none", names: []string{"{collection}", "nothing"}, rule: notFound, why: "and there is none"},
	},
	"POST /api/collections/{owner}/{collection}":           {{names: []string{"{collection}", "fresh"}, body: `{}`}},
	"PATCH /api/collections/{owner}/{collection}":          {{body: `{}`}},
	"PUT /api/collections/{owner}/{collection}/package":    {{body: `{"package_owner": "labs", "package_name": "finch"}`}},
	"DELETE /api/collections/{owner}/{collection}/package": {{body: `{"package_owner": "labs", "package_name": "finch"}`}},
	"POST /{channel}/collections":                          {{body: "name=fresh&access=public"}},
	"GET /{channel}/collections/{collection}": {
		{}, {note: "a private one", names: []string{"{collection}", "nest"}, rule: hiddenCollection, why: "as a package is hidden"},
	},
	"POST /{channel}/collections/{collection}":         {{body: "do=add&package=labs/finch"}},
	"PATCH /api/collections/{owner}/{collection}/pull": {{body: `{"from_owner": "labs", "from_name": "flock"}`}},
}

// notFound: there is none of it here.
func notFound(_ model.Route, _ actor, _ target, status int) int {
	if status == 0 {
		return http.StatusNotFound
	}
	return status
}

// hiddenCollection: a private collection is there for who sees all of the account.
func hiddenCollection(row model.Route, a actor, tg target, status int) int {
	switch {
	case status != 0:
		return status
	case onAccount(a, tg) < model.Write: // in this world whoever sees all may also make packages
		return http.StatusNotFound
	case len(row.Scopes) > 0 && !a.scopes.HasAny(row.Scopes...):
		return http.StatusForbidden
	}
	return 0
}

// collect makes two collections of a channel: flock, of what others may and may not
// see, and nest, which is private.
func (w *world) collect(t *testing.T, s *registrytest.Site, channel string) {
	t.Helper()
	ctx, by, private := t.Context(), s.Actor(t, brook), model.Private
	check(t, s.CreateCollection(ctx, by, channel, "flock", registry.CollectionChange{}))
	check(t, s.CreateCollection(ctx, by, channel, "nest", registry.CollectionChange{Access: &private}))
	packages := []registry.PackageName{{Owner: labs, Name: "finch"}, {Owner: labs, Name: "raven"}, {Owner: brook, Name: "robin"}}
	check(t, s.AddToCollection(ctx, by, channel, "flock", packages))
}
