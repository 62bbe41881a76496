package channelindex_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing"

	"vivarium/app/model"
)

// TestEachShard gives every shard that the index lists, under the hash of its bytes.
func TestEachShard(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	x := c.start()
	seen := map[string]bool{}
	err := x.EachShard(t.Context(), linux64, 1, s.load, func(name string, doc model.Document) error {
		body, err := model.ReadBody(doc.Body)
		sum := sha256.Sum256(body)
		if err != nil || hex.EncodeToString(sum[:]) != name {
			t.Errorf("shard %s: %v", name, err)
		}
		same, err := x.Shard(t.Context(), linux64, 1, s.load, name)
		if err != nil {
			t.Fatal(err)
		}
		if asked, err := model.ReadBody(same.Body); err != nil || !bytes.Equal(asked, body) {
			t.Errorf("shard %s is another when it is asked for: %v", name, err)
		}
		seen[name] = true
		return nil
	})
	packages := map[string]bool{}
	for _, r := range manyRecords(600) {
		packages[r.Package] = true
	}
	if err != nil || len(seen) != len(packages) {
		t.Errorf("%d shards, %v, want %d", len(seen), err, len(packages))
	}
	stop := errors.New("enough")
	if err := x.EachShard(t.Context(), linux64, 1, s.load, func(string, model.Document) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("stopped with %v", err)
	}
}
