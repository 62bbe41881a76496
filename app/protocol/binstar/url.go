package binstar

import (
	"net/http"
	"net/url"
	"slices"
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

// pageURL is the web page of a package. A name that has a meaning of its own
// below a channel has its page in the long form (contract 5).
func pageURL(r *http.Request, owner, name string) string {
	lower := strings.ToLower(name)
	taken := slices.Contains(model.ChannelSegments, lower) || slices.Contains(channelFiles, lower) || model.KnownSubdir(lower, nil)
	if taken {
		return base(r) + join(owner, "packages", name)
	}
	return base(r) + join(owner, name)
}

// channelFiles are the conda channel's own second path segments.
var channelFiles = []string{"channeldata.json", "notices.json", "rss.xml"}
