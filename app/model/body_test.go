package model

import (
	"errors"
	"iter"
	"testing"
)

func TestBytesAreABody(t *testing.T) {
	t.Parallel()
	var b Body = Bytes("0123456789")
	if b.Size() != 10 {
		t.Errorf("got %d bytes", b.Size())
	}
	for from, want := range map[int64]string{0: "0123456789", 7: "789", 10: "", 99: ""} {
		var got []byte
		for piece, err := range b.Pieces(from) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, piece...)
		}
		if string(got) != want {
			t.Errorf("from %d: got %q, want %q", from, got, want)
		}
	}
	all, err := ReadBody(b)
	if err != nil || string(all) != "0123456789" {
		t.Errorf("got %q, %v", all, err)
	}
	all[0] = 'x'
	if string(b.(Bytes)) != "0123456789" {
		t.Error("what was read is no copy")
	}
}

type brokenBody struct{ Bytes }

var errBroken = errors.New("broken")

func (b brokenBody) Pieces(int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) { _ = yield([]byte("01"), nil) && yield(nil, errBroken) }
}

func TestReadBodyTellsOfABrokenPiece(t *testing.T) {
	t.Parallel()
	if all, err := ReadBody(brokenBody{Bytes("0123")}); !errors.Is(err, errBroken) || all != nil {
		t.Errorf("got %q, %v", all, err)
	}
}
