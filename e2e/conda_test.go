package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// condaAgent and condaAccepts are what conda 26 sends with every request.
const (
	condaAgent   = "conda/26.7.2 requests/2.34.2 CPython/3.13.1 Linux/6.1 debian/12 glibc/2.36 solver/rattler"
	condaAccepts = "gzip, deflate, zstd"
)

// TestCondaRequests replays what conda 26 asks a channel for, in its order: the
// notices, the shard index, and for its classic solver the four indexes that it
// falls back through. Nothing may be HTML or 403.
func TestCondaRequests(t *testing.T) {
	t.Parallel()
	replays(t, "conda", "26.7.2", "conda install")
	s := startServer(t)
	s.addUser("alice")
	s.uploadAs(s.addToken("alice", "ci", "all"), tiny10, tinyc).ok(t)
	for _, base := range []string{"/conda/alice", "/alice", "/conda/alice/label/main", "/conda/alice/label/unused"} {
		s.condaAsk(base+"/notices.json", http.StatusOK).is(t, http.StatusOK)
		for _, subdir := range []string{"/linux-64", "/noarch"} {
			s.condaAsk(base+subdir+"/repodata_shards.msgpack.zst", http.StatusOK)
			s.condaAsk(base+subdir+"/current_repodata.json.zst", http.StatusOK)
			s.condaAsk(base+subdir+"/current_repodata.json", http.StatusOK)
			s.condaAsk(base+subdir+"/repodata.json.zst", http.StatusOK)
			s.condaAsk(base+subdir+"/repodata.json", http.StatusOK)
		}
	}
	s.condaAsk("/conda/alice/noarch/tiny-1.0-0.tar.bz2", http.StatusOK)
	s.condaAsk("/conda/alice/noarch/nothing-1.0-0.conda", http.StatusNotFound)
	s.condaAsk("/conda/alice/noarch/repodata.json.bz2", http.StatusNotFound)
	s.condaAsk("/conda/nobody/noarch/repodata.json", http.StatusNotFound)
}

// TestMambaRequests replays mamba 2: HEAD for the compressed index, then GET, then
// GET again with both validators.
func TestMambaRequests(t *testing.T) {
	t.Parallel()
	replays(t, "mamba", "2", "mamba install")
	s := startServer(t)
	s.addUser("alice")
	s.uploadAs(s.addToken("alice", "ci", "all"), tiny10).ok(t)
	for _, subdir := range []string{"/linux-64", "/noarch"} {
		path := "/conda/alice" + subdir + "/repodata.json.zst"
		s.ask(http.MethodHead, path).is(t, http.StatusOK)
		first := s.ask(http.MethodGet, path).is(t, http.StatusOK)
		s.ask(http.MethodGet, path, "If-None-Match", first.header.Get("ETag"), "If-Modified-Since", first.header.Get("Last-Modified")).is(t, http.StatusNotModified)
	}
}

// condaAsk asks as conda does and checks the status and that the answer is not a
// page.
func (s *server) condaAsk(path string, status int) answer {
	s.t.Helper()
	a := s.ask(http.MethodGet, path, "User-Agent", condaAgent, "Accept-Encoding", condaAccepts).is(s.t, status)
	if kind := a.header.Get("Content-Type"); strings.Contains(kind, "html") {
		s.t.Errorf("%s has content type %q", a.request, kind)
	}
	if status == http.StatusNotFound && bytes.ContainsAny(bytes.TrimSpace(a.body), "\n<") {
		s.t.Errorf("%s answers %q, want one line of text", a.request, a.body)
	}
	return a
}

// TestCondaCaching revalidates every kind of document, and finds the same headers
// on HEAD as on GET.
func TestCondaCaching(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	s.uploadAs(token, tiny10, tinyn).ok(t)
	indexes := []string{"notices.json", "channeldata.json", "channeldata.json.zst", "index.html", "rss.xml", "noarch/repodata_shards.msgpack.zst", "noarch/index.html"}
	for _, name := range []string{"repodata.json", "current_repodata.json", "run_exports.json", "patch_instructions.json"} {
		indexes = append(indexes, "noarch/"+name, "noarch/"+name+".zst")
	}
	for _, name := range append(indexes, "noarch/tinyn-0.1-0.conda", "noarch/tiny-1.0-0.tar.bz2") {
		path := "/conda/alice/" + name
		got := s.get("", path).is(t, http.StatusOK)
		tag, modified := got.header.Get("ETag"), got.header.Get("Last-Modified")
		if !strings.HasPrefix(tag, `"`) || modified == "" {
			t.Errorf("%s: ETag %q, Last-Modified %q, want a strong tag and a date", name, tag, modified)
		}
		s.ask(http.MethodGet, path, "If-None-Match", tag).is(t, http.StatusNotModified)
		s.ask(http.MethodGet, path, "If-None-Match", `"other"`).is(t, http.StatusOK)
		s.ask(http.MethodGet, path, "If-Modified-Since", modified).is(t, http.StatusNotModified)
		if part := s.ask(http.MethodGet, path, "Range", "bytes=3-9").is(t, http.StatusPartialContent); !bytes.Equal(part.body, got.body[3:10]) {
			t.Errorf("a part of %s is %q", name, part.body)
		}
		wantSameHead(t, name, got, s.ask(http.MethodHead, path).is(t, http.StatusOK))
		wantCaching(t, got, name, indexes, "public")
		wantCaching(t, s.get("", "/conda/t/"+token+"/alice/"+name), name, indexes, "private")
	}
}

