package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
)

// example is how a row of the route table is asked. The zero example is right for
// most.
type example struct {
	note  string           // tells two examples of a row apart
	names []string         // placeholder, value, …: other than the usual
	body  string           // JSON
	wheel bool             // the body is an upload of a wheel
	makes bool             // a package that is missing is made
	view  bool             // a token without the scope is shown what anonymous is
	on    model.Target     // other than the row's
	needs model.Permission // other than the row's
	// unlike says why the row's own words do not tell who may; the golden file
	// does, and nobody else looks.
	unlike string
}

// examples are the rows that take more than their usual names. A row that is not
// here is asked with no body.
var examples = map[string][]example{
	"POST /api/authentications":           {{body: `{"note": "fresh"}`, unlike: "takes a password and no token"}},
	"GET /api/authentication":             {{unlike: "is about a token"}},
	"POST /api/package/{owner}/{package}": {{names: []string{"{package}", "fresh"}, body: `{}`}},
	"PATCH /api/package/{owner}/{package}": {
		{body: `{}`}, {note: "access", body: `{"access": "ACCESS"}`, needs: model.Admin},
	},
	"POST /api/release/{owner}/{package}/{version}": {{names: []string{"{version}", "2.0"}, body: `{}`}},
	"POST /api/stage/{owner}/{package}/{version}/{basename...}": {
		{names: []string{"{version}", "3.0", "{basename...}", "noarch/NAME-3.0-0.conda"}, body: `{"distribution_type": "conda"}`, makes: true},
	},
	"POST /api/commit/{owner}/{package}/{version}/{basename...}": {
		{names: []string{"{version}", "4.0", "{basename...}", "noarch/NAME-4.0-0.conda"}, body: `{"dist_id": "STAGED"}`, unlike: "only who began the upload ends it"},
	},
	"POST /api/group/{org}/{group}":          {{body: `{"perms": "read"}`}},
	"POST /upload/stage":                     {{unlike: "takes a ticket"}},
	"GET /{channel}/notices.json":            {{unlike: "is asked without credentials, and never refused"}},
	"GET /{channel}/{subdir}/shards/{shard}": {{view: true}},
	"GET /{channel}/{subdir}/{file}":         {{names: []string{"{file}", "NAME-1.0-0.conda"}}},
	"POST /{channel}/{$}": {
		{note: "a new project", names: []string{"{project}", "fresh"}, wheel: true},
		{note: "a new release", wheel: true, on: model.OnPackage, makes: true},
	},
}

func examplesOf(row model.Route) []example {
	if list, ok := examples[row.Pattern]; ok {
		return list
	}
	return []example{{}}
}

// prefixes are where the rows of a surface are found.
var prefixes = map[model.Surface]string{model.CondaSurface: "/conda", model.PyPISurface: "/pypi", model.RSurface: "/cran"}

var placeholder = regexp.MustCompile(`\{[a-z0-9]+(\.\.\.)?\}`)

// path fills the pattern of a row for a target. Surfaces that are found under a
// prefix are asked without it here.
func (e example) path(t *testing.T, w *world, row model.Route, tg target) string {
	t.Helper()
	_, path, _ := strings.Cut(row.Pattern, " ")
	usual := []string{
		"{owner}", tg.channel, "{org}", tg.channel, "{channel}", tg.channel, "{login}", tg.channel, "{package}", tg.pkg, "{project}", tg.pkg,
		"{version}", "1.0", "{basename...}", "noarch/NAME-1.0-0.conda", "{group}", "crew", "{user}", "extra", "{name...}", "spare", "{label...}", model.MainLabel,
		"{subdir}", "noarch", "{shard}", w.shard(tg) + ".msgpack.zst", "{sha256}", digest(t, tg.pkg), "{file}", "NAME-1.0-py3-none-any.whl", "{folder}", "src/contrib", "{rfile}", "rNAME_1.0.tar.gz", "{$}", "",
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
	kind, body := e.content(t, w, tg)
	r := httptest.NewRequest(method, "http://vivarium.test"+prefix+e.path(t, w, row, tg), body)
	r.Header.Set("Content-Type", kind)
	if f.set != nil && !a.anonymous() {
		f.set(r, a)
	}
	return r
}

func (e example) content(t *testing.T, w *world, tg target) (kind string, body io.Reader) {
	t.Helper()
	if !e.wheel {
		return "application/json", strings.NewReader(strings.NewReplacer("STAGED", w.staged[tg.fullName()], "ACCESS", string(cmp.Or(tg.access, model.Public))).Replace(e.body))
	}
	name, version := tg.pkg, "2.0"
	if len(e.names) > 0 {
		name = e.names[1]
	}
	fileName, data := wheel(t, name, version)
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	for _, field := range [][2]string{{":action", "file_upload"}, {"protocol_version", "1"}, {"name", name}, {"version", version}, {"filetype", "bdist_wheel"}} {
		check(t, m.WriteField(field[0], field[1]))
	}
	part, err := m.CreateFormFile("content", fileName)
	check(t, err)
	_, err = part.Write(data)
	check(t, err)
	check(t, m.Close())
	return m.FormDataContentType(), &form
}
