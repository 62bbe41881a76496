package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/spf13/cobra"
)

// TestBrokenOff: who ends a command is told so in words, how far it came, and what
// the same command does when it is given again.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		command string
		err     error
		want    string
	}{
		{"import", partWay(768, 1508, "files", context.Canceled), "working: broken off after 768 of 1508 files; give the same command again to go on"},
		{"export", partWay(1, 2, "files", fmt.Errorf("list files: %w", context.Canceled)), "working: broken off after 1 of 2 files; give the same command again to go on"},
		{"import-site", context.Canceled, "working: broken off; give the same command again to go on"},
		{"import-channel", errors.Join(context.Canceled, nil), "working: broken off; give the same command again to go on"},
		{"backup", fmt.Errorf("copy the database: %w", context.Canceled), "working: broken off; the same command begins anew"},
		{"import", partWay(1, 2, "files", errors.New("the disk is gone")), "working: after 1 of 2 files: the disk is gone"},
		{"import", partWay(1, 2, "files", nil), ""},
		{"check", context.DeadlineExceeded, "working: context deadline exceeded"},
	} {
		cmd := &cobra.Command{Use: tt.command}
		err := doing("working", func(*cobra.Command, []string) error { return tt.err })(cmd, nil)
		var f *failure
		switch {
		case tt.want == "" && err == nil:
		case !errors.As(err, &f) || f.status != statusRefused || f.Error() != tt.want || !errors.Is(err, tt.err):
			t.Errorf("%s, %v: got %v, want %q", tt.command, tt.err, err, tt.want)
		}
	}
}
