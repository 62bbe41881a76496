package e2e

import (
	"bytes"
	"encoding/hex"
	"net/http"
	"testing"

	"github.com/vmihailenco/msgpack/v5"
)

// TestIndexAcrossRestart finds every document byte for byte, and its ETag, when the
// server comes back on the same data.
func TestIndexAcrossRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.uploadAs(s.addToken("alice", "ci", "all"), tiny10, tiny11, tinyc, tinyn, gamma).ok(t)
	read := func(s *server) map[string]answer {
		all := map[string]answer{}
		for _, name := range []string{"channeldata.json", "rss.xml", "noarch/index.html", "noarch/repodata.json", "noarch/repodata.json.zst", "noarch/current_repodata.json.zst", "noarch/run_exports.json.zst", "noarch/repodata_shards.msgpack.zst", "linux-64/repodata_shards.msgpack.zst"} {
			all[name] = s.get("", "/conda/alice/"+name).is(t, http.StatusOK)
		}
		return all
	}
	before := read(s)
	again := startServerOn(t, s.stop(), nil)
	for name, after := range read(again) {
		// The feed has the address of the server in it, which has changed.
		if name != "rss.xml" && (!bytes.Equal(before[name].body, after.body) || before[name].header.Get("ETag") != after.header.Get("ETag")) {
			t.Errorf("%s is not what it was before the restart", name)
		}
	}
}

// shards are those that alice's index of noarch lists, by package.
func (s *server) shards() map[string][]byte {
	s.t.Helper()
	var index struct {
		Shards map[string][]byte `msgpack:"shards"`
	}
	sure(s.t, msgpack.Unmarshal(unzstd(s.t, s.get("", "/conda/alice/noarch/repodata_shards.msgpack.zst").is(s.t, http.StatusOK).body), &index))
	return index.Shards
}

// TestOldShard: whoever holds an index from before an upload still gets its
// shards.
func TestOldShard(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	p := s.publisher("alice", s.addToken("alice", "ci", "all"))
	publish := func(version string) string {
		t.Helper()
		if v, err := p.publish(t.Context(), condaSpec{name: "demo", version: version}.build(t)); err != nil || !v.made() {
			t.Fatal(v, err)
		}
		return "/conda/alice/noarch/shards/" + hex.EncodeToString(s.shards()["demo"]) + ".msgpack.zst"
	}
	first := publish("1.0")
	held := s.get("", first).is(t, http.StatusOK)
	for _, version := range []string{"2.0", "3.0"} {
		if newest := publish(version); newest == first {
			t.Fatalf("the upload of %s changed no shard", version)
		}
		if got := s.get("", first).is(t, http.StatusOK); !bytes.Equal(got.body, held.body) {
			t.Errorf("after the upload of %s the old shard has other bytes", version)
		}
	}
}