// wantSameHead fails the test unless HEAD says what GET did, without a body.
func wantSameHead(t *testing.T, name string, got, head answer) {
	t.Helper()
	if len(head.body) != 0 {
		t.Errorf("HEAD of %s has a body", name)
	}
	for _, h := range []string{"ETag", "Content-Length", "Content-Type", "Last-Modified", "Cache-Control", "Vary"} {
		if head.header.Get(h) != got.header.Get(h) {
			t.Errorf("%s: %s is %q on HEAD, %q on GET", name, h, head.header.Get(h), got.header.Get(h))
		}
	}
	if n := strconv.Itoa(len(got.body)); got.header.Get("Content-Length") != n {
		t.Errorf("%s: Content-Length %q, want %s", name, got.header.Get("Content-Length"), n)
	}
}

// wantCaching checks Cache-Control: an index is asked for anew each time, a file
// is kept for a year, and only what anyone may see is kept by shared caches.
func wantCaching(t *testing.T, a answer, name string, indexes []string, who string) {
	t.Helper()
	got := a.is(t, http.StatusOK).header.Get("Cache-Control")
	want := []string{"max-age=31536000", "immutable"}
	for _, index := range indexes {
		if name == index {
			want = []string{"max-age=0", "must-revalidate"}
		}
	}
	if who == "private" {
		want = append(want, "private")
	}
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%s: Cache-Control %q, want %q in it", a.request, got, w)
		}
	}
	if who != "private" && strings.Contains(got, "private") {
		t.Errorf("%s: Cache-Control %q, want it for shared caches too", a.request, got)
	}
}

// TestCondaRange resumes a download and reads the end of a file.
func TestCondaRange(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.uploadAs(s.addToken("alice", "ci", "all"), tinyn, gamma).ok(t)
	whole, err := os.ReadFile(archive(t, tinyn))
	if err != nil {
		t.Fatal(err)
	}
	path := "/conda/alice/noarch/tinyn-0.1-0.conda"
	for ranges, want := range map[string][]byte{"bytes=100-": whole[100:], "bytes=-64": whole[len(whole)-64:], "bytes=10-19": whole[10:20]} {
		got := s.ask(http.MethodGet, path, "Range", ranges).is(t, http.StatusPartialContent)
		if !bytes.Equal(got.body, want) {
			t.Errorf("Range %s: got %d bytes that differ from the %d wanted", ranges, len(got.body), len(want))
		}
	}
	s.ask(http.MethodGet, path, "Range", "bytes=9999999-").is(t, http.StatusRequestedRangeNotSatisfiable)
	raw, escaped := s.get("", "/conda/alice/noarch/gamma-1!2.0-0.conda"), s.get("", "/conda/alice/noarch/gamma-1%212.0-0.conda")
	if raw.is(t, http.StatusOK); !bytes.Equal(raw.body, escaped.body) {
		t.Errorf("! and %%21 in a file name answer differently")
	}
}

// TestIndexMatchesFiles compares the index with the bytes that were uploaded, and
// finds it unchanged by a change that was taken back.
func TestIndexMatchesFiles(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	s.uploadAs(token, tiny10, tiny11, tinyc).ok(t)
	index := readRepodata(t, s, "/conda/alice/linux-64")
	if index.Info.Subdir != "linux-64" || len(index.Packages) != 1 || len(index.PackagesConda) != 1 {
		t.Fatalf("got subdir %q with %v", index.Info.Subdir, index.files())
	}
	whole, err := os.ReadFile(archive(t, tinyc))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(whole)
	want := record{Name: "tinyc", Version: "2.0", Build: "h0_0", Subdir: "linux-64", Size: int64(len(whole)), SHA256: hex.EncodeToString(sum[:]), Depends: []string{"tiny >=1.0"}}
	got := index.PackagesConda["tinyc-2.0-h0_0.conda"]
	got.MD5 = ""
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the record of %s (-want +got):\n%s", tinyc, diff)
	}

	before := s.get("", "/conda/alice/linux-64/repodata.json")
	s.uploadAs(token, "-l", "dev", tinydev).ok(t)
	if after := s.get("", "/conda/alice/linux-64/repodata.json"); after.header.Get("ETag") != before.header.Get("ETag") || !bytes.Equal(after.body, before.body) {
		t.Errorf("an upload to another subdir and label changed the index")
	}
}
