package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// TestDashboardWeight opens the dashboard of somebody with a thousand packages, in a
// browser that has nothing of the site: three requests and 100 kB. When it is opened
// again, one request and 30 kB.
func TestDashboardWeight(t *testing.T) {
	t.Parallel()
	s := startServerOn(t, t.TempDir(), []string{"VIVARIUM_LOG_LEVEL=debug"})
	s.furnish()
	s.importPackages("alice", 1000)
	s.admin("", "create-token", "alice", "--name", "nightly", "--scopes", "repos", "--expires", "72h")
	s.keep(s.addToken("alice", "t", "all"), "field.ipynb", notebookOf(t, []string{"# Field"}))
	alice := s.person().signIn("alice")
	alice.form("/reef-lab/tinyn/star", "do", "star")
	b := newBrowser(t, s, true)
	b.run(b.cookiesOf(alice))

	b.weighs("the first time", 3, 100_000, chromedp.Navigate(s.URL+"/landscape"))
	b.shows("All 1,000", "many-", "Activity", "tinyn", "within two weeks", "Group Membership")
	b.weighs("after that", 1, 30_000, chromedp.Navigate(s.URL+"/landscape"))
	b.weighs("reloaded", 1, 30_000, chromedp.Reload())

	// A browser with a window asks for the icon of the site too.
	var icon string
	b.run(chromedp.Evaluate(`document.querySelector("link[rel=icon]").href`, &icon))
	if !strings.HasPrefix(icon, "data:") {
		t.Errorf("the icon of the site is one more request: %s", icon)
	}
	b.inspect("dashboard")
}

// importPackages puts this many packages into a channel.
func (s *server) importPackages(channel string, count int) {
	s.t.Helper()
	dir := s.t.TempDir()
	for n := range count {
		a := condaSpec{name: fmt.Sprintf("many-%d", n)}.build(s.t)
		sure(s.t, os.WriteFile(filepath.Join(dir, a.fileName), a.data, 0o600))
	}
	if got := s.admin("", "import", dir, "--channel", channel); !strings.HasPrefix(got, fmt.Sprintf("imported %d files", count)) {
		s.t.Fatalf("import says %q", got)
	}
}

// cookiesOf makes the browser who a person is, without opening a page.
func (b *browser) cookiesOf(p *person) chromedp.Action {
	var cookies []*network.CookieParam
	for _, c := range p.client.Jar.Cookies(must(b.t, b.s.URL)) {
		cookies = append(cookies, &network.CookieParam{Name: c.Name, Value: c.Value, URL: b.s.URL})
	}
	return network.SetCookies(cookies)
}

// traffic is what went over the wire.
type traffic struct {
	mu    sync.Mutex
	asked map[network.RequestID]string
	bytes float64
}

// note counts what did not come from the browser's cache.
func (w *traffic) note(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "data:") {
			w.asked[e.RequestID] = e.Request.URL
		}
	case *network.EventRequestServedFromCache:
		delete(w.asked, e.RequestID)
	case *network.EventResponseReceived:
		if e.Response.FromDiskCache {
			delete(w.asked, e.RequestID)
		}
	case *network.EventLoadingFinished:
		w.bytes += e.EncodedDataLength
	}
}

// settled is true two seconds after a page was loaded, when nothing more is asked for.
const settled = `new Promise(done => setTimeout(() => done(true), 2000))`

var requestOf = regexp.MustCompile(`msg=request method=\S+ path=(\S+)`)

// weighs loads a page. Neither the browser nor the server may have seen more requests,
// and no more bytes may have come, headers counted.
func (b *browser) weighs(when string, requests int, bytes float64, load chromedp.Action) {
	b.t.Helper()
	w, before := &traffic{asked: map[network.RequestID]string{}}, len(b.s.log.String())
	chromedp.ListenTarget(b.ctx, w.note)
	var done bool
	b.run(load, chromedp.Evaluate(settled, &done, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	seen := requestOf.FindAllStringSubmatch(b.s.log.String()[before:], -1)
	w.mu.Lock()
	defer w.mu.Unlock()
	b.t.Logf("%s: %d requests, %.0f bytes", when, len(seen), w.bytes)
	if len(w.asked) > requests || len(seen) > requests {
		b.t.Errorf("%s: the browser sent %v and the server saw %v, want %d requests", when, w.asked, seen, requests)
	}
	if len(w.asked) == 0 || len(seen) == 0 || w.bytes == 0 || w.bytes > bytes {
		b.t.Errorf("%s: %.0f bytes came with %d requests, want some and at most %.0f", when, w.bytes, len(seen), bytes)
	}
}
