package protocol

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// immutableAge is how long bytes that never change may be kept: a year.
const immutableAge = 365 * 24 * time.Hour

func cacheControl(private, immutable bool, maxAge time.Duration) string {
	var words []string
	switch {
	case private:
		words = append(words, "private")
	case immutable:
		words = append(words, "public")
	}
	if immutable {
		return strings.Join(append(words, maxAgeWord(immutableAge), "immutable"), ", ")
	}
	return strings.Join(append(words, maxAgeWord(maxAge), "must-revalidate"), ", ")
}

func maxAgeWord(age time.Duration) string {
	return "max-age=" + strconv.FormatInt(int64(max(age, 0)/time.Second), 10)
}

// guardBytes keeps a browser from running what it was given and from telling
// other sites an address that may hold a token. A surface that knows better what
// its pages may do has said so before.
func guardBytes(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	if h.Get("Content-Security-Policy") == "" {
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	}
	h.Set("Referrer-Policy", "no-referrer")
}

// varyByCredential tells shared caches that another credential may get another
// answer from this URL.
func varyByCredential(h http.Header) { h.Add("Vary", "Authorization, X-API-Key") }

// notModified reports whether the client's copy is still right. If-Modified-Since
// counts only without If-None-Match (RFC 9110 13.2.2).
func notModified(r *http.Request, etag string, modTime time.Time) bool {
	if tags := r.Header["If-None-Match"]; len(tags) > 0 {
		return etag != "" && matchesETag(strings.Join(tags, ","), etag)
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !modTime.IsZero() && !modTime.Truncate(time.Second).After(since)
}

// matchesETag compares weakly, as If-None-Match wants it.
func matchesETag(list, etag string) bool {
	for tag := range strings.SplitSeq(list, ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || strings.TrimPrefix(tag, "W/") == etag {
			return true
		}
	}
	return false
}
