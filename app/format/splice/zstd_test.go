package splice

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// frame joins what packing makes of parts, with glue between them, as an index
// does.
func frame(t testing.TB, parts [][]byte, glue string) (whole, plain []byte) {
	t.Helper()
	z, err := NewZstd()
	if err != nil {
		t.Fatal(err)
	}
	var body []byte
	for i, part := range parts {
		if i > 0 {
			body, plain = StoreZstd(body, []byte(glue)), append(plain, glue...)
		}
		if body, err = z.Pack(body, part); err != nil {
			t.Fatal(err)
		}
		plain = append(append(plain, part...), Pad...)
	}
	whole = append(append(FrameHeader(int64(len(plain))), body...), FrameEnd...)
	return whole, plain
}

func unzstd(t testing.TB, whole []byte) ([]byte, error) {
	t.Helper()
	d, err := zstd.NewReader(nil, zstd.WithDecoderMaxWindow(windowSize))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	return d.DecodeAll(whole, nil)
}

func TestFrameHeaderSaysSizeAndWindow(t *testing.T) {
	t.Parallel()
	for _, parts := range [][][]byte{nil, {[]byte("a")}, adversarialParts(1)} {
		whole, plain := frame(t, parts, ",")
		var header zstd.Header
		if err := header.Decode(whole); err != nil {
			t.Fatal(err)
		}
		if !header.HasFCS || header.FrameContentSize != uint64(len(plain)) || header.WindowSize != windowSize || header.HasCheckSum {
			t.Errorf("got %+v", header)
		}
		if got := FrameHeader(int64(len(plain))); len(got) != FrameHeaderSize || !bytes.HasPrefix(whole, got) {
			t.Errorf("got a header of %d bytes, want %d", len(got), FrameHeaderSize)
		}
	}
}

func TestPackedPartsDecode(t *testing.T) {
	t.Parallel()
	for name, parts := range partsToTry() {
		whole, plain := frame(t, parts, ",")
		if got, err := unzstd(t, whole); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%s: got %d bytes, %v, want %d", name, len(got), err, len(plain))
		}
	}
}

// The encoder here names no offset before it has used three, but others do, and a
// newer one may. The frames in testdata are of the zstd program at its level 19:
// behind another part they decode to something else unless the offsets are reset.
func TestResetIsNeeded(t *testing.T) {
	t.Parallel()
	var parts, blocks [][]byte
	for _, name := range []string{"part0.zst", "part1.zst"} {
		whole, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		part, err := unzstd(t, whole)
		if err != nil {
			t.Fatal(err)
		}
		body, err := blocksOf(whole)
		if err != nil {
			t.Fatal(err)
		}
		parts, blocks = append(parts, part), append(blocks, body)
	}
	for _, test := range []struct {
		between, text string
		right         bool
	}{{reset, Pad, true}, {"", "", false}} {
		plain := slices.Concat(parts[0], []byte(test.text), parts[1])
		whole := slices.Concat(FrameHeader(int64(len(plain))), blocks[0], []byte(test.between), blocks[1], []byte(FrameEnd))
		if got, err := unzstd(t, whole); (err == nil && bytes.Equal(got, plain)) != test.right {
			t.Errorf("with %d bytes of reset: decoded right is %v (%v)", len(test.between), !test.right, err)
		}
	}
}

// The position of a part, and what was packed before it, change nothing.
func TestPackIsDeterministic(t *testing.T) {
	t.Parallel()
	parts := adversarialParts(7)
	one, _ := frame(t, parts[1:2], "")
	all, _ := frame(t, parts, "")
	if blocks := one[FrameHeaderSize : len(one)-len(FrameEnd)]; !bytes.Contains(all, blocks) {
		t.Error("a part has other bytes behind another")
	}
}

func TestUnpack(t *testing.T) {
	t.Parallel()
	z, err := NewZstd()
	if err != nil {
		t.Fatal(err)
	}
	for name, parts := range partsToTry() {
		for _, part := range parts {
			blocks, err := z.Pack(nil, part)
			if err != nil {
				t.Fatal(err)
			}
			want := "before" + string(part) + Pad
			got, err := z.Unpack([]byte("before"), blocks, int64(len(part)+PadSize))
			if err != nil || string(got) != want {
				t.Errorf("%s: got %d bytes, %v, want %d", name, len(got), err, len(want))
			}
			if _, err := z.Unpack(nil, blocks, int64(len(part))); err == nil {
				t.Errorf("%s: decoded to another size than said", name)
			}
		}
	}
	if _, err := z.Unpack(nil, []byte("no blocks"), 9); err == nil {
		t.Error("decoded what is no part")
	}
}

func TestStoredPartsDecode(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, 65535, 65536, 128 << 10, 128<<10 + 1, 300_000} {
		text := bytes.Repeat([]byte("x"), size)
		whole := append(StoreZstd(FrameHeader(int64(size)), text), FrameEnd...)
		if got, err := unzstd(t, whole); err != nil || !bytes.Equal(got, text) {
			t.Errorf("zstd, %d bytes: got %d, %v", size, len(got), err)
		}
		member := append(StoreDeflate([]byte(MemberHeader), text), MemberEnd(ChecksumOf(text))...)
		if got := gunzip(t, member); !bytes.Equal(got, text) {
			t.Errorf("gzip, %d bytes: got %d", size, len(got))
		}
	}
}

func TestBlocksOfStrangeFrames(t *testing.T) {
	t.Parallel()
	checked, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(true))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(false))
	if err != nil {
		t.Fatal(err)
	}
	whole := plain.EncodeAll([]byte(strings.Repeat("abc", 100)), nil)
	for name, f := range map[string][]byte{
		"nothing": nil, "no frame": []byte("{}"), "only a header": whole[:7], "half": whole[:len(whole)-1],
		"with more behind": append(whole[:len(whole):len(whole)], 0), "with a checksum": checked.EncodeAll([]byte("abc"), nil),
	} {
		if got, err := blocksOf(bytes.Clone(f)); err == nil {
			t.Errorf("%s: got blocks %x", name, got)
		}
	}
}
