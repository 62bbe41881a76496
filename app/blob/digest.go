package blob

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// Digest is what bytes are known by: both hashes in lower-case hex, and their
// number.
type Digest struct {
	SHA256, MD5 string
	Size        int64
}

// digester counts and hashes what passes. MD5 protects nothing here: conda's
// records and old clients carry it.
type digester struct {
	sha256, md5 hash.Hash
	size        int64
}

func newDigester() digester { return digester{sha256: sha256.New(), md5: md5.New()} }

func (g *digester) add(p []byte) {
	g.sha256.Write(p) // a hash never fails
	g.md5.Write(p)
	g.size += int64(len(p))
}

// Write adds p.
func (g *digester) Write(p []byte) (int, error) {
	g.add(p)
	return len(p), nil
}

func (g *digester) digest() Digest {
	return Digest{
		SHA256: hex.EncodeToString(g.sha256.Sum(nil)),
		MD5:    hex.EncodeToString(g.md5.Sum(nil)),
		Size:   g.size,
	}
}
