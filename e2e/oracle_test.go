package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vivarium/app/scaletest"
)

// TestOracle puts the same varied packages through the server and through
// rattler's indexer. Every form of every index has each record as its archive says
// it, and as the indexer has it but for what normalize lists.
func TestOracle(t *testing.T) {
	t.Parallel()
	folder, said := variedPackages(t, scaletest.Count(t, 5000, 500))
	s := startServerOn(t, t.TempDir(), []string{unlimited})
	s.addUser("alice")
	s.publishAll("alice", s.addToken("alice", "ci", "all"), folder, slices.Sorted(maps.Keys(said)))
	for _, subdir := range []string{"noarch", "linux-64", "osx-arm64", "win-64"} {
		want := said.of(subdir)
		oracle := normalizeOracle(readIndex(t, readFile(t, filepath.Join(folder, subdir, "repodata.json"))))
		ours := s.readForms("/conda/alice/" + subdir)
		for form, got := range ours {
			checkSaid(t, subdir+" "+form, got, want)
			if form == "shards" || form == "repodata.json" {
				same(t, subdir+" "+form+" beside the oracle's", normalizeOurs(got), oracle)
			}
		}
		same(t, subdir+" shards of the oracle", normalizeOracle(readShardFiles(t, filepath.Join(folder, subdir))), oracle)
		checkRunExports(t, subdir, s.get("", "/conda/alice/"+subdir+"/run_exports.json").is(t, 200).body, want)
	}
	checkChannelData(t, s.get("", "/conda/alice/channeldata.json").is(t, 200).body, said)
	for _, channel := range []string{"/conda/alice", "/conda/alice/label/unused"} {
		newClient(t, s).decodes(channel, "/linux-64/repodata.json", "/linux-64/current_repodata.json", "/noarch/run_exports.json", "/noarch/patch_instructions.json", "/channeldata.json")
	}
}

// saidFile is what testdata/varied.py says of a file.
type saidFile struct {
	Index      map[string]any
	RunExports any `json:"run_exports"`
	Newest     bool
}

// saidFiles are files by subdir/name, or by name.
type saidFiles map[string]saidFile

// of returns the files of a subdir, by name.
func (all saidFiles) of(subdir string) saidFiles {
	some := saidFiles{}
	for path, f := range all {
		if name, ok := strings.CutPrefix(path, subdir+"/"); ok {
			some[name] = f
		}
	}
	return some
}

// variedPackages makes packages and the oracle's index of them. The indexer has
// been seen to crash: it gets three tries.
func variedPackages(t *testing.T, n int) (folder string, said saidFiles) {
	t.Helper()
	script, err := filepath.Abs("testdata/varied.py")
	sure(t, err)
	for range 3 {
		folder = t.TempDir()
		out := execute(t, folder, plainEnv(folder), "", venvProgram(t, "python"), script, folder, strconv.Itoa(n))
		if strings.Contains(out.stdout, "done") {
			decodeJSON(t, readFile(t, filepath.Join(folder, "said.json")), &said)
			return folder, said
		}
		t.Logf("%s: exit status %d\n%s", out.command, out.status, out.stderr)
	}
	t.Fatal("rattler's indexer failed three times")
	return "", nil
}

// publishAll uploads files of a folder, eight at a time.
func (s *server) publishAll(channel, token, folder string, paths []string) {
	s.t.Helper()
	p := s.publisher(channel, token)
	work := make(chan string)
	var uploads sync.WaitGroup
	for range 8 {
		uploads.Go(func() {
			for path := range work {
				data, err := os.ReadFile(filepath.Join(folder, path))
				if err != nil {
					s.t.Error(err)
					continue
				}
				if v, err := p.publish(context.Background(), artifactOf(path, data)); err != nil || !v.made() {
					s.t.Errorf("publish %s: %v, %v", path, v, err)
				}
			}
		})
	}
	for _, path := range paths {
		work <- path
	}
	close(work)
	uploads.Wait()
}

