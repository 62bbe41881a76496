package channelindex

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// Where a sequence is divided depends on its keys alone, so that equal content is
// divided equally whatever its history. A chunk ends behind a key whose SHA-256
// ends in chunkBits zero bits, so it has 128 entries on average and a change packs
// 256 of them again; a group of chunks ends behind one with groupBits.
//
// Measured on 100,000 records of 500 bytes, with 7 bits a change costs 1.5 ms of
// CPU for zstd and gzip together, and 8 bits twice that. Beside the whole packed
// at once, zstd takes 1 % less and gzip 3 % more.
const (
	chunkBits = 7
	groupBits = chunkBits + 6
)

// borderLevel is the number of zero bits that key's hash ends in.
func borderLevel(key string) int {
	hash := sha256.Sum256([]byte(key))
	return bits.TrailingZeros64(binary.BigEndian.Uint64(hash[len(hash)-8:]))
}
