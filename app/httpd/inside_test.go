package httpd

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestLimiterForgets(t *testing.T) {
	t.Parallel()
	l := newLimiter(1)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range 3 * limiterSize {
		_ = l.take(fmt.Sprint(n), now)
	}
	if kept := len(l.recent) + len(l.older); kept > 2*limiterSize {
		t.Errorf("%d keys are kept, want at most %d", kept, 2*limiterSize)
	}
	if err := l.take("known", now); err != nil {
		t.Fatal(err)
	}
	_ = l.take("other", now.Add(61*time.Second))
	if err := l.take("other", now.Add(62*time.Second)); err == nil {
		t.Error("turning to a new generation forgot a count that still matters")
	}
	if err := l.take("known", now.Add(62*time.Second)); err != nil {
		t.Errorf("a minute of silence was not enough: %v", err)
	}
}

func TestRecorder(t *testing.T) {
	t.Parallel()
	below := httptest.NewRecorder() // is no io.ReaderFrom
	w := &recorder{ResponseWriter: below}
	w.WriteHeader(http.StatusCreated)
	if n, err := w.ReadFrom(strings.NewReader("read ")); n != 5 || err != nil {
		t.Errorf("ReadFrom = %d, %v", n, err)
	}
	if _, err := w.Write([]byte("written")); err != nil {
		t.Error(err)
	}
	if w.status != http.StatusCreated || w.size != 12 || below.Body.String() != "read written" || w.Unwrap() != below {
		t.Errorf("status %d, size %d, body %q", w.status, w.size, below.Body)
	}
}

func TestRecorderWaitsForTheLastStatus(t *testing.T) {
	t.Parallel()
	w := &recorder{ResponseWriter: httptest.NewRecorder()}
	w.WriteHeader(http.StatusEarlyHints)
	if w.status != 0 {
		t.Errorf("status = %d after a hint", w.status)
	}
}

func TestPrefixesAreSorted(t *testing.T) {
	t.Parallel()
	if got := strings.Join(Prefixes(), " "); got != "api artifactory conda cran health metrics prefix pypi quetz static t upload" {
		t.Errorf("Prefixes() = %s", got)
	}
}
