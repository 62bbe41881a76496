package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
)

// example is how a row of the route table is asked. The zero example is right for
// most.
type example struct {
	note   string   // tells two examples of a row apart
	names  []string // placeholder, value, …: other than the usual
	body   string   // JSON, or the fields of a page's form
	upload func(t *testing.T, w *world, tg target) (contentType string, body []byte)
	makes  bool             // a package that is missing is made
	view   bool             // a token without the scope is shown what anonymous is
	on     model.Target     // other than the row's
	needs  model.Permission // other than the row's
	// organizations says that users do not have what the row is about; /group…
	// says it too.
	organizations bool
	// rule corrects the verdict of the rules that all rows have in common, and
	// why says in what.
	rule func(row model.Route, a actor, tg target, status int) int
	why  string
	// auditors says that administrators of the site are let through and told
	// everything.
	auditors bool
	// unlike says why nobody can tell from the row's own words who may; the
	// golden file does, and nobody else looks.
	unlike string
}

// examples are the rows that take more than their usual names. A row that is not
// here is asked with no body.
var examples = map[string][]example{
	"POST /api/authentications":                            {{body: `{"note": "fresh"}`, rule: takesAPassword, why: "takes a password and no token"}},
	"GET /api/channels/{owner}/{label...}":                 {{rule: hiddenLabel, why: "a label is hidden with its files"}},
	"GET /{channel}/settings/audit":                        {{auditors: true, why: "or an administrator of the site"}},
	"GET /groups/{org}/{group}/leave":                      {{names: []string{"{group}", "readers"}, rule: onlyMembers, why: "members of the group"}},
	"POST /groups/{org}/{group}/leave":                     {{names: []string{"{group}", "readers"}, rule: onlyMembers, why: "members of the group"}},
	"POST /account/acting":                                 {{body: "account=labs", rule: onlyOwners, why: "owners of the organization"}},
	"DELETE /api/authentications/org/{org}/name/{name...}": {{names: []string{"{name...}", "spare"}}},
	"POST /api/package/{owner}/{package}":                  {{names: []string{"{package}", "fresh"}, body: `{}`}},
	"PATCH /api/package/{owner}/{package}": {
		{body: `{}`}, {note: "access", body: `{"access": "ACCESS"}`, needs: model.Admin},
	},
	"POST /api/release/{owner}/{package}/{version}": {{names: []string{"{version}", "2.0"}, body: `{}`}},
	"POST /api/stage/{owner}/{package}/{version}/{basename...}": {
		{names: []string{"{version}", "3.0", "{basename...}", "noarch/NAME-3.0-0.conda"}, body: `{"distribution_type": "conda"}`, makes: true},
	},
	"POST /api/commit/{owner}/{package}/{version}/{basename...}": {{
		names: []string{"{version}", "4.0", "{basename...}", "noarch/NAME-4.0-0.conda"}, body: `{"dist_id": "STAGED"}`,
		rule: endsItsOwn, why: "only who began the upload ends it",
	}},
	"POST /api/group/{org}/{group}":          {{body: `{"perms": "read"}`}},
	"POST /upload/stage":                     {{upload: ticketForm, why: "takes a ticket"}},
	"GET /{channel}/notices.json":            {{on: model.OnAccount, why: "asked without credentials, and never refused"}},
	"GET /{channel}/{subdir}/shards/{shard}": {{view: true}},
	"GET /{channel}/{subdir}/{file}":         {{names: []string{"{file}", "NAME-1.0-0.conda"}}},
	"POST /{channel}/{$}": {
		{note: "a new project", upload: wheelForm("fresh"), on: model.OnAccount},
		{note: "a new release", upload: wheelForm("NAME"), makes: true},
	},
}

// hiddenLabel: a label is hidden with its files.
func hiddenLabel(_ model.Route, a actor, tg target, status int) int {
	if status == 0 && tg.channel == brook && (onPackage(a, hidden[1]) == model.NoAccess || !a.scopes.Has(model.ScopeAPIRead)) {
		return http.StatusNotFound
	}
	return status
}

// onlyMembers: leaving takes being in the group.
func onlyMembers(_ model.Route, a actor, _ target, status int) int {
	if status == 0 && a.login != "reader" {
		return http.StatusNotFound
	}
	return status
}

// onlyOwners: nobody else acts as an organization, or hears whether there is one.
func onlyOwners(_ model.Route, a actor, tg target, status int) int {
	if status == 0 && !slices.Contains(a.owns, labs) {
		return http.StatusForbidden
	}
	return status
}

// takesAPassword: a door that is open still asks for what no token is.
func takesAPassword(row model.Route, a actor, _ target, status int) int {
	switch {
	case !row.Open:
		return status
	case a.anonymous(), a.dead:
		return http.StatusUnauthorized
	}
	return http.StatusForbidden
}

// endsItsOwn: what brook began is not there for others.
func endsItsOwn(_ model.Route, a actor, _ target, status int) int {
	if status == 0 && a.login != brook {
		return http.StatusNotFound
	}
	return status
}

func examplesOf(row model.Route) []example {
	for _, some := range []map[string][]example{examples, labelExamples} {
		if list, ok := some[row.Pattern]; ok {
			return list
		}
	}
	return []example{{}}
}

