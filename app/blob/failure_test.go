package blob

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"vivarium/app/model"
)

func TestFailureHasCode(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		want model.Code
	}{
		{syscall.ENOSPC, model.Full},
		{syscall.EDQUOT, model.Full},
		{syscall.EROFS, model.ReadOnly},
		{syscall.EIO, model.Internal},
	} {
		wrapped := &fs.PathError{Op: "write", Path: "tmp/secret-name", Err: test.err}
		err := failure("write a temporary blob", wrapped)
		if got := model.CodeOf(err); got != test.want {
			t.Errorf("%v: got %v, want %v", test.err, got, test.want)
		}
		if !errors.Is(err, test.err) {
			t.Errorf("%v: the cause is lost", test.err)
		}
		if strings.Contains(model.MessageOf(err), "secret-name") {
			t.Errorf("%v: the sentence %q names a path", test.err, model.MessageOf(err))
		}
	}
}

// /dev/full answers every write as a full disk does.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("reason: this system has no /dev/full")
	}
	d, err := OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	w, err := d.Create()
	if err != nil {
		t.Fatal(err)
	}
	w.file.Close()
	w.file = full
	if n, err := w.ReadFrom(strings.NewReader("bytes")); n != 0 || model.CodeOf(err) != model.Full {
		t.Fatalf("got %d, %v, want Full", n, err)
	}
	if _, err := w.Write([]byte("more")); model.CodeOf(err) != model.Full {
		t.Errorf("write after a failure: got %v, want Full", err)
	}
	if _, err := w.Commit(); model.CodeOf(err) != model.Full {
		t.Errorf("commit after a failure: got %v, want Full", err)
	}
	if left, err := d.list(temporaryFolder); len(left) != 0 || err != nil {
		t.Errorf("got leftovers %v, %v, want none", left, err)
	}
}
