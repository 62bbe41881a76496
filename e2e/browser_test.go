package e2e

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a Chromium with an empty profile. It finds controls by role and
// accessible name, as a screen reader does, and works with scripts off too.
type browser struct {
	t    *testing.T
	s    *server
	ctx  context.Context
	name string

	mu       sync.Mutex
	faults   []string
	forgiven []string
}

// patience is how long a browser may take for one thing; the machine may be busy.
const patience = 2 * time.Minute

// newBrowser starts Chromium. When the test ends, no page may have logged an
// error or asked another origin for anything.
func newBrowser(t *testing.T, s *server, scripts bool) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		lacks(t, "chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(newProfile(t)), chromedp.WSURLReadTimeout(patience),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, stopAllocator := chromedp.NewExecAllocator(t.Context(), options...)
	// What the library complains of are events that it is too old to know.
	ctx, stopBrowser := chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	b := &browser{t: t, s: s, ctx: ctx, name: fmt.Sprintf("scripts-%t", scripts)}
	t.Cleanup(func() { stopBrowser(); stopAllocator() })
	t.Cleanup(b.report)
	chromedp.ListenTarget(ctx, b.watch)
	if err := chromedp.Run(ctx); err != nil { // starts it; a deadline here would end it later
		t.Fatal(err)
	}
	b.run(accessibility.Enable(), log.Enable(), network.Enable(), runtime.Enable(), emulation.SetScriptExecutionDisabled(!scripts), b.size(1280))
	return b
}

// newProfile returns an empty folder for a browser. Its last processes outlive it for
// a moment and still write there, so that it takes more than one try to remove it.
func newProfile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "vivarium-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for tries := 200; os.RemoveAll(dir) != nil && tries > 0; tries-- {
			<-time.After(50 * time.Millisecond)
		}
	})
	return dir
}

// watch collects what a page should not do.
func (b *browser) watch(event any) {
	var fault string
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if at, err := url.Parse(e.Request.URL); err != nil || at.Scheme != "data" && at.Host != b.s.host {
			fault = "a page asked for " + e.Request.URL
		}
	case *runtime.EventExceptionThrown:
		fault = "a script failed: " + e.ExceptionDetails.Error()
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
			fault = fmt.Sprintf("the console says %s", e.Args[0].Value)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError {
			fault = "the browser logged " + e.Entry.Text + " " + e.Entry.URL
		}
	}
	if fault != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.faults = append(b.faults, fault)
	}
}

// forgive lets faults with words in them pass, which the test provokes; the browser
// may tell of them later.
func (b *browser) forgive(words string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forgiven = append(b.forgiven, words)
}

// report fails the test if a page misbehaved.
func (b *browser) report() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
		if !slices.ContainsFunc(b.forgiven, func(words string) bool { return strings.Contains(f, words) }) {
			b.t.Error(f)
		}
	}
}

// run performs browser actions.
func (b *browser) run(actions ...chromedp.Action) {
	b.t.Helper()
	if err := b.try(actions...); err != nil {
		b.t.Fatalf("%v\n%s", err, b.outline())
	}
}

// try is run for what may fail, such as between two pages.
func (b *browser) try(actions ...chromedp.Action) error {
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	return chromedp.Run(ctx, actions...)
}

// size makes the window this wide.
func (b *browser) size(width int64) chromedp.Action {
	return emulation.SetDeviceMetricsOverride(width, 900, 1, false)
}
