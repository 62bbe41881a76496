package e2e

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// oddNames are file names that no server should take: paths, other spellings of
// them, control characters, letters that look like others, and the overlong.
func oddNames() []string {
	stem := "demo-1.0-0"
	names := []string{
		"", ".", "..", "...", "-", "~", "nul", "CON.whl", " ", "\t",
		strings.Repeat("a", 300), strings.Repeat("a", 256) + ".conda", strings.Repeat("../", 100) + "x.conda",
	}
	for _, path := range []string{
		"../", "../../", "/", "//", "/etc/", "./", "a/", "a/../", `..\`, `\`, `C:\`, "C:", `\\server\share\`, "%2f", "%2e%2e%2f", "..%2f", "..%5c",
		"\x00", "\x01", "\x1b[2J", "\x7f", "\r\n", "\n", "\u202e", "\u200b", "\ufeff", "é", "ｄ", "d\u0435", "\xff", "\xc0\xae", "~/", "$HOME/", "`id`", "$(id)", "|id;", "&", ";", "*", "?", "<b>", `"`, "'", "#", "a b", "%00", "%0d%0a",
	} {
		names = append(names, path+stem+".conda")
	}
	return append(names, stem+".conda/", stem+".conda\x00.txt", stem+".conda ", stem+".CONDA", stem+".conda.exe", stem+".zip.", "demo--.conda", "-1.0-0.conda")
}

// TestU1FileNames announces and uploads files under odd names. All are refused,
// and nothing is written outside of the data folder's own files.
func TestU1FileNames(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	before := v.files()
	names := oddNames()
	if len(names) < 60 {
		t.Errorf("only %d names are tried, want 60", len(names))
	}
	conda, wheel := condaSpec{}.build(t), wheelSpec{}.build(t)
	for _, name := range names {
		stage := v.API + "/stage/alice/demo/1.0/noarch/" + url.PathEscape(name)
		v.refusedWith(v.post(v.token, stage, "application/json", []byte(`{"distribution_type": "conda"}`)), "conda "+name)

		asConda := conda
		asConda.fileName = url.PathEscape(name)
		if got, err := v.alice.publish(t.Context(), asConda); err != nil || got.step != "stage" {
			t.Errorf("conda %q: got as far as %v, %v", name, got, err)
		}
		odd := strings.NewReplacer("conda", "whl", "CONDA", "WHL").Replace(name)
		v.refusedWith(v.sendPython(odd, wheel), "wheel "+odd)
	}
	if after := v.files(); !slices.Equal(before, after) {
		t.Errorf("the data folder holds %q, want %q as before", after, before)
	}
	v.hasNothing()
}

// refusedWith fails the test unless the answer is 400 or 404 with one sentence.
func (v *victim) refusedWith(a answer, name string) {
	v.t.Helper()
	body := strings.TrimSpace(string(a.body))
	if a.status != http.StatusBadRequest && a.status != http.StatusNotFound || !strings.Contains(body, " ") || strings.ContainsAny(body, "\x00\x1b\n") {
		v.t.Errorf("%q: %d %.200q, want 400 or 404 with a sentence", name, a.status, body)
	}
}

// sendPython posts a Python file under a name that is put into the form as it is.
func (v *victim) sendPython(name string, a artifact) answer {
	v.t.Helper()
	const boundary = "a-boundary-of-the-test"
	form := "--" + boundary + "\r\nContent-Disposition: form-data; name=\":action\"\r\n\r\nfile_upload\r\n" +
		"--" + boundary + "\r\nContent-Disposition: form-data; name=\"content\"; filename=\"" + name + "\"\r\n\r\n" + string(a.data) + "\r\n--" + boundary + "--\r\n"
	return v.post(v.token, v.URL+"/pypi/alice/", "multipart/form-data; boundary="+boundary, []byte(form))
}

// files lists everything in the server's folder, but for what SQLite keeps beside
// its database and folders of blobs.
func (s *server) files() []string {
	s.t.Helper()
	var all []string
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if name := filepath.Base(path); err == nil && len(name) != 2 && !strings.HasSuffix(name, "-wal") && !strings.HasSuffix(name, "-shm") {
			all = append(all, path)
		}
		return err
	})
	sure(s.t, err)
	return all
}

// TestU2Subdirs uploads packages that claim odd subdirs, in index.json and in the
// address.
func TestU2Subdirs(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	odd := []string{"../../x", "/abs", "<img src=x onerror=alert(1)>", "nosuch-99", "NOARCH", "linux-64/", "..", "", "noarch\x00", `..\..\x`, strings.Repeat("a", 40) + "-64"}
	other := condaSpec{index: map[string]any{"subdir": "linux-64", "noarch": nil}}.build(t)
	list := []attack{{"another known one", other, "but it was uploaded to noarch"}}
	for _, subdir := range odd {
		list = append(list, attack{"index.json says " + subdir, condaSpec{index: map[string]any{"subdir": subdir, "noarch": nil}}.build(t), "subdir"})
		a := condaSpec{}.build(t)
		a.subdir = url.PathEscape(subdir)
		got, err := v.alice.publishConda(t.Context(), a)
		if err != nil || got.step != "stage" || got.status != http.StatusBadRequest && got.status != http.StatusNotFound {
			t.Errorf("the address says %q: %v, %v", subdir, got, err)
		}
	}
	v.refuses(list...)
}

// TestU18NameConfusion uploads one project under several spellings, and names that
// look like others.
func TestU18NameConfusion(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	v.takes(wheelSpec{name: "de-mo"}.build(t))
	v.takes(wheelSpec{name: "De_mo", version: "1.1"}.build(t))
	v.takes(wheelSpec{name: "de.mo", version: "1.2"}.build(t))
	if got := v.projects(); !slices.Equal(got, []string{"de-mo"}) {
		t.Errorf("the simple index lists %q, want one project", got)
	}
	v.takes(condaSpec{name: "tiny"}.build(t))
	for _, name := range []string{"Tiny", "TINY", "tin\u0443", "ｔiny", "ti\u200bny", "ti ny"} {
		a := condaSpec{name: "tiny", version: "2.0", index: map[string]any{"name": name}}.build(t)
		if got, err := v.alice.publish(t.Context(), a); err != nil || got.status != http.StatusBadRequest {
			t.Errorf("index.json says %q: %v, %v, want 400", name, got, err)
		}
	}
	for _, name := range []string{"dem\u043e", "ｄemo", "de\u200bmo", "de mo", "-demo", "demo-"} {
		spec := wheelSpec{version: "2.0", metadata: fmt.Sprintf("Metadata-Version: 2.1\nName: %s\nVersion: 2.0\n", name)}
		if got, err := v.alice.publish(t.Context(), spec.build(t)); err != nil || got.status != http.StatusBadRequest {
			t.Errorf("METADATA says %q: %v, %v, want 400", name, got, err)
		}
	}
	packages := v.get(v.token, "/api/packages/alice")
	if n := strings.Count(string(packages.body), `"full_name"`); n != 2 {
		t.Errorf("there are %d packages, want de-mo and tiny: %.500s", n, packages.body)
	}
	v.hasNoLitter()
}
