package binstar

import (
	"net/http"
	"net/url"
	"strings"

	"vivarium/app/model"
)

// base is the address under which the client sees the site: httpd put it into
// the request's URL.
func base(r *http.Request) string { return r.URL.Scheme + "://" + r.URL.Host }

// join escapes segments into a path; slashes within a segment separate.
func join(segments ...string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.Join(segments, "/"), "/") {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(part))
	}
	return b.String()
}

// pageURL is the web page of a package.
func pageURL(r *http.Request, owner, name string) string {
	if model.NeedsLongAddress(name) {
		return base(r) + join(owner, "packages", name)
	}
	return base(r) + join(owner, name)
}
