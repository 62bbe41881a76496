package main

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"vivarium/app/model"
)

// withHint adds to an error what to do about it, where the part that failed knows
// nothing of commands and flags.
func withHint(err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%w; stop what listens there, or choose another address with --listen", err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%w; this machine has no such address: choose one with --listen", err)
	case model.CodeOf(err) == model.NotFound:
		return withNames(err)
	}
	return err
}

// listings are the commands that tell the names of what an error says is not there.
var listings = []struct{ subject, text string }{
	{"User ", `"app admin list-users" and "app admin list-orgs" tell the names.`},
	{"Account ", `"app admin list-users" and "app admin list-orgs" tell the names.`},
	{"Token ", `"app admin list-tokens USER" tells the names.`},
}

func withNames(err error) error {
	for _, l := range listings {
		if strings.HasPrefix(model.MessageOf(err), l.subject) {
			return fmt.Errorf("%w %s", err, l.text)
		}
	}
	return err
}
