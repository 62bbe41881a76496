package archive_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"sync"
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

// TestZstdAgain decompresses streams one after the other and at the same time, good
// ones between those that fail or are left halfway.
func TestZstdAgain(t *testing.T) {
	t.Parallel()
	var streams sync.WaitGroup
	for i := range 8 {
		streams.Go(func() {
			for n := range 50 {
				text := bytes.Repeat([]byte{byte('a' + i), byte(n)}, 100_000)
				packed := pack(t, text)
				switch n % 4 {
				case 1:
					unpack(t, packed[:len(packed)/2], int64(len(text)), false)
				case 2:
					unpack(t, packed, 10, true)
				case 3:
					unpack(t, append([]byte("text"), packed...), int64(len(text)), false)
				}
				if got := unpack(t, packed, int64(len(text))+1, true); !bytes.Equal(got, text) {
					t.Errorf("stream %d of %d came back as %d other bytes", n, i, len(got))
				}
			}
		})
	}
	streams.Wait()
}

// pack compresses text as a stream, with a window of 8 MiB.
func pack(t *testing.T, text []byte) []byte {
	var packed bytes.Buffer
	encoder, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Error(err)
		return nil
	}
	_, err = encoder.Write(text)
	if err := errors.Join(err, encoder.Close()); err != nil {
		t.Error(err)
	}
	return packed.Bytes()
}

// unpack reads at most limit bytes, and is done with the stream twice.
func unpack(t *testing.T, packed []byte, limit int64, ok bool) []byte {
	out, done, err := archive.Zstd(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Error(err)
		return nil
	}
	got, err := io.ReadAll(io.LimitReader(out, limit))
	if (err == nil) != ok {
		t.Errorf("got %v, want an error: %t", err, !ok)
	}
	done()
	done()
	if n, err := out.Read(make([]byte, 1)); n != 0 || err == nil || err == io.EOF {
		t.Errorf("read %d, %v when it was done", n, err)
	}
	return got
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
