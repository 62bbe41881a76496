package splice

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
)

// adversarialParts makes parts that begin with what looks like a repetition at
// the offset that was used last, which is another one behind another part.
func adversarialParts(seed uint64) [][]byte {
	r := rand.New(rand.NewPCG(seed, 2))
	pick := func(n int, from string) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = from[r.IntN(len(from))]
		}
		return b
	}
	var parts [][]byte
	for range 4 {
		unit := pick(1<<r.IntN(4), "abcdefgh")
		part := bytes.Repeat(unit, 2+r.IntN(8))
		part = append(part, pick(400, `qwertyuiopasdf{}:",0123456789`)...)
		part = append(part, bytes.Repeat(unit, 2+r.IntN(39))...)
		part = append(part, bytes.Repeat(pick(300, "qwertyuiop0123"), 1+r.IntN(3))...)
		parts = append(parts, part)
	}
	return parts
}

// recordParts makes n parts like those of repodata.
func recordParts(n int) [][]byte {
	r := rand.New(rand.NewPCG(1, 1))
	parts := make([][]byte, n)
	for i := range parts {
		for j := range 20 {
			hash := make([]byte, 32)
			for k := range hash {
				hash[k] = byte(r.Uint32())
			}
			parts[i] = fmt.Appendf(parts[i], `"name%d-1.%d-0.conda":{"build":"0","depends":["python >=3.%d"],"sha256":"%s"},`, i, j, r.IntN(9), hex.EncodeToString(hash))
		}
	}
	return parts
}

func partsToTry() map[string][][]byte {
	noise := make([]byte, 200_000)
	r := rand.New(rand.NewPCG(3, 3))
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	all := map[string][][]byte{
		"none":          nil,
		"empty":         {nil, {}, nil},
		"one byte":      {[]byte("a"), []byte("b")},
		"runs":          {bytes.Repeat([]byte("a"), 300_000), bytes.Repeat([]byte(" "), 5), bytes.Repeat([]byte(" "), 1000)},
		"noise":         {noise, noise[:1000], noise},
		"above windows": {bytes.Repeat(noise[:100_000], 30), []byte("x")},
		"records":       recordParts(1000),
	}
	for seed := range uint64(100) {
		all[fmt.Sprintf("adversarial %d", seed)] = adversarialParts(seed)
	}
	return all
}
