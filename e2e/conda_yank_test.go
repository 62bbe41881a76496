package e2e

import (
	"net/http"
	"testing"
)

// TestYankedFile: no resolver takes a yanked file, who holds an older index or a
// lock file still installs it, and taken back it is as before.
func TestYankedFile(t *testing.T) {
	t.Parallel()
	s := startServerOn(t, t.TempDir(), []string{"VIVARIUM_INDEX_MAX_AGE=1h"})
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	s.uploadAs(token, tiny10, tinyn).ok(t)
	c := newClient(t, s)
	solve := func(cache string, more ...string) solved {
		t.Helper()
		return c.rattler(append(append([]string{"--channel", s.URL + "/conda/alice", "--cache", cache}, more...), t.TempDir(), "tinyn")...)
	}
	held := t.TempDir()
	solve(held, "--no-install").has(t, "tinyn-0.1-0.conda")

	const yank = "/dist/alice/tinyn/0.1/noarch/tinyn-0.1-0.conda/yank"
	s.post(token, s.API+yank, "application/json", []byte(`{"reason": "Broken."}`)).is(t, http.StatusOK)
	wantFiles(t, s, "/conda/alice/noarch", "tiny-1.0-0.tar.bz2")
	var index struct{ Removed []string }
	decodeJSON(t, s.get("", "/conda/alice/noarch/repodata.json").is(t, http.StatusOK).body, &index)
	same(t, "removed", index.Removed, []string{"tinyn-0.1-0.conda"})
	for _, form := range [][]string{nil, {"--no-shards"}} {
		solve(t.TempDir(), form...).fails(t, "No candidates were found for tinyn")
	}
	solve(held).has(t, "tinyn-0.1-0.conda")
	s.get("", "/conda/alice/noarch/tinyn-0.1-0.conda").is(t, http.StatusOK)

	s.send(http.MethodDelete, s.API+yank, nil, "Authorization", "token "+token).is(t, http.StatusOK)
	solve(t.TempDir()).has(t, "tinyn-0.1-0.conda")
}
