package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"regexp"
	"syscall"

	"vivarium/app/model"
	"vivarium/app/store"
)

// withHint adds to an error what to do about it, where the part that failed knows
// nothing of commands and flags.
func withHint(err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%w; stop what listens there, or choose another address with --listen", err)
	case errors.As(err, new(*net.OpError)) && errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%w; ports below 1024 are for privileged users: choose another one with --listen", err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%w; this machine has no such address: choose one with --listen", err)
	case errors.Is(err, store.ErrDamaged):
		return fmt.Errorf("%w; restore a backup into an empty folder with \"app admin restore FILE --data-dir DIR\"", err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w; run this as the user to whom that belongs", err)
	case model.CodeOf(err) == model.Full:
		return fmt.Errorf("%w The disk of the data folder is full: free a few megabytes of it, and then more with \"app admin gc\"", err)
	case model.CodeOf(err) == model.NotFound, model.CodeOf(err) == model.Invalid:
		return withNames(err)
	}
	return err
}

// listings are the commands that tell the names of what an error says is not there.
var listings = []struct {
	says *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`^(User|Account) .* does not exist`), `"app admin list-users" and "app admin list-orgs" tell the names.`},
	{regexp.MustCompile(`^Token .* does not exist|has no token ".*" that you may look at`), `"app admin list-tokens USER" tells the names.`},
}

func withNames(err error) error {
	for _, l := range listings {
		if l.says.MatchString(model.MessageOf(err)) {
			return fmt.Errorf("%w %s", err, l.text)
		}
	}
	return err
}
