package main

import (
	"net/http"

	"vivarium/app/model"
)

// labelExamples are of the rows that change what is in an index.
var labelExamples = map[string][]example{
	"POST /api/channels/{owner}/{label...}": {
		{note: "all files", body: `{}`},
		{note: "a package", body: `{"package": "NAME"}`, on: model.OnPackage},
		{note: "lock", names: []string{"{label...}", "main/lock"}, needs: model.Admin},
		{note: "copy", names: []string{"{label...}", "main/copy/fresh"}},
	},
	"PUT /api/channels/{owner}/{label...}": {{names: []string{"{label...}", "fresh"}}},
	"DELETE /api/channels/{owner}/{label...}": {
		{note: "the label", body: `{}`},
		{note: "a package", body: `{"package": "NAME"}`, on: model.OnPackage},
		{note: "unlock", names: []string{"{label...}", "main/lock"}, needs: model.Admin},
	},
	"POST /api/channel/{channel}/labels": {
		{note: "of a label", body: `{"label": "main", "add": ["fresh"]}`},
		{note: "of a package", body: `{"package": "NAME", "add": ["fresh"]}`, on: model.OnPackage},
		{note: "of a file", body: `{"files": [{"package": "NAME", "version": "1.0", "basename": "noarch/NAME-1.0-0.conda"}], "add": ["fresh"]}`, on: model.OnPackage},
	},
	"POST /api/package/{owner}/{package}/labels":             {{body: `{"labels": ["fresh"]}`}},
	"PUT /api/package/{owner}/{package}/labels":              {{body: `{"labels": ["main"]}`}},
	"DELETE /api/package/{owner}/{package}/labels":           {{body: `{"labels": ["main"]}`}},
	"POST /api/release/{owner}/{package}/{version}/labels":   {{body: `{"labels": ["fresh"]}`}},
	"PUT /api/release/{owner}/{package}/{version}/labels":    {{body: `{"labels": ["main"]}`}},
	"DELETE /api/release/{owner}/{package}/{version}/labels": {{body: `{"labels": ["main"]}`}},
	"POST /api/dist/{owner}/{package}/{version}/{basename...}": {
		{note: "yank", names: []string{"{basename...}", "noarch/NAME-1.0-0.conda/yank"}, body: `{"reason": "broken"}`},
		{note: "labels", names: []string{"{basename...}", "noarch/NAME-1.0-0.conda/labels"}, body: `{"labels": ["fresh"]}`},
	},
	"PUT /api/dist/{owner}/{package}/{version}/{basename...}": {
		{note: "labels", names: []string{"{basename...}", "noarch/NAME-1.0-0.conda/labels"}, body: `{"labels": ["main"]}`},
		{note: "patch", names: []string{"{basename...}", "noarch/NAME-1.0-0.conda/patch"}, body: `{"patch": {"license": "MIT"}}`},
	},
	"DELETE /api/dist/{owner}/{package}/{version}/{basename...}": {
		{},
		{note: "yank", names: []string{"{basename...}", "noarch/NAME-1.0-0.conda/yank"}},
		{note: "labels", names: []string{"{basename...}", "noarch/NAME-1.0-0.conda/labels"}, body: `{"labels": ["main"]}`},
	},
	"POST /api/copy/package/{owner}/{package}/{version}/{basename...}":  {{body: `{}`, rule: alsoWrites, why: "and writing to one's own channel"}},
	"PUT /api/copy/package/{owner}/{package}/{version}/{basename...}":   {{body: `{}`, rule: alsoWrites, why: "and writing to one's own channel"}},
	"PATCH /api/copy/package/{owner}/{package}/{version}/{basename...}": {{body: `{}`, rule: alsoWrites, why: "and writing to one's own channel"}},
	"PUT /api/package/{owner}/{package}/status":                         {{body: `{"status": "deprecated"}`}},
	"POST /api/channel/{channel}/notices":                               {{body: `{"message": "x"}`}},
	"DELETE /api/channel/{channel}/notices/{notice}":                    {noNotice},
	"POST /api/notices/{owner}":                                         {{body: `{"message": "x"}`}},
	"GET /api/notices/{owner}/{notice}":                                 {noNotice},
	"PATCH /api/notices/{owner}/{notice}":                               {noNotice},
	"DELETE /api/notices/{owner}/{notice}":                              {noNotice},
	"POST /api/notices/{owner}/{notice}/publish":                        {noNotice},
	"POST /api/notices/{owner}/{notice}/archive":                        {noNotice},
	"POST /{channel}/labels":                                            {{body: "do=create&label=fresh"}},
	"POST /{channel}/packages/{package}/files":                          {{body: "do=put-on&file=1.0/noarch/NAME-1.0-0.conda&label=fresh"}},
	"POST /{channel}/settings/notices":                                  {{body: "do=draft&message=x&level=info"}},
}

// alsoWrites: what is read is written elsewhere, for which anonymous has no place
// and a token needs the scope.
func alsoWrites(row model.Route, a actor, _ target, status int) int {
	switch {
	case status != 0:
		return status
	case a.anonymous():
		return http.StatusUnauthorized
	case !a.scopes.HasAny(row.Scopes...):
		return http.StatusForbidden
	}
	return 0
}

// noNotice asks for a notice that is nowhere, which those alone hear who may.
var noNotice = example{
	names: []string{"{notice}", "00000000-0000-4000-8000-000000000000"}, why: "and there is no such notice",
	rule: notFound,
}
