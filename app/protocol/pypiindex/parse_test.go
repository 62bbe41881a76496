package pypiindex

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

var someHash = strings.Repeat("0a", 32)

// TestParseForms reads the same resource of the same channel in all forms.
func TestParseForms(t *testing.T) {
	t.Parallel()
	forms := []struct {
		prefix   string
		hasToken bool
	}{
		{"/pypi/", false}, {"/pypi/t/viv-x/", true}, {"/t/viv-x/pypi/", true}, {"/t/viv-x/", true}, {"/", false},
	}
	resources := []struct {
		path string
		want request
	}{
		{"simple/", request{resource: projectList}},
		{"simple", request{resource: projectList, redirect: "simple/"}},
		{"+simple/", request{resource: projectList}},
		{"%2Bsimple/demo/", request{resource: projectPage, project: "demo"}},
		{"simple/rec-pkg/", request{resource: projectPage, project: "rec-pkg"}},
		{"simple/rec-pkg", request{resource: projectPage, project: "rec-pkg", redirect: "rec-pkg/"}},
		{"simple/Rec.Pkg_Main", request{resource: projectPage, project: "Rec.Pkg_Main", redirect: "rec-pkg-main/"}},
		{"simple/Rec.Pkg_Main/", request{resource: projectPage, project: "Rec.Pkg_Main", redirect: "../rec-pkg-main/"}},
		{"simple/simple/", request{resource: projectPage, project: "simple"}},
		{"simple/demo/" + someHash + "/demo-1.0.tar.gz", request{resource: projectFile, project: "demo", sha256: someHash, file: "demo-1.0.tar.gz"}},
		{"simple/demo/" + someHash + "/demo-1.0+l.1.tar.gz", request{resource: projectFile, project: "demo", sha256: someHash, file: "demo-1.0+l.1.tar.gz"}},
		{"simple/demo/" + someHash + "/demo-1%211.0%2Bl.1.tar.gz", request{resource: projectFile, project: "demo", sha256: someHash, file: "demo-1!1.0+l.1.tar.gz"}},
		{"simple/demo/" + someHash + "/demo-1.0-py3-none-any.whl.metadata", request{resource: projectFile, project: "demo", sha256: someHash, file: "demo-1.0-py3-none-any.whl", metadata: true}},
	}
	for _, form := range forms {
		for _, label := range []string{"", "dev", "release/2026.11", "a/b/c"} {
			for _, res := range resources {
				if label != "" && strings.Contains(res.path, "+simple") || label != "" && strings.Contains(res.path, "%2Bsimple") {
					continue // hatch knows no labels
				}
				path, want := form.prefix+"Brook/", res.want
				if label != "" {
					path += "label/" + label + "/"
				}
				path += res.path
				want.channel, want.label, want.hasToken = "brook", label, form.hasToken
				if form.hasToken {
					want.token = "viv-x"
				}
				if got, err := parse(path); err != nil || got != want {
					t.Errorf("parse(%q) = %+v, %v, want %+v", path, got, err, want)
				}
			}
		}
	}
}

// TestParseBelowPyPI has what no other prefix has.
func TestParseBelowPyPI(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]request{
		"":                   {resource: upload},
		"/":                  {resource: upload},
		"/legacy":            {resource: upload},
		"/legacy/":           {resource: upload},
		"/Rec.Pkg/json":      {resource: projectJSON, project: "Rec.Pkg"},
		"/demo/json/":        {resource: projectJSON, project: "demo"},
		"/demo/1.0%2Bl/json": {resource: projectJSON, project: "demo", version: "1.0+l"},
		"/legacy/json":       {resource: projectJSON, project: "legacy"},
	} {
		want.channel = "brook"
		if got, err := parse("/pypi/brook" + path); err != nil || got != want {
			t.Errorf("parse(/pypi/brook%s) = %+v, %v, want %+v", path, got, err, want)
		}
		if got, err := parse("/brook" + path); err == nil {
			t.Errorf("parse(/brook%s) = %+v, want an error", path, got)
		}
	}
}

// TestParseLabels: a label may hold slashes and the word simple, and a project may
// be called so.
func TestParseLabels(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]request{
		"/pypi/brook/label/Dev/simple/demo/":                                     {resource: projectPage, label: "dev", project: "demo"},
		"/pypi/brook/label/simple/simple/":                                       {resource: projectList, label: "simple"},
		"/pypi/brook/label/dev/simple/simple/":                                   {resource: projectPage, label: "dev", project: "simple"},
		"/pypi/brook/label/dev/simple/simple/" + someHash + "/simple-1.0.tar.gz": {resource: projectFile, label: "dev", project: "simple", sha256: someHash, file: "simple-1.0.tar.gz"},
		"/pypi/brook/label/a/simple/b/simple/demo/":                              {resource: projectPage, label: "a/simple/b", project: "demo"},
		"/pypi/brook/label/a%2Db/simple/":                                        {resource: projectList, label: "a-b"},
	} {
		want.channel = "brook"
		if got, err := parse(path); err != nil || got != want {
			t.Errorf("parse(%q) = %+v, %v, want %+v", path, got, err, want)
		}
	}
}