// artifactOf reads the coordinates of subdir/name-version-build.ext.
func artifactOf(path string, data []byte) artifact {
	subdir, fileName, _ := strings.Cut(path, "/")
	parts := strings.Split(fileName, "-")
	last := len(parts) - 1
	return artifact{name: strings.Join(parts[:last-1], "-"), version: parts[last-1], subdir: subdir, fileName: fileName, data: data}
}

// checkSaid fails the test unless records are what archives say, every key of it,
// with digests, size and what the server adds. Of current_repodata.json only the
// newest are wanted.
func checkSaid(t *testing.T, what string, got map[string]map[string]any, want saidFiles) {
	t.Helper()
	wanted := map[string]map[string]any{}
	for name, f := range want {
		if f.Newest || !strings.Contains(what, "current") {
			wanted[name] = f.Index
		}
	}
	trimmed := map[string]map[string]any{}
	for name, r := range got {
		trimmed[name] = without(r, "md5", "sha256", "size", "indexed_timestamp", "run_exports")
		for _, key := range []string{"md5", "sha256", "size", "indexed_timestamp"} {
			if _, ok := r[key]; !ok {
				t.Errorf("%s: %s has no %s", what, name, key)
			}
		}
	}
	same(t, what, trimmed, wanted)
}

func checkRunExports(t *testing.T, subdir string, body []byte, want saidFiles) {
	t.Helper()
	var r struct {
		Packages, PackagesConda map[string]struct {
			RunExports any `json:"run_exports"`
		}
	}
	decodeJSON(t, bytes.Replace(body, []byte(`"packages.conda"`), []byte(`"packagesConda"`), 1), &r)
	got, wanted := map[string]any{}, map[string]any{}
	for _, section := range []map[string]struct {
		RunExports any `json:"run_exports"`
	}{r.Packages, r.PackagesConda} {
		for name, f := range section {
			got[name] = f.RunExports
		}
	}
	for name, f := range want {
		wanted[name] = f.RunExports
		if f.RunExports == nil {
			wanted[name] = map[string]any{}
		}
	}
	same(t, subdir+" run_exports.json", got, wanted)
}

// checkChannelData compares what channeldata.json says of each package with what
// its files say.
func checkChannelData(t *testing.T, body []byte, said saidFiles) {
	t.Helper()
	var data struct {
		Packages map[string]struct{ Subdirs []string }
		Subdirs  []string
	}
	decodeJSON(t, body, &data)
	want := map[string][]string{}
	for _, f := range said {
		name, subdir := f.Index["name"].(string), f.Index["subdir"].(string)
		if !slices.Contains(want[name], subdir) {
			want[name] = append(want[name], subdir)
			slices.Sort(want[name])
		}
	}
	got := map[string][]string{}
	for name, p := range data.Packages {
		got[name] = p.Subdirs
	}
	same(t, "subdirs in channeldata.json", got, want)
	same(t, "subdirs of the channel", data.Subdirs, []string{"linux-64", "noarch", "osx-arm64", "win-64"})
}

// same fails the test unless two values are equal as JSON.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(asJSON(t, want), asJSON(t, got)); diff != "" {
		t.Errorf("%s (-want +got):\n%.4000s", what, diff)
	}
}

// asJSON is a value as JSON decodes it, whole numbers as they are written.
func asJSON(t *testing.T, v any) (plain any) {
	t.Helper()
	decodeJSON(t, mustJSON(t, v), &plain)
	return withNumbers(plain)
}

func withNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if f, err := v.Float64(); err == nil && strings.ContainsAny(v.String(), ".eE") {
			return f
		}
	case []any:
		for i := range v {
			v[i] = withNumbers(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = withNumbers(v[key])
		}
	}
	return v
}

func decodeJSON(t *testing.T, data []byte, into any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber() // a float64 rounds large integers
	sure(t, d.Decode(into))
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	sure(t, err)
	return data
}