// prefixes are where the rows of a surface are found.
var prefixes = map[model.Surface]string{model.CondaSurface: "/conda", model.PyPISurface: "/pypi", model.RSurface: "/cran"}

var placeholder = regexp.MustCompile(`\{[a-z0-9_]+(\.\.\.)?\}`)

// path fills the pattern of a row for a target. Surfaces that are found under a
// prefix are asked without it here.
func (e example) path(t *testing.T, w *world, row model.Route, tg target) string {
	t.Helper()
	_, path, _ := strings.Cut(row.Pattern, " ")
	usual := []string{
		"{owner}", tg.channel, "{org}", tg.channel, "{channel}", tg.channel, "{login}", tg.channel, "{package}", tg.pkg, "{project}", tg.pkg,
		"{version}", "1.0", "{basename...}", "noarch/NAME-1.0-0.conda", "{group}", "crew", "{user}", "extra", "{name...}", "spare", "{label...}", model.MainLabel,
		"{label}", model.MainLabel, "{subdir}", "noarch", "{shard}", w.shard(tg) + ".msgpack.zst", "{sha256}", digest(t, tg.pkg), "{file}", "NAME-1.0-py3-none-any.whl",
		"{account}", tg.channel, "{days}", "2026-01-01--2026-01-31", "{collection}", "flock", "{dist_id}", cmp.Or(w.staged[tg.fullName()], "none"), "{folder}", "src/contrib", "{rfile}", "rNAME_1.0.tar.gz", "{token}", strconv.FormatInt(w.tokens[tg.channel], 10), "{$}", "",
	}
	path = strings.NewReplacer(append(e.names, usual...)...).Replace(path)
	if left := placeholder.FindString(path); left != "" {
		t.Fatalf("%s: the matrix has no name for %s; add it here", row.Pattern, left)
	}
	return strings.ReplaceAll(path, "NAME", tg.pkg)
}

func (w *world) shard(tg target) string {
	if hash := w.shards[tg.fullName()]; hash != "" {
		return hash
	}
	return strings.Repeat("0", 64)
}

// digest is that of a package's wheel.
func digest(t *testing.T, name string) string {
	_, data := wheel(t, name, "1.0")
	sum := sha256.Sum256(data)
	return hexOf(sum[:])
}

// wheels are built once: that takes longer than most requests.
var wheels sync.Map

func wheel(t *testing.T, name, version string) (fileName string, data []byte) {
	spec := pypitest.Spec{Name: name, Version: version}
	if known, ok := wheels.Load(name + version); ok {
		return spec.WheelName(), known.([]byte)
	}
	fileName, data = pypitest.Wheel(t, spec)
	wheels.Store(name+version, data)
	return fileName, data
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }

// request builds the request of a with its credential in a form.
func (e example) request(t *testing.T, w *world, row model.Route, tg target, a actor, f form) *http.Request {
	t.Helper()
	method, _, _ := strings.Cut(row.Pattern, " ")
	prefix := prefixes[row.Surface]
	if f.prefix != nil {
		prefix = f.prefix(a.secret)
	}
	contentType, body := e.content(t, w, row, tg)
	body = bytes.ReplaceAll(body, []byte("SELF"), []byte(a.login))
	r := httptest.NewRequest(method, "http://vivarium.test"+prefix+e.path(t, w, row, tg), bytes.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	if f.set != nil {
		f.set(r, a)
	}
	return r
}

func (e example) content(t *testing.T, w *world, row model.Route, tg target) (contentType string, body []byte) {
	t.Helper()
	if e.upload != nil {
		return e.upload(t, w, tg)
	}
	contentType = "application/json"
	if row.Surface == model.PageSurface {
		contentType = "application/x-www-form-urlencoded"
	}
	text := strings.NewReplacer("STAGED", w.staged[tg.fullName()], "ACCESS", string(cmp.Or(tg.access, model.Public)), "NAME", tg.pkg).Replace(e.body)
	return contentType, []byte(text)
}

// wheelForm is the upload of a wheel of a project: NAME is the target's.
func wheelForm(name string) func(*testing.T, *world, target) (string, []byte) {
	return func(t *testing.T, _ *world, tg target) (string, []byte) {
		name := strings.ReplaceAll(name, "NAME", tg.pkg)
		fileName, data := wheel(t, name, "2.0")
		return multipartForm(t, "content", fileName, data, ":action", "file_upload", "protocol_version", "1", "name", name, "version", "2.0", "filetype", "bdist_wheel")
	}
}

// ticketForm is the store step of the upload that waits for its bytes.
func ticketForm(t *testing.T, w *world, tg target) (string, []byte) {
	fileName, data := condatest.Build(t, condatest.Spec{Name: tg.pkg, Version: "5.0"})
	return multipartForm(t, "file", fileName, data, "key", w.tickets[tg.fullName()])
}

// multipartForm is a form with a file at its end.
func multipartForm(t *testing.T, field, fileName string, data []byte, fields ...string) (contentType string, body []byte) {
	t.Helper()
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	for i := 0; i < len(fields); i += 2 {
		check(t, m.WriteField(fields[i], fields[i+1]))
	}
	part, err := m.CreateFormFile(field, fileName)
	check(t, err)
	_, err = part.Write(data)
	check(t, err)
	check(t, m.Close())
	return m.FormDataContentType(), form.Bytes()
}
