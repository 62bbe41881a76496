package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// resumed are the commands that go on where they were broken off. All others begin
// anew.
var resumed = map[string]bool{"import": true, "export": true, "import-site": true, "import-channel": true}

// part is an error that came when a part of the work was done.
type part struct {
	count, total int
	what         string
	err          error
}

// partWay says how far the work had come when err ended it, if it did.
func partWay(count, total int, what string, err error) error {
	if err == nil {
		return nil
	}
	return &part{count, total, what, err}
}

// done is how much was done.
func (p *part) done() string { return fmt.Sprintf("after %d of %d %s", p.count, p.total, p.what) }

// Error says how much was done and what is wrong.
func (p *part) Error() string { return p.done() + ": " + p.err.Error() }

// Unwrap returns the cause.
func (p *part) Unwrap() error { return p.err }

// brokenOff puts into words that a command was ended by a signal. Other errors stay
// as they are.
func brokenOff(cmd *cobra.Command, err error) error {
	if !errors.Is(err, context.Canceled) {
		return err
	}
	text := "broken off"
	var p *part
	if errors.As(err, &p) {
		text += " " + p.done()
	}
	if resumed[cmd.Name()] {
		return reworded{text + "; give the same command again to go on", err}
	}
	return reworded{text + "; the same command begins anew", err}
}

// reworded is an error in other words.
type reworded struct {
	text string
	err  error
}

// Error returns the other words.
func (r reworded) Error() string { return r.text }

// Unwrap returns the error itself.
func (r reworded) Unwrap() error { return r.err }
