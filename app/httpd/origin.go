package httpd

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// origin is where a request comes from and how its client sees the site.
type origin struct {
	address string // the client's, without a port
	scheme  string
	host    string
	proxied bool // it came through a trusted proxy
}

// originOf reads where r comes from. X-Forwarded-* headers count only when the
// other end of the connection is a trusted proxy.
func originOf(r *http.Request, trusted []netip.Prefix) origin {
	o := origin{address: r.RemoteAddr, scheme: "http", host: r.Host}
	if r.TLS != nil {
		o.scheme = "https"
	}
	from, ok := peer(r)
	if !ok {
		return o
	}
	o.address = from.String()
	if !within(from, trusted) {
		return o
	}
	o.proxied = true
	o.address = clientOf(from, r.Header.Values("X-Forwarded-For"), trusted).String()
	if proto := lastOf(r.Header.Values("X-Forwarded-Proto")); proto == "http" || proto == "https" {
		o.scheme = proto
	}
	if host := lastOf(r.Header.Values("X-Forwarded-Host")); validHost(host) {
		o.host = host
	}
	return o
}

// clientOf goes through the hops from the nearest one and returns the first that
// is not a trusted proxy: what stands before it may be invented. Something that
// is no address ends the search.
func clientOf(from netip.Addr, headers []string, trusted []netip.Prefix) netip.Addr {
	hops := listOf(headers)
	for _, hop := range slices.Backward(hops) {
		a, ok := parseHop(hop)
		if !ok {
			return from
		}
		from = a
		if !within(a, trusted) {
			return from
		}
	}
	return from
}

// parseHop reads an address with or without a port.
func parseHop(s string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
		return a.Unmap(), true
	}
	ap, err := netip.ParseAddrPort(s)
	return ap.Addr().Unmap(), err == nil
}

func within(a netip.Addr, networks []netip.Prefix) bool {
	return slices.ContainsFunc(networks, func(p netip.Prefix) bool { return p.Contains(a.WithZone("")) })
}

// listOf splits the values of a header that holds a list.
func listOf(headers []string) []string {
	var all []string
	for _, h := range headers {
		for item := range strings.SplitSeq(h, ",") {
			all = append(all, strings.TrimSpace(item))
		}
	}
	return all
}

// lastOf returns what the nearest proxy said.
func lastOf(headers []string) string {
	all := listOf(headers)
	if len(all) == 0 {
		return ""
	}
	return strings.ToLower(all[len(all)-1])
}
