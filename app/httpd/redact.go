package httpd

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"vivarium/app/model"
)

const redacted = "<redacted>"

// secretPrefixes are the path segments after which a secret stands.
var secretPrefixes = [][]string{{"t"}, {"conda", "t"}, {"pypi", "t"}, {"cran", "t"}, {"artifactory", "t"}, {"reset-password"}, {"account", "confirm-email"}}

// tokenPattern finds a token wherever it stands, whole or cut.
var tokenPattern = regexp.MustCompile(regexp.QuoteMeta(model.TokenPrefix) + `[A-Za-z0-9]{16,}`)

// safePath returns a path as it may be logged: escaped, so that no control
// character gets through, and without the secrets in it, however they are
// escaped. The query is left out.
func safePath(u *url.URL) string {
	plain := unescapeAll(u.EscapedPath())
	segments := strings.Split(plain, "/")
	hidden := hideSecrets(segments)
	if !hidden {
		return u.EscapedPath()
	}
	for i, s := range segments {
		if s != redacted {
			segments[i] = url.PathEscape(s)
		}
	}
	return strings.Join(segments, "/")
}

// unescapeAll takes off one layer of escapes after another.
func unescapeAll(s string) string {
	for range 5 {
		plain, err := url.PathUnescape(s)
		if err != nil || plain == s {
			break
		}
		s = plain
	}
	return s
}

// hideSecrets overwrites the segments that hold a secret and reports whether
// there was one.
func hideSecrets(segments []string) (hidden bool) {
	var seen []string // the segments so far, without empty ones
	for i, s := range segments {
		if s == "" {
			continue
		}
		afterPrefix := slices.ContainsFunc(secretPrefixes, func(p []string) bool { return slices.Equal(p, seen) })
		if afterPrefix || strings.Contains(s, model.TokenPrefix) && tokenPattern.MatchString(s) {
			segments[i], hidden = redacted, true
		}
		seen = append(seen, s)
	}
	return hidden
}
