package binstar_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"vivarium/app/format/conda/condatest"
)

const (
	tinyNoarch = "noarch/tiny-1.0-0.conda"
	tinyLinux  = "linux-64/tiny-1.0-0.conda"
)

// labelled is a site where labs has tiny 1.0 for two subdirs, on main and dev, and
// brook's token.
func labelled(t *testing.T) (*site, string) {
	t.Helper()
	s := newSite(t)
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "tiny"}, "main", "dev")
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "tiny", Subdir: "linux-64"}, "main")
	return s, s.Token(t, "brook", "api")
}

// labels are a channel's labels with their files, locked ones with a star.
func (s *site) labels(t testing.TB, token, owner string) map[string]int {
	t.Helper()
	var answer map[string]struct {
		Locked bool `json:"is_locked"`
		Count  int
	}
	if err := json.Unmarshal(s.must(t, http.StatusOK, token, http.MethodGet, "/api/channels/"+owner, nil).Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for name, l := range answer {
		if l.Locked {
			name += "*"
		}
		counts[name] = l.Count
	}
	return counts
}

func (s *site) wantLabels(t testing.TB, token string, want map[string]int) {
	t.Helper()
	got := s.labels(t, token, "labs")
	for name, count := range want {
		if got[name] != count || len(got) != len(want) {
			t.Errorf("labels %v, want %v", got, want)
			return
		}
	}
}

// TestLabelRequestsOfTheClient sends what anaconda label and move send, bodies of
// nulls included; every success is 201.
func TestLabelRequestsOfTheClient(t *testing.T) {
	t.Parallel()
	s, token := labelled(t)
	all := map[string]any{"package": nil, "version": nil, "basename": nil}
	release := map[string]any{"package": "tiny", "version": "1.0", "basename": nil}
	file := map[string]any{"package": "tiny", "version": "1.0", "basename": tinyLinux}
	for _, step := range []struct {
		name, method, path string
		body               any
		want               map[string]int
	}{
		{"copy", "POST", "main/copy/Release/Test", nil, map[string]int{"main": 2, "dev": 1, "release/test": 2}},
		{"lock", "POST", "release/test/lock", nil, map[string]int{"main": 2, "dev": 1, "release/test*": 2}},
		{"lock again", "POST", "release/test/lock", nil, map[string]int{"main": 2, "dev": 1, "release/test*": 2}},
		{"unlock", "DELETE", "release/test/lock", nil, map[string]int{"main": 2, "dev": 1, "release/test": 2}},
		{"remove", "DELETE", "release/test", all, map[string]int{"main": 2, "dev": 1}},
		{"move, first half", "POST", "qa", release, map[string]int{"main": 2, "dev": 1, "qa": 2}},
		{"move, second half", "DELETE", "main", release, map[string]int{"main": 0, "dev": 1, "qa": 2}},
		{"one file", "DELETE", "qa", file, map[string]int{"main": 0, "dev": 1, "qa": 1}},
		{"all files", "POST", "everything", all, map[string]int{"main": 0, "dev": 1, "qa": 1, "everything": 2}},
		{"without a body", "DELETE", "everything", nil, map[string]int{"main": 0, "dev": 1, "qa": 1}},
		{"make", "PUT", "field/test", nil, map[string]int{"main": 0, "dev": 1, "qa": 1, "field/test": 0}},
	} {
		w := s.do(t, token, step.method, "/api/channels/labs/"+step.path, step.body)
		if w.Code != http.StatusCreated || w.Body.String() != "{}\n" {
			t.Fatalf("%s: %d %s", step.name, w.Code, w.Body)
		}
		s.wantLabels(t, token, step.want)
	}
	s.must(t, http.StatusOK, token, http.MethodPut, "/api/channels/labs/field/test", nil)
	golden(t, "label_shown", s.do(t, token, http.MethodGet, "/api/channels/labs/qa", nil))
}

func TestLabelRefusals(t *testing.T) {
	t.Parallel()
	s, token := labelled(t)
	s.must(t, http.StatusCreated, token, http.MethodPost, "/api/channels/labs/dev/lock", nil)
	one := map[string]any{"package": "tiny", "version": "1.0", "basename": tinyNoarch}
	for _, tt := range []struct {
		method, path string
		body         any
		status       int
		sentence     string
	}{
		{"POST", "channels/labs/dev", one, 409, "Label dev of labs is locked. Unlock it first."},
		{"DELETE", "channels/labs/dev", one, 409, "Label dev of labs is locked. Unlock it first."},
		{"DELETE", "channels/labs/dev", nil, 409, "Label dev of labs is locked. Unlock it first."},
		{"POST", "channels/labs/main/copy/dev", nil, 409, "Label dev of labs is locked. Unlock it first."},
		{"DELETE", "dist/labs/tiny/1.0/" + tinyNoarch, nil, 409, "Label dev of labs is locked. Unlock it first."},
		{"POST", "dist/labs/tiny/1.0/" + tinyNoarch + "/yank", nil, 409, "Label dev of labs is locked. Unlock it first."},
		{"PUT", "dist/labs/tiny/1.0/" + tinyNoarch + "/labels", map[string]any{"labels": []string{"main"}}, 409, "Label dev of labs is locked. Unlock it first."},
		{"POST", "channels/labs/nosuch/lock", nil, 404, `Label "nosuch" of labs does not exist.`},
		{"POST", "channels/labs/nosuch/copy/x", nil, 404, `Label "nosuch" of labs does not exist.`},
		{"DELETE", "channels/labs/nosuch", one, 404, `Label "nosuch" of labs does not exist.`},
		{"DELETE", "channels/labs/nosuch", nil, 404, `Label "nosuch" of labs does not exist.`},
		{"POST", "channels/labs/nolabel", one, 400, `"nolabel" cannot be a label: the name is reserved.`},
		{"POST", "channels/labs/x", map[string]any{"package": "none"}, 404, `Package "labs/none" does not exist.`},
		{"POST", "channels/labs/x", map[string]any{"package": 1}, 400, `The field "package" cannot be a JSON number.`},
		{"POST", "package/labs/tiny/labels", map[string]any{}, 400, `Name the labels: {"labels": ["main"]}.`},
		{"POST", "channel/labs/labels", map[string]any{"label": "main"}, 400, `Say which labels to add and which to remove: {"label": "dev", "add": ["main"], "remove": ["dev"]}.`},
		{"PUT", "dist/labs/tiny/1.0/" + tinyNoarch, nil, 404, "There is nothing at this address for PUT. After a file's address come /labels, /yank and /patch."},
		{"PUT", "dist/labs/tiny/1.0/" + tinyNoarch + "/yank", nil, 404, "There is nothing at this address for PUT. After a file's address come /labels, /yank and /patch."},
	} {
		if got := refusal(t, s.do(t, token, tt.method, "/api/"+tt.path, tt.body), tt.status); got != tt.sentence {
			t.Errorf("%s %s: %q, want %q", tt.method, tt.path, got, tt.sentence)
		}
	}
	s.wantLabels(t, token, map[string]int{"main": 2, "dev*": 1})
}

// TestLabelsOfFiles sets, adds and removes labels by file, release and package.
func TestLabelsOfFiles(t *testing.T) {
	t.Parallel()
	s, token := labelled(t)
	labels := func(list ...string) map[string]any { return map[string]any{"labels": list} }
	for _, step := range []struct {
		method, path string
		body         any
		changed      float64
		noarch       []string
	}{
		{"POST", "dist/labs/tiny/1.0/" + tinyNoarch + "/labels", labels("qa", "QA"), 1, []string{"dev", "main", "qa"}},
		{"POST", "release/labs/tiny/1.0/labels", labels("qa"), 1, []string{"dev", "main", "qa"}},
		{"DELETE", "package/labs/tiny/labels", labels("main"), 2, []string{"dev", "qa"}},
		{"PUT", "dist/labs/tiny/1.0/" + tinyNoarch + "/labels", labels("main", "x/y"), 1, []string{"main", "x/y"}},
		{"PUT", "release/labs/tiny/1.0/labels", labels("main"), 2, []string{"main"}},
		{"PUT", "release/labs/tiny/1.0/labels", labels("main"), 0, []string{"main"}},
		{"PUT", "package/labs/tiny/labels", labels(), 2, []string{}},
		{"POST", "channel/labs/labels", map[string]any{"package": "tiny", "add": []string{"main", "dev"}}, 2, []string{"dev", "main"}},
		{"POST", "channel/labs/labels", map[string]any{"label": "dev", "add": []string{"qa"}, "remove": []string{"dev"}}, 2, []string{"main", "qa"}},
		{"POST", "channel/labs/labels", map[string]any{"files": []any{map[string]any{"package": "tiny", "version": "1.0", "basename": tinyNoarch}}, "remove": []string{"qa"}}, 1, []string{"main"}},
	} {
		got := object(t, s.must(t, http.StatusOK, token, step.method, "/api/"+step.path, step.body))
		if got["changed"] != step.changed {
			t.Errorf("%s %s: %v, want %v changed", step.method, step.path, got, step.changed)
		}
		var file struct{ Labels []string }
		if err := json.Unmarshal(s.must(t, http.StatusOK, token, http.MethodGet, "/api/dist/labs/tiny/1.0/"+tinyNoarch, nil).Body.Bytes(), &file); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(file.Labels, step.noarch) {
			t.Errorf("%s %s: labels %v, want %v", step.method, step.path, file.Labels, step.noarch)
		}
	}
}

// TestYankAndPatchOverTheAPI, with what the answers about a file then say.
func TestYankAndPatchOverTheAPI(t *testing.T) {
	t.Parallel()
	s, token := labelled(t)
	file := "/api/dist/labs/tiny/1.0/" + tinyNoarch
	for _, step := range []struct {
		method, path string
		body         any
		changed      float64
	}{
		{"POST", file + "/yank", map[string]any{"reason": "Broken."}, 1},
		{"POST", file + "/yank", map[string]any{"reason": "Broken."}, 0},
		{"POST", "/api/release/labs/tiny/1.0/yank", nil, 2},
		{"POST", file + "/yank", map[string]any{"reason": "Broken."}, 1},
		{"DELETE", "/api/dist/labs/tiny/1.0/" + tinyLinux + "/yank", nil, 1},
	} {
		if got := object(t, s.must(t, http.StatusOK, token, step.method, step.path, step.body)); got["changed"] != step.changed {
			t.Errorf("%s %s: %v, want %v changed", step.method, step.path, got, step.changed)
		}
	}
	patched := s.must(t, http.StatusOK, token, http.MethodPut, file+"/patch", `{"patch": {"license": "MIT", "depends": []}, "reason": "Wrong."}`)
	shown := s.must(t, http.StatusOK, token, http.MethodGet, file, nil)
	if patched.Body.String() != shown.Body.String() {
		t.Errorf("the answer differs from what is shown then:\n%s%s", patched.Body, shown.Body)
	}
	golden(t, "file_yanked_patched", shown)
	s.must(t, http.StatusOK, token, http.MethodDelete, "/api/release/labs/tiny/1.0/yank", nil)
	s.must(t, http.StatusOK, token, http.MethodDelete, file+"/patch", nil)
	got := object(t, s.must(t, http.StatusOK, token, http.MethodGet, file, nil))
	if got["yanked"] != nil || got["repodata_patch"] != nil {
		t.Errorf("taken back: %v", got)
	}
	refusal(t, s.do(t, token, http.MethodDelete, file+"/patch", nil), http.StatusNotFound)
	refusal(t, s.do(t, token, http.MethodPut, file+"/patch", `{}`), http.StatusBadRequest)
	refusal(t, s.do(t, token, http.MethodPut, file+"/patch", `{"patch": {"size": 1}}`), http.StatusBadRequest)
}

func TestProjectStatusOverTheAPI(t *testing.T) {
	t.Parallel()
	s, token := labelled(t)
	got := object(t, s.must(t, http.StatusOK, token, http.MethodPut, "/api/package/labs/tiny/status", `{"status": "archived", "reason": "Use huge."}`))
	if got["status"] != "archived" || got["status_reason"] != "Use huge." {
		t.Errorf("got %v", got)
	}
	refusal(t, s.do(t, token, http.MethodPut, "/api/package/labs/tiny/status", `{"status": "gone"}`), http.StatusBadRequest)
	refusal(t, s.do(t, token, http.MethodPut, "/api/package/labs/tiny/status", nil), http.StatusBadRequest)
	refusal(t, s.do(t, s.Token(t, "casey"), http.MethodPut, "/api/package/labs/tiny/status", `{"status": "active"}`), http.StatusForbidden)
}
