package httpd

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"vivarium/app/model"
)

// checkHost answers 421 to a request for a page under another name than the
// public one: a page must not vouch for an address that somebody else chose.
// Under a loopback name it is the operator who looks.
func (s *site) checkHost(next http.Handler) http.Handler {
	if s.public == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		if v.surface == model.PageSurface && !sameHost(v.host, s.public) && !loopback(v.host) {
			s.refuseWith(w, r, http.StatusMisdirectedRequest, model.Errorf(model.Invalid, "This site has another address: %s", s.PublicURL))
			return
		}
		next.ServeHTTP(w, r)
	})
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// sameHost compares a Host header with the public address; the port that goes
// with the scheme may be left out.
func sameHost(host string, public *url.URL) bool {
	usual := defaultPorts[public.Scheme]
	name, port := splitHost(host, usual)
	wantName, wantPort := splitHost(public.Host, usual)
	return strings.EqualFold(name, wantName) && port == wantPort
}

func splitHost(host, usual string) (name, port string) {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		return strings.Trim(host, "[]"), usual
	}
	return name, port
}

func loopback(host string) bool {
	name, _ := splitHost(host, "")
	a, err := netip.ParseAddr(name)
	return err == nil && a.IsLoopback() || strings.EqualFold(name, "localhost")
}
