package condachannel_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// TestDocumentsWithoutFiles: a subdir without files, one that nobody has heard
// of, and a label nobody used answer empty documents.
func TestDocumentsWithoutFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, channel := range []string{"/conda/brook/label/unused/", "/conda/casey/", "/brook/label/un/used/"} {
		for _, name := range documents {
			s.get(t, http.StatusOK, channel+name)
		}
	}
	for _, subdir := range []string{"linux-64", "future-128"} {
		for path, want := range map[string]string{
			"current_repodata.json":   `{"info":{"subdir":"` + subdir + `"},"packages":{},"packages.conda":{},"removed":[],"repodata_version":1}`,
			"run_exports.json":        `{"info":{"subdir":"` + subdir + `","version":1},"packages":{},"packages.conda":{}}`,
			"patch_instructions.json": `{"packages":{},"packages.conda":{},"patch_instructions_version":1,"remove":[],"revoke":[]}`,
		} {
			if got := s.compact(t, "/conda/brook/"+subdir+"/"+path); got != want {
				t.Errorf("%s/%s is %s, want %s", subdir, path, got, want)
			}
		}
	}
	if got := s.compact(t, "/conda/casey/channeldata.json"); got != `{"channeldata_version":1,"packages":{},"subdirs":["noarch"]}` {
		t.Errorf("channeldata.json of an empty channel is %s", got)
	}
	s.get(t, http.StatusNotFound, "/conda/nobody/channeldata.json")
	s.get(t, http.StatusNotFound, "/conda/brook/noarch/repodata.json.bz2")
	s.get(t, http.StatusNotFound, "/conda/brook/noarch/current_repodata.json.bz2")
}

// compact is a document without the blanks between its parts.
func (s *site) compact(t *testing.T, path string) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, s.get(t, http.StatusOK, path).Body.Bytes()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// channelData is what of channeldata.json the test looks at.
func (s *site) channelData(t *testing.T, path string, headers ...string) map[string]map[string]any {
	t.Helper()
	var data struct{ Packages map[string]map[string]any }
	if err := json.Unmarshal(s.get(t, http.StatusOK, path, headers...).Body.Bytes(), &data); err != nil {
		t.Fatal(err)
	}
	return data.Packages
}

// TestChannelData follows a package: what its files say over all subdirs, what
// its owner writes, and who may see it.
func TestChannelData(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, "brook", condatest.Spec{
		Name: "tiny", Version: "1.5", Subdir: "linux-64", Summary: "Is small", License: "MIT", Timestamp: 1772600767890, RunExports: map[string]any{"weak": []string{"tiny >=1.5"}},
		Info: map[string]string{"paths.json": `{"paths": [{"_path": "etc/conda/activate.d/tiny.sh"}, {"_path": "bin/tiny", "file_mode": "text"}], "paths_version": 1}`},
	})
	const path = "/conda/brook/channeldata.json"
	got, err := json.Marshal(s.channelData(t, path))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"tiny":{"activate.d":true,"binary_prefix":false,"deactivate.d":false,"license":"MIT","post_link":false,"pre_link":false,"pre_unlink":false,` +
		`"run_exports":{"1.5":{"weak":["tiny \u003e=1.5"]}},"subdirs":["linux-64","noarch"],"summary":"Is small","text_prefix":true,"timestamp":1772600767,"version":"1.5"}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	before := s.get(t, http.StatusOK, path).Header().Get("ETag")
	summary := "Is tiny"
	if _, err := s.UpdatePackage(t.Context(), brook, "brook", "tiny", registry.PackageChange{Summary: &summary}); err != nil {
		t.Fatal(err)
	}
	after := s.get(t, http.StatusOK, path)
	if after.Header().Get("ETag") == before || !strings.Contains(after.Body.String(), summary) {
		t.Errorf("after a change of the summary: %s", after.Body)
	}
	if p := s.channelData(t, "/conda/brook/label/dev/channeldata.json"); len(p) != 1 || p["tiny"]["version"] != "2.0" {
		t.Errorf("under dev: %v", p)
	}
	if _, ok := s.channelData(t, path, "Authorization", "token "+s.Token(t, "brook"))["hush"]; !ok {
		t.Error("the owner does not see the private package")
	}
	private := model.Private
	if _, err := s.UpdatePackage(t.Context(), brook, "brook", "tiny", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	if p := s.channelData(t, path); len(p) != 0 {
		t.Errorf("made private: %v", p)
	}
}

// TestYanked: a yanked file leaves every document but for where it is named as
// gone, and is there for who names it.
func TestYanked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny", Version: "1.1"})
	name := registry.FileName{Package: "tiny", Version: "1.1", Basename: "noarch/tiny-1.1-0.conda"}
	if _, err := s.YankFiles(t.Context(), brook, "brook", registry.Selection{FileName: name}, "broken"); err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		body := s.get(t, http.StatusOK, "/conda/brook/"+document, "Accept-Encoding", "identity").Body.String()
		gone := document == "noarch/repodata.json" || document == "noarch/patch_instructions.json"
		if strings.HasSuffix(document, ".zst") {
			continue
		}
		if strings.Contains(body, "tiny-1.1-0.conda") != gone {
			t.Errorf("%s is %s", document, body)
		}
	}
	for path, want := range map[string]string{"repodata.json": `"removed":["tiny-1.1-0.conda"]`, "patch_instructions.json": `"remove":["tiny-1.1-0.conda"]`, "current_repodata.json": "tiny-1.0-0.conda"} {
		if body := s.compact(t, "/conda/brook/noarch/"+path); !strings.Contains(body, want) {
			t.Errorf("%s has no %s: %s", path, want, body)
		}
	}
	if p := s.channelData(t, "/conda/brook/channeldata.json"); p["tiny"]["version"] != "1.0" {
		t.Errorf("channeldata.json has %v", p)
	}
	s.get(t, http.StatusOK, "/conda/brook/noarch/tiny-1.1-0.conda")
}

// TestPatched: a patch is in the records, and in the instructions as it was given;
// run exports stay what the archive says (CEP 12).
func TestPatched(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	name := registry.FileName{Package: "tiny", Version: "1.0", Basename: tinyFile}
	before := s.get(t, http.StatusOK, "/conda/brook/noarch/run_exports.json").Header().Get("ETag")
	if _, err := s.PatchFile(t.Context(), s.Actor(t, "brook"), "brook", name, []byte(`{"depends": ["libc <3"], "license": null}`), "needs less"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"repodata.json": `"depends":["libc <3"]`, "current_repodata.json": `"depends":["libc <3"]`,
		"patch_instructions.json": `{"packages":{},"packages.conda":{"tiny-1.0-0.conda":{"depends":["libc <3"],"license":null}},"patch_instructions_version":1,"remove":[],"revoke":[]}`,
	} {
		if body := s.compact(t, "/conda/brook/noarch/"+path); !strings.Contains(body, want) {
			t.Errorf("%s has no %s: %s", path, want, body)
		}
	}
	if after := s.get(t, http.StatusOK, "/conda/brook/noarch/run_exports.json").Header().Get("ETag"); after != before {
		t.Error("a patch changed the run exports")
	}
}
