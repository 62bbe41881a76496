package httpd

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vivarium/app/model"
)

// checkPath refuses addresses that say the same thing in a second way: empty
// parts, dots, encoded slashes, control characters. A mux would redirect some of
// them, which programs do not follow, and none of them names anything of ours.
func (s *site) checkPath(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		// The Binstar API compares decoded paths: there a slash within a file's
		// or label's name may be written as %2F.
		if !plainPath(v.segments, v.surface == model.APISurface) {
			s.refuse(w, r, notHere())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// plainPath reports whether the decoded segments of a path are as they should be.
// Only the last may be empty.
func plainPath(segments []string, slashes bool) bool {
	for i, segment := range segments {
		last := i == len(segments)-1
		if segment == "" && last {
			continue
		}
		parts := []string{segment}
		if slashes {
			parts = strings.Split(segment, "/")
		}
		if slices.ContainsFunc(parts, oddPart) {
			return false
		}
	}
	return true
}

func oddPart(s string) bool {
	return s == "" || s == "." || s == ".." || !utf8.ValidString(s) || strings.ContainsFunc(s, oddRune)
}

func oddRune(r rune) bool { return r == '/' || r == '\\' || unicode.IsControl(r) }
