package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// remoteInfo is what testdata/remote.py prints.
type remoteInfo struct {
	Files       []string
	Name, Error string
}

// TestRemoteMetadata reads the metadata of a package from its end, by one request
// for a part of it.
func TestRemoteMetadata(t *testing.T) {
	t.Parallel()
	w := &witness{}
	s := startServer(t)
	s.addUser("alice")
	s.uploadAs(s.addToken("alice", "ci", "all"), tinyn).ok(t)
	c := newClient(t, w.before(t, s))
	for kind, want := range map[string]string{"rattler": "info/index.json", "streaming": "info/about.json"} {
		var got remoteInfo
		c.script(&got, "remote.py", kind, c.s.URL+"/conda/alice/noarch/tinyn-0.1-0.conda")
		if got.Error != "" || got.Name != "tinyn" || !slices.Contains(got.Files, want) {
			t.Errorf("%s: got %+v", kind, got)
		}
		w.asked(t, kind, "/conda/alice/", "GET noarch/tinyn-0.1-0.conda 206")
	}
}

// builtFiles is what testdata/hostdep.py prints.
type builtFiles struct {
	Files []string
	Error string
}

// TestHostDependency builds against a package of a channel: its run exports become
// what the new package needs. They come with the shards, and without those from
// run_exports.json.
func TestHostDependency(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	lib := condaSpec{
		name: "libx", version: "1.4", index: map[string]any{"subdir": "linux-64", "noarch": nil},
		more: []member{{name: "info/run_exports.json", body: []byte(`{"weak": ["libx >=1.4,<2"]}`)}},
	}.build(t)
	lib.subdir = "linux-64"
	if v, err := s.publisher("alice", token).publish(t.Context(), lib); err != nil || !v.made() {
		t.Fatal(v, err)
	}
	for _, tt := range []struct{ refuse, asks string }{
		{"", "GET /conda/alice/linux-64/shards/ 200"},
		{"/repodata_shards.msgpack.zst", "GET /conda/alice/linux-64/run_exports.json.zst 200"},
	} {
		w := &witness{refuse: tt.refuse}
		c := newClient(t, w.before(t, s))
		var built builtFiles
		c.script(&built, "hostdep.py", t.TempDir(), c.s.URL+"/conda/alice", "libx")
		if built.Error != "" || len(built.Files) != 1 {
			t.Fatalf("refusing %q: got %+v", tt.refuse, built)
		}
		if asked := w.take(); !slices.Contains(asked, tt.asks) {
			t.Errorf("refusing %q: asked\n%s\nwant %s among them", tt.refuse, strings.Join(asked, "\n"), tt.asks)
		}
		user := artifactOf("linux-64/user-1.0-0.conda", readFile(t, built.Files[0]))
		v, err := s.publisher("alice", token).publish(t.Context(), user)
		if err != nil || !v.made() {
			t.Fatal(v, err)
		}
		if got := readRepodata(t, s, "/conda/alice/linux-64").PackagesConda[user.fileName].Depends; !slices.Equal(got, []string{"libx >=1.4,<2"}) {
			t.Errorf("refusing %q: the new package needs %q, want what libx exports", tt.refuse, got)
		}
		s.send(http.MethodDelete, s.API+"/dist/alice/user/1.0/linux-64/user-1.0-0.conda", nil, "Authorization", "token "+token).is(t, http.StatusOK)
	}
}
