package main

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// packedIndex is an index of shards that lists one package.
func packedIndex(t *testing.T, name, hash string) []byte {
	t.Helper()
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	bin, err := hex.DecodeString(hash)
	if err != nil {
		t.Fatal(err)
	}
	return z.EncodeAll(append([]byte("\x81\xa6shards\x81\xa3"+name+"\xc4\x20"), bin...), nil)
}

func TestFindShard(t *testing.T) {
	t.Parallel()
	want := strings.Repeat("0a", 32)
	index := packedIndex(t, "abc", want)
	if got, err := findShard(index, "abc"); got != want || err != nil {
		t.Errorf("got %q, %v, want %s", got, err, want)
	}
	if got, err := findShard(index, "abd"); err == nil {
		t.Errorf("a package that is not listed has the shard %s", got)
	}
	if _, err := findShard(packedIndex(t, "abc", "0a0a"), "abc"); err == nil {
		t.Error("an index that ends in a hash is no error")
	}
	if _, err := findShard([]byte("torn"), "abc"); err == nil {
		t.Error("what is not compressed is no error")
	}
}

func TestQuantile(t *testing.T) {
	t.Parallel()
	all := []time.Duration{5, 1, 4, 2, 3}
	for share, want := range map[float64]time.Duration{0: 1, 0.5: 3, 0.99: 5, 1: 5} {
		if got := quantile(all, share); got != want {
			t.Errorf("quantile %g is %d, want %d", share, got, want)
		}
	}
	if got := quantile(nil, 0.5); got != 0 {
		t.Errorf("a quantile of nothing is %d", got)
	}
	if got := mean(all); got != 3 {
		t.Errorf("the mean is %d, want 3", got)
	}
}
