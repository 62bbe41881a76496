package httpd

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"

	"vivarium/app/model"
)

// visit is what is found out about a request when it comes in.
type visit struct {
	surface  model.Surface
	segments []string // of the path, decoded
	host     string   // as the client sees it, whatever the public address is
	note     *model.RequestNote
}

type visitKey struct{}

func visitOf(r *http.Request) visit {
	v, _ := r.Context().Value(visitKey{}).(visit)
	return v
}

var requestIDPattern = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

// receive gives the request an id and puts it into the form in which surfaces
// expect it: RemoteAddr is the client's address alone, URL.Scheme and URL.Host are
// those of the address under which the client sees the site.
func (s *site) receive(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := originOf(r, s.TrustedProxies)
		v := visit{host: from.host, note: &model.RequestNote{ID: requestID(r, from.proxied)}}
		if s.limiter != nil {
			v.note.Admit = s.admitAccount
		}
		r = s.normalize(r, from)
		v.segments = segmentsOf(r.URL.EscapedPath())
		v.surface = surfaceOf(v.segments, s.ExtraSubdirs)
		ctx := model.WithRequestNote(context.WithValue(r.Context(), visitKey{}, v), v.note)
		w.Header().Set("X-Request-Id", v.note.ID)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// requestID returns the id that a trusted proxy gave the request, or a new one.
func requestID(r *http.Request, proxied bool) string {
	if id := r.Header.Get("X-Request-Id"); proxied && requestIDPattern.MatchString(id) {
		return id
	}
	var raw [12]byte
	_, _ = rand.Read(raw[:]) // never fails
	return hex.EncodeToString(raw[:])
}

// forwardingHeaders are believed from trusted proxies alone, and by nobody further
// in.
var forwardingHeaders = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-Ip", "X-Request-Id"}

func (s *site) normalize(r *http.Request, from origin) *http.Request {
	out, u := *r, *r.URL
	u.Scheme, u.Host = from.scheme, from.host
	if s.public != nil {
		u.Scheme, u.Host = s.public.Scheme, s.public.Host
	}
	if u.Path == "" {
		u.Path = "/"
	}
	out.URL, out.Host, out.RemoteAddr = &u, from.host, from.address
	out.Header = r.Header.Clone()
	for _, name := range forwardingHeaders {
		out.Header.Del(name)
	}
	return &out
}

// peer returns the address of the other end of the connection.
func peer(r *http.Request) (netip.Addr, bool) {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false
	}
	return ap.Addr().Unmap(), true
}

// validHost reports whether s can stand as the host of an address.
func validHost(s string) bool {
	u, err := url.Parse("http://" + s + "/")
	return err == nil && u.Host == s && u.Hostname() != "" && u.User == nil
}