// TestParseRefuses lists paths that name nothing; what of them still counts is the
// channel and the token, which decide who may ask.
func TestParseRefuses(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 129)
	for _, path := range []string{
		"", "pypi/brook/simple/", "/", "/pypi", "/pypi/", "/t", "/t/viv-x", "/t/viv-x/pypi/", "/pypi/t/viv-x/",
		"/pypi/brook/simple//", "/pypi/brook/simple/demo//", "/pypi/brook/simple/demo/x", "/pypi/brook/simple/demo/" + someHash + "/",
		"/pypi/brook/simple/demo/" + someHash + "/a/b", "/pypi/brook/simple/_foo/", "/pypi/brook/simple/foo-", "/pypi/brook/simple/-foo", "/pypi/brook/simple/a%20b/",
		"/pypi/brook/simple/%2e%2e/", "/pypi/brook/simple/..%2fx/", "/pypi/brook/simple/f%C3%B6%C3%B6/", "/pypi/brook/simple/%E2%84%AA/", "/pypi/brook/simple/" + long + "/",
		"/pypi/brook/simple/demo/" + someHash + "/..", "/pypi/brook/simple/demo/" + someHash + "/%2e%2e%2fx.whl", "/pypi/brook/simple/demo/" + someHash + "/a%00.whl",
		"/pypi/brook/simple/demo/" + someHash + "/a%5Cb.whl", "/pypi/brook/simple/demo/" + someHash + "/.metadata", "/pypi/brook/simple/demo/%zz/x.whl",
		"/pypi/brook/label", "/pypi/brook/label/", "/pypi/brook/label/simple/", "/pypi/brook/label/dev", "/pypi/brook/label/dev/json", "/pypi/brook/label/../simple/", "/pypi/brook/label/nolabel/simple/",
		"/pypi/brook/label/dev/", "/pypi/brook/label/dev/legacy/", "/pypi/brook/demo", "/pypi/brook/a/b/c/json", "/pypi/brook/demo/1.0", "/brook/demo/json", "/brook", "/brook/legacy/",
		"/" + strings.Repeat("a/", 140) + "simple/",
	} {
		if got, err := parse(path); err == nil {
			t.Errorf("parse(%q) = %+v, want an error", path, got)
		} else if model.CodeOf(err) != model.NotFound {
			t.Errorf("parse(%q): %v (%s), want not found", path, err, model.CodeOf(err))
		}
	}
	for path, want := range map[string]request{
		"/pypi/t/viv-x/brook/nothing":        {channel: "brook", token: "viv-x", hasToken: true},
		"/t/viv-x/pypi/brook/label/dev":      {channel: "brook", token: "viv-x", hasToken: true},
		"/pypi/t/":                           {hasToken: true},
		"/pypi/t//brook/simple/demo/x/y/z/a": {channel: "brook", hasToken: true},
	} {
		if got, _ := parse(path); got.channel != want.channel || got.token != want.token || got.hasToken != want.hasToken {
			t.Errorf("parse(%q) = %+v, want the channel and token of %+v", path, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, path := range []string{
		"/pypi/brook/simple/", "/t/viv-x/pypi/brook/label/a/b/simple/De_mo/", "/pypi/t/x/brook/simple/demo/" + someHash + "/demo-1.0%2Bl.tar.gz.metadata",
		"/brook/simple/a/b/c", "/pypi/brook/legacy/", "/pypi/brook/a/1.0/json", "/pypi/brook/label/simple/simple/simple/", "/pypi//", "/%2F/%00",
	} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		req, err := parse(path)
		if err != nil {
			return
		}
		if req.resource == absent || req.channel == "" || req.channel != strings.ToLower(req.channel) {
			t.Errorf("parse(%q) = %+v names nothing", path, req)
		}
		if to := strings.TrimPrefix(req.redirect, "../"); to != "" && (!strings.HasSuffix(to, "/") || strings.ContainsAny(strings.TrimSuffix(to, "/"), "/\\:?#% \r\n")) {
			t.Errorf("parse(%q) redirects to %q", path, req.redirect)
		}
		if label, err := model.ParseLabel(req.indexLabel()); err != nil || label != req.indexLabel() {
			t.Errorf("parse(%q) takes %q for a label", path, req.label)
		}
		if strings.ContainsAny(req.file, "/\\\x00") {
			t.Errorf("parse(%q) takes %q for a file", path, req.file)
		}
	})
}
