package e2e

import (
	"slices"
	"testing"
)

// TestRattlerRequests counts what the engine of pixi asks for: shards alone while
// there are any, nothing within the time that an index is fresh, two questions
// after it, and what it falls back on.
func TestRattlerRequests(t *testing.T) {
	t.Parallel()
	const base = "/conda/alice/"
	w := &witness{}
	s, fresh := startServer(t), startServerOn(t, t.TempDir(), []string{"VIVARIUM_INDEX_MAX_AGE=1h"})
	for _, s := range []*server{s, fresh} {
		s.addUser("alice")
		s.uploadAs(s.addToken("alice", "ci", "all"), tiny10, tinyc, tinyn, gamma).ok(t)
	}
	c := newClient(t, w.before(t, s))
	install := func(c *client, cache string, more ...string) {
		t.Helper()
		args := slices.Concat([]string{"--channel", c.s.URL + "/conda/alice", "--platform", "linux-64", "--cache", cache}, more, []string{t.TempDir(), "tinyc", "tinyn", "gamma"})
		c.rattler(args...).has(t, "tinyc-2.0-h0_0.conda", "tiny-1.0-0.tar.bz2", "tinyn-0.1-0.conda", "gamma-1!2.0-0.conda")
	}
	indexes := []string{"GET linux-64/repodata_shards.msgpack.zst 200", "GET noarch/repodata_shards.msgpack.zst 200"}
	shards := []string{"GET linux-64/shards/ 200", "GET noarch/shards/ 200", "GET noarch/shards/ 200", "GET noarch/shards/ 200"}
	files := []string{"GET linux-64/tinyc-2.0-h0_0.conda 200", "GET noarch/tiny-1.0-0.tar.bz2 200", "GET noarch/tinyn-0.1-0.conda 200", "GET noarch/gamma-1!2.0-0.conda 200"}

	cache := t.TempDir()
	install(c, cache)
	w.asked(t, "cold", base, slices.Concat(indexes, shards, files)...)
	install(c, cache)
	w.asked(t, "again", base, "GET linux-64/repodata_shards.msgpack.zst 304", "GET noarch/repodata_shards.msgpack.zst 304")

	install(c, t.TempDir(), "--no-shards")
	heads := []string{"HEAD linux-64/repodata.json.zst 200", "HEAD noarch/repodata.json.zst 200", "HEAD linux-64/repodata.json.bz2 404", "HEAD noarch/repodata.json.bz2 404"}
	w.asked(t, "without shards", base, slices.Concat(heads, files, []string{"GET linux-64/repodata.json.zst 200", "GET noarch/repodata.json.zst 200"})...)
	install(c, t.TempDir(), "--no-shards", "--no-zst")
	w.asked(t, "plain", base, slices.Concat(files, []string{"GET linux-64/repodata.json 200", "GET noarch/repodata.json 200"})...)

	c = newClient(t, w.before(t, fresh))
	install(c, cache)
	w.take()
	install(c, cache)
	w.asked(t, "within the age", base)
}
