package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"vivarium/app/model"
)

// How often progress is shown: a bar moves, a line stays.
const (
	barInterval  = 100 * time.Millisecond
	lineInterval = 5 * time.Second
	barWidth     = 30
)

// progress says on stderr how far a long command has come: a bar on a terminal,
// otherwise a line now and then. It is for one goroutine.
type progress struct {
	out          io.Writer
	clock        model.Clock
	bar          bool
	what         string // that is counted
	total, count int
	began, shown time.Time
}

// newProgress begins a count of total things that are called what.
func newProgress(cmd *cobra.Command, what string, total int) *progress {
	p := &progress{out: cmd.ErrOrStderr(), what: what, total: total}
	if f, ok := p.out.(*os.File); ok {
		p.bar = term.IsTerminal(int(f.Fd()))
	}
	p.began = p.clock.Now()
	p.shown = p.began
	return p
}

// add counts one more.
func (p *progress) add() {
	p.count++
	every := lineInterval
	if p.bar {
		every = barInterval
	}
	if p.clock.Since(p.shown) < every {
		return
	}
	p.shown = p.clock.Now()
	if p.bar {
		fmt.Fprintf(p.out, "\r%s\x1b[K", p.text())
		return
	}
	fmt.Fprintf(p.out, "%d of %d %s\n", p.count, p.total, p.what)
}

// of counts one more of a total that is known only now.
func (p *progress) of(total int) {
	p.total = total
	p.add()
}

// text is the bar as it stands.
func (p *progress) text() string {
	part := min(1, float64(p.count)/float64(max(1, p.total)))
	full := int(part * barWidth)
	rate := float64(p.count) / max(p.clock.Since(p.began).Seconds(), 1e-3)
	return fmt.Sprintf("[%s%s] %3.0f %%  %d of %d %s  %.0f/s",
		strings.Repeat("#", full), strings.Repeat(".", barWidth-full), 100*part, p.count, p.total, p.what, rate)
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
