package archive_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

func TestOutputLimit(t *testing.T) {
	t.Parallel()
	const mib = 1 << 20
	for compressed, want := range map[int64]int64{
		0: 64 * mib, 492: 64 * mib, 64 << 10: 64 * mib, 100_000: 100_000_000, mib / 2: 500 * mib, mib: 512 * mib,
		5 * mib: 512 * mib, 6 * mib: 600 * mib, 1 << 30: 100 << 30, 10 << 30: 512 << 30, 1 << 62: 512 << 30,
	} {
		if got := archive.OutputLimit(compressed); got != want {
			t.Errorf("%d bytes: got %d, want %d", compressed, got, want)
		}
	}
	last := int64(0)
	for size := int64(1); size < 1<<40; size += size/7 + 1 {
		if got := archive.OutputLimit(size); got < last {
			t.Fatalf("%d bytes may yield %d, fewer than a smaller archive", size, got)
		} else {
			last = got
		}
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	refusal := errors.New("too much")
	for limit, want := range map[int64]error{0: refusal, 4: refusal, 5: nil, 6: nil} {
		limited := archive.Limit(strings.NewReader("hello"), limit, refusal)
		got, err := io.ReadAll(limited)
		if !errors.Is(err, want) || err == nil && (string(got) != "hello" || limited.Count() != 5) {
			t.Errorf("limit %d: got %q, %v, want %v", limit, got, err, want)
		}
	}
}

func TestLimitMember(t *testing.T) {
	t.Parallel()
	_, err := io.ReadAll(archive.LimitMember(bytes.NewReader(make([]byte, 3000)), 2048, "info/x"))
	if model.CodeOf(err) != model.Invalid || err.Error() != "info/x is larger than 2 KiB." {
		t.Errorf("got %v", err)
	}
}

func TestRefuse(t *testing.T) {
	t.Parallel()
	told := model.Errorf(model.Invalid, "It is so.")
	for cause, want := range map[error]string{
		told: "It is so.", io.EOF: "X is cut short.", io.ErrUnexpectedEOF: "X is cut short.", errors.New("tar: what"): "X is damaged.",
	} {
		got := archive.Refuse("X", cause)
		if model.CodeOf(got) != model.Invalid || !strings.HasPrefix(got.Error(), want) || !errors.Is(got, cause) {
			t.Errorf("%v: got %v, want %q", cause, got, want)
		}
	}
	if got := archive.Refuse("X", nil); got != nil {
		t.Errorf("got %v for no error", got)
	}
}

type brokenDisk struct{}

var errDisk = errors.New("input/output error")

func (brokenDisk) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func TestSource(t *testing.T) {
	t.Parallel()
	damaged := model.Errorf(model.Invalid, "It is damaged.")
	whole := archive.NewSource(strings.NewReader("PKzip"), 5)
	if !whole.Starts("PK") || whole.Starts("BZ") || whole.Starts("PKzip and more") || whole.Size() != 5 {
		t.Error("a source does not know how it starts")
	}
	if got := whole.Blame(damaged); !errors.Is(got, damaged) {
		t.Errorf("got %v for a sound disk", got)
	}
	broken := archive.NewSource(brokenDisk{}, 5)
	broken.Starts("PK")
	if got := broken.Blame(damaged); !errors.Is(got, errDisk) || model.CodeOf(got) != model.Internal {
		t.Errorf("got %v (%v) for a broken disk", got, model.CodeOf(got))
	}
	if got := broken.Blame(nil); got != nil {
		t.Errorf("got %v where all went well", got)
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a": `"a"`, "a\nb\x1b[2J": `"a?b?[2J"`, "\xff": `"?"`, "grüße": `"grüße"`, "\u202e": `"?"`, strings.Repeat("x", 99): `"` + strings.Repeat("x", 81) + `…"`,
	} {
		if got := archive.Quote(name); got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}
