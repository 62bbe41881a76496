package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/cobra"
)

func TestProgress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		cmd := &cobra.Command{}
		cmd.SetErr(&out)
		p := newProgress(cmd, "files", 4)
		for range 4 {
			<-time.After(3 * time.Second)
			p.add()
		}
		p.end()
		if got, want := out.String(), "2 of 4 files\n4 of 4 files\n"; got != want {
			t.Errorf("lines %q, want %q", got, want)
		}
	})
}

func TestProgressBar(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		cmd := &cobra.Command{}
		cmd.SetErr(&out)
		p := newProgress(cmd, "files", 4)
		p.bar = true
		<-time.After(time.Second)
		p.add()
		if got, want := out.String(), "\r["+strings.Repeat("#", 7)+strings.Repeat(".", 23)+"]  25 %  1 of 4 files  1/s\x1b[K"; got != want {
			t.Errorf("bar %q, want %q", got, want)
		}
		out.Reset()
		p.add() // too soon
		p.end()
		if got, want := out.String(), "\r\x1b[K"; got != want {
			t.Errorf("at the end %q, want %q", got, want)
		}
	})
}
