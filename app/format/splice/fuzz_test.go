package splice

import (
	"bytes"
	"testing"
)

// cut divides data into parts at the places that cuts say.
func cut(data, cuts []byte) [][]byte {
	var parts [][]byte
	for _, c := range cuts {
		n := min(len(data), int(c)*7)
		parts = append(parts, data[:n])
		data = data[n:]
	}
	return append(parts, data)
}

func FuzzSplice(f *testing.F) {
	f.Add([]byte("abababababab,ababababab"), []byte{1, 1}, ",")
	for seed := range uint64(5) {
		f.Add(bytes.Join(adversarialParts(seed), nil), []byte{100, 90, 80}, "")
	}
	f.Fuzz(func(t *testing.T, data, cuts []byte, glue string) {
		parts := cut(data, cuts)
		whole, plain := frame(t, parts, glue)
		if got, err := unzstd(t, whole); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("zstd: got %d bytes, %v, want %d", len(got), err, len(plain))
		}
		whole, plain = member(t, parts, glue)
		if got := gunzip(t, whole); !bytes.Equal(got, plain) {
			t.Errorf("gzip: got %d bytes, want %d", len(got), len(plain))
		}
	})
}

func FuzzUnpack(f *testing.F) {
	z, err := NewZstd()
	if err != nil {
		f.Fatal(err)
	}
	blocks, err := z.Pack(nil, []byte("abcabcabcabcabcabcabc"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(blocks, int64(21+PadSize))
	f.Fuzz(func(t *testing.T, blocks []byte, size int64) {
		if got, err := z.Unpack(nil, blocks, size); err == nil && int64(len(got)) != size {
			t.Errorf("got %d bytes, want %d", len(got), size)
		}
	})
}

func FuzzBlocks(f *testing.F) {
	f.Add([]byte(magic + "\x00\x00\x01\x00\x00"))
	f.Fuzz(func(_ *testing.T, frame []byte) {
		blocksOf(frame) // must not panic
	})
}
