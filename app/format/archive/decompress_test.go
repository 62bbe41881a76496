package archive_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"

	"vivarium/app/format/archive"
)

func TestZstd(t *testing.T) {
	t.Parallel()
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer encoder.Close()
	frame := encoder.EncodeAll([]byte("hello"), nil)
	// The fifth byte of a frame with a window gives its size.
	window := func(size byte) []byte { return []byte{0x28, 0xb5, 0x2f, 0xfd, 0, size, 0x09, 0, 0, 'x'} }
	tests := map[string]struct {
		data []byte
		want string
		ok   bool
	}{
		"one frame":         {frame, "hello", true},
		"two frames":        {append(bytes.Clone(frame), frame...), "hellohello", true},
		"window of 128 MiB": {window(17 << 3), "x", true},
		"window of 144 MiB": {window(17<<3 | 1), "", false},
		"cut":               {frame[:len(frame)-1], "", false},
		"more behind it":    {append(bytes.Clone(frame), "more"...), "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, done, err := archive.Zstd(bytes.NewReader(test.data), int64(len(test.data)))
			if err != nil {
				t.Fatal(err)
			}
			defer done()
			got, err := io.ReadAll(out)
			if (err == nil) != test.ok || test.ok && string(got) != test.want {
				t.Errorf("got %q, %v, want %q", got, err, test.want)
			}
		})
	}
}

func TestBzip2(t *testing.T) {
	t.Parallel()
	data, err := base64.StdEncoding.DecodeString("QlpoOTFBWSZTWRkxZT0AAACBAAJEoAAhmmgzTQczi7kinChIDJiynoA=")
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(archive.Bzip2(bytes.NewReader(data), int64(len(data))))
	if err != nil || string(got) != "hello" {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := io.ReadAll(archive.Bzip2(bytes.NewReader(data[:20]), 20)); err == nil {
		t.Errorf("got %q of a stream cut short", got)
	}
}
