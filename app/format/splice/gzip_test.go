package splice

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"
)

func member(t testing.TB, parts [][]byte, glue string) (whole, plain []byte) {
	t.Helper()
	d, err := NewDeflate()
	if err != nil {
		t.Fatal(err)
	}
	var text Checksum
	whole = []byte(MemberHeader)
	for i, part := range parts {
		if i > 0 {
			whole, plain = StoreDeflate(whole, []byte(glue)), append(plain, glue...)
			text = text.Then(ChecksumOf([]byte(glue)))
		}
		if whole, err = d.Pack(whole, part); err != nil {
			t.Fatal(err)
		}
		padded := append(bytes.Clone(part), Pad...)
		plain, text = append(plain, padded...), text.Then(ChecksumOf(padded))
	}
	end := MemberEnd(text)
	if len(end) != MemberEndSize {
		t.Fatalf("the end has %d bytes, want %d", len(end), MemberEndSize)
	}
	return append(whole, end...), plain
}

// gunzip reads one member, with its checksum and length, and nothing behind it.
func gunzip(t testing.TB, whole []byte) []byte {
	t.Helper()
	source := bytes.NewReader(whole)
	r, err := gzip.NewReader(source)
	if err != nil {
		t.Fatal(err)
	}
	r.Multistream(false)
	plain, err := io.ReadAll(r)
	if err != nil || source.Len() != 0 {
		t.Fatalf("%d bytes, %v, %d bytes left", len(plain), err, source.Len())
	}
	return plain
}

func TestDeflatedPartsDecode(t *testing.T) {
	t.Parallel()
	for name, parts := range partsToTry() {
		whole, plain := member(t, parts, ",")
		if got := gunzip(t, whole); !bytes.Equal(got, plain) {
			t.Errorf("%s: got %d bytes, want %d", name, len(got), len(plain))
		}
	}
}

func TestDeflateIsDeterministic(t *testing.T) {
	t.Parallel()
	parts := adversarialParts(7)
	one, _ := member(t, parts[1:2], "")
	all, _ := member(t, parts, "")
	if blocks := one[len(MemberHeader) : len(one)-MemberEndSize]; !bytes.Contains(all, blocks) {
		t.Error("a part has other bytes behind another")
	}
}
