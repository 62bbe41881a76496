package httpd

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"vivarium/app/model"
)

// limitRate answers 429 to a client that asks too often. notices.json is exempt:
// conda asks for it before everything else and retries for seconds.
func (s *site) limitRate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.limiter != nil && !exempt(visitOf(r)) {
			if err := s.limiter.take("address "+rateKey(r.RemoteAddr), s.Clock.Now()); err != nil {
				s.refuse(w, r, err)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// admitAccount counts a request for the account it turned out to act as.
func (s *site) admitAccount(login string) error {
	return s.limiter.take("account "+login, s.Clock.Now())
}

func exempt(v visit) bool {
	last := v.segments[len(v.segments)-1]
	return v.surface == healthSurface || v.surface == staticSurface || v.surface == model.CondaSurface && last == "notices.json"
}

// rateKey is what counts as one client: an IPv4 address, or the network that an
// IPv6 site has for itself.
func rateKey(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Is4() {
		return address
	}
	const siteBits = 64
	p, _ := a.WithZone("").Prefix(siteBits) // an IPv6 address has more bits than that
	return p.String()
}

// The most clients of which a limiter keeps count, twice over.
const limiterSize = 20_000

// limiter allows each key so many requests per minute. A key that was silent for
// a minute starts anew, so counts older than that are dropped, a generation at a
// time.
type limiter struct {
	perMinute int

	mu            sync.Mutex
	recent, older map[string]*rate.Limiter
	turned        time.Time
}

func newLimiter(perMinute int) *limiter {
	return &limiter{perMinute: perMinute, recent: map[string]*rate.Limiter{}}
}

// take counts a request of key, or returns a TooMany error with the time to wait.
func (l *limiter) take(key string, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket := l.bucket(key, now)
	claim := bucket.ReserveN(now, 1)
	wait := claim.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	claim.CancelAt(now)
	err := model.Errorf(model.TooMany, "There were more than %d requests in a minute. Wait a little and try again.", l.perMinute)
	err.RetryAfter = wait
	return err
}

func (l *limiter) bucket(key string, now time.Time) *rate.Limiter {
	if len(l.recent) >= limiterSize || now.Sub(l.turned) > time.Minute {
		l.older, l.recent, l.turned = l.recent, map[string]*rate.Limiter{}, now
	}
	if b, ok := l.recent[key]; ok {
		return b
	}
	b, ok := l.older[key]
	if !ok {
		b = rate.NewLimiter(rate.Limit(float64(l.perMinute)/time.Minute.Seconds()), l.perMinute)
	}
	l.recent[key] = b
	return b
}
