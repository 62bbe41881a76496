package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"vivarium/app/model"
	"vivarium/app/store"
)

func TestHints(t *testing.T) {
	t.Parallel()
	listening := func(errno syscall.Errno) error {
		return fmt.Errorf("listen: %w", &net.OpError{Op: "listen", Net: "tcp", Err: os.NewSyscallError("bind", errno)})
	}
	for _, tt := range []struct {
		err  error
		want string
	}{
		{listening(syscall.EADDRINUSE), "; stop what listens there"},
		{listening(syscall.EADDRNOTAVAIL), "; this machine has no such address"},
		{listening(syscall.EACCES), "; ports below 1024"},
		{&fs.PathError{Op: "open", Path: "data/serve.lock", Err: syscall.EACCES}, "; run this as the user to whom that belongs"},
		{fmt.Errorf("open: %w", store.ErrDamaged), "; restore a backup"},
		{model.Errorf(model.Full, "There is no space."), `There is no space. The disk of the data folder is full: free a few megabytes`},
		{model.Errorf(model.NotFound, "User %q does not exist.", "x"), `does not exist. "app admin list-users"`},
		{model.Errorf(model.NotFound, "Token %q does not exist.", "x"), `"app admin list-tokens USER"`},
		{model.FieldErrorf("username", "%s has no token %q that you may look at.", "x", "y"), `look at. "app admin list-tokens USER"`},
		{model.Errorf(model.NotFound, "Package %q does not exist.", "x"), ""},
		{errors.New("something else"), ""},
	} {
		got := withHint(tt.err)
		if !errors.Is(got, tt.err) || tt.want == "" && got.Error() != tt.err.Error() || !strings.Contains(got.Error(), tt.want) {
			t.Errorf("withHint(%v) = %v, want %q in it", tt.err, got, tt.want)
		}
	}
}
