package channelindex_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
	"vivarium/app/scaletest"
)

// TestClientsReadSplicedIndexes has the libraries and programs of clients decode
// indexes of none, one and many chunks, and rattler find the first and the last
// record in them, without shards. TEST_SCALE times 1,000 chunks are many.
func TestClientsReadSplicedIndexes(t *testing.T) {
	t.Parallel()
	for _, chunks := range []int{0, 1, scaletest.Count(t, 1000, 50)} {
		t.Run(fmt.Sprint(chunks), func(t *testing.T) {
			t.Parallel()
			var records []channelindex.Record
			for i := range chunks * 64 {
				records = append(records, record(fmt.Sprintf("package%06d", i/20), fmt.Sprintf("1.%d.0", i%20), ".conda", map[string]any{"depends": []string{}}))
				if chunks == 1 && i == 29 {
					break
				}
			}
			url := serveIndex(t, newSource(1, records))
			var decoded struct {
				Decoded int
				Wrong   []string
			}
			runClient(t, &decoded, "decoders.py", url+"/linux-64/repodata.json", url+"/linux-64/current_repodata.json", url+"/linux-64/run_exports.json")
			if decoded.Decoded != 27 || len(decoded.Wrong) > 0 {
				t.Errorf("%d forms are right, want 27: %s", decoded.Decoded, strings.Join(decoded.Wrong, "\n"))
			}
			if chunks == 0 {
				return
			}
			for _, form := range [][]string{{"--no-shards"}, {"--no-shards", "--no-zst"}, nil} {
				first, last := records[0], records[len(records)-1]
				var solved struct{ Files []string }
				runClient(t, &solved, "install.py", append(form, "--channel", url, "--platform", "linux-64", "--no-install", t.TempDir(), first.Package+" ==1.0.0", last.Package)...)
				if len(solved.Files) == 0 || solved.Files[0] != first.FileName || solved.Files[len(solved.Files)-1] != last.FileName {
					t.Errorf("%v: got %q, want %s and %s", form, solved.Files, first.FileName, last.FileName)
				}
			}
		})
	}
}

// serveIndex serves the channel of a source, and noarch without anything in it.
func serveIndex(t *testing.T, s *source) (url string) {
	s.of = func(key channelindex.Key, all []channelindex.Record) []channelindex.Record {
		if key.Subdir != linux64.Subdir {
			return nil
		}
		return all
	}
	x := channelindex.New(model.Clock{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
		key, f := linux64, model.IndexFormat(parts[len(parts)-1])
		key.Subdir = parts[0]
		if strings.HasSuffix(string(f), ".json") && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			f = f.Gzip()
		}
		d, err := x.Open(r.Context(), key, 1, s.load, f)
		if len(parts) == 3 {
			hash, _, _ := strings.Cut(parts[2], ".")
			d, err = x.Shard(r.Context(), key, 1, s.load, hash)
		}
		if err != nil {
			http.NotFound(w, r) // .bz2
			return
		}
		if d.ContentEncoding != "" {
			w.Header().Set("Content-Encoding", d.ContentEncoding)
		}
		w.Header().Set("Content-Type", d.ContentType)
		w.Header().Set("Content-Length", strconv.FormatInt(d.Body.Size(), 10))
		if r.Method != http.MethodHead {
			w.Write(read(t, d).Body)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// runClient runs a script of the end-to-end tests and reads its answer.
func runClient(t *testing.T, answer any, script string, args ...string) {
	t.Helper()
	python, err := filepath.Abs("../../.tools/venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	for _, need := range []string{python, "curl", "zstd"} {
		if _, err := exec.LookPath(need); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing: run make test, which installs it", need)
		}
		t.Skipf("skipped: %s is missing (make test installs it)", need)
	}
	c := exec.Command(python, append([]string{filepath.Join("../../e2e/testdata", script)}, args...)...)
	c.Env = append(os.Environ(), "NO_PROXY=127.0.0.1")
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	if err := json.Unmarshal(out, answer); err != nil {
		t.Fatalf("%s says %q: %v", script, out, err)
	}
}
