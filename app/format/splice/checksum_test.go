package splice

import (
	"bytes"
	"hash/crc32"
	"testing"
)

func TestChecksumOfJoinedTexts(t *testing.T) {
	t.Parallel()
	for _, parts := range partsToTry() {
		var sum Checksum
		for _, part := range parts {
			sum = sum.Then(ChecksumOf(part))
		}
		whole := bytes.Join(parts, nil)
		if sum != ChecksumOf(whole) || sum.CRC != crc32.ChecksumIEEE(whole) || sum.Size != int64(len(whole)) {
			t.Fatalf("got %+v, want %+v", sum, ChecksumOf(whole))
		}
	}
}

// Grouping does not matter, and neither do sizes beyond what was ever read.
func TestChecksumIsAssociative(t *testing.T) {
	t.Parallel()
	a, b := Checksum{CRC: 0x12345678, Size: 1 << 61}, ChecksumOf([]byte("b"))
	c := Checksum{CRC: 0xcafe, Size: 1<<33 + 5}
	if left, right := a.Then(b).Then(c), a.Then(b.Then(c)); left != right {
		t.Errorf("got %+v and %+v", left, right)
	}
	if got := (Checksum{}).Then(b); got != b {
		t.Errorf("behind nothing: got %+v, want %+v", got, b)
	}
	if got := b.Then(Checksum{}); got != b {
		t.Errorf("nothing behind: got %+v, want %+v", got, b)
	}
}

func BenchmarkThen(b *testing.B) {
	c, next := ChecksumOf([]byte("abc")), Checksum{CRC: 77, Size: 54321}
	for b.Loop() {
		c = c.Then(next)
	}
}
