package blob

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"vivarium/app/model"
)

func openScratch(t *testing.T) (*Scratch, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data", "cache")
	s, err := OpenScratch(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, dir
}

func contents(t *testing.T, s *Scratch, name string) string {
	t.Helper()
	f, err := s.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func names(t *testing.T, s *Scratch) []string {
	t.Helper()
	list, err := s.Names()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func write(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func TestScratchFilesComeWhole(t *testing.T) {
	t.Parallel()
	s, dir := openScratch(t)
	if err := s.Write("a-1.index", write("one")); err != nil {
		t.Fatal(err)
	}
	if err := s.Write("a-1.index", write("two")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := s.Write("a-1.index", func(w io.Writer) error { return errors.Join(write("half")(w), broken) })
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	if got := contents(t, s, "a-1.index"); got != "two" {
		t.Errorf("got %q", got)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("got %v, %v, want one file", files, err)
	}
	info, err := os.Stat(filepath.Join(dir, "a-1.index"))
	if err != nil || info.Mode().Perm() != fileMode {
		t.Errorf("got mode %v, %v", info.Mode(), err)
	}
}

func TestScratchAppends(t *testing.T) {
	t.Parallel()
	s, _ := openScratch(t)
	for _, text := range []string{"one", "two"} {
		f, err := s.Append("log")
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(write(text)(f), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if got := contents(t, s, "log"); got != "onetwo" {
		t.Errorf("got %q", got)
	}
}

func TestScratchTemporaryHasNoName(t *testing.T) {
	t.Parallel()
	s, dir := openScratch(t)
	f, err := s.Temporary()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("the folder has %v, %v", left, err)
	}
	if _, err := f.WriteString("still there"); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, len("still there"))
	if _, err := f.ReadAt(b, 0); err != nil || string(b) != "still there" {
		t.Errorf("got %q, %v", b, err)
	}
}

func TestScratchListsAndRemoves(t *testing.T) {
	t.Parallel()
	s, dir := openScratch(t)
	for _, name := range []string{"b", "a"} {
		if err := s.Write(name, write(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if got := names(t, s); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q", got)
	}
	for range 2 { // absent the second time
		if err := s.Remove("a"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Open("a"); model.CodeOf(err) != model.NotFound {
		t.Errorf("got %v, want NotFound", err)
	}
	if got := names(t, s); !slices.Equal(got, []string{"b"}) {
		t.Errorf("got %q", got)
	}
}

func TestScratchRefusesOtherNames(t *testing.T) {
	t.Parallel()
	s, _ := openScratch(t)
	for _, name := range []string{"", ".", "..", "../x", "/x", "a/b", ".hidden", "new-x", "a b", "ä", "a\x00"} {
		_, opened := s.Open(name)
		_, appended := s.Append(name)
		for what, err := range map[string]error{"write": s.Write(name, write("")), "open": opened, "append": appended, "remove": s.Remove(name)} {
			if model.CodeOf(err) != model.Invalid {
				t.Errorf("%s %q: got %v, want Invalid", what, name, err)
			}
		}
	}
}

func TestScratchSweepsWhatIsLeftHalfWritten(t *testing.T) {
	t.Parallel()
	s, dir := openScratch(t)
	old := time.Now().Add(-2 * time.Hour)
	for _, name := range []string{"new-old", "new-young", "done"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"new-old", "done"} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	again, err := OpenScratch(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if _, err := os.Stat(filepath.Join(dir, "new-old")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want it gone", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "new-young")); err != nil {
		t.Error(err)
	}
	if got := names(t, s); !slices.Equal(got, []string{"done"}) {
		t.Errorf("got %q", got)
	}
}
