package httpd

import (
	"net/url"
	"slices"
	"strings"

	"vivarium/app/model"
)

// Surfaces that are httpd's own business.
const (
	staticSurface model.Surface = "static"
	healthSurface model.Surface = "health"
	absentSurface model.Surface = "absent" // has an address in the plan, and is not built yet
)

// prefixes are the first path segments that decide alone who answers.
var prefixes = map[string]model.Surface{
	"api":         model.APISurface,
	"upload":      model.StoreSurface,
	"conda":       model.CondaSurface,
	"t":           model.CondaSurface,
	"static":      staticSurface,
	"health":      healthSurface,
	"pypi":        model.PyPISurface,
	"cran":        model.RSurface,
	"quetz":       model.QuetzSurface,
	"prefix":      model.PrefixSurface,
	"artifactory": model.CondaSurface,
	"metrics":     absentSurface,
}

// Prefixes returns the first path segments that lead to a surface other than the
// pages, in order. No account may be called so.
func Prefixes() []string {
	var all []string
	for p := range prefixes {
		all = append(all, p)
	}
	slices.Sort(all)
	return all
}

// surfaceOf says who answers a path, given its decoded segments. Below an account
// the second segment decides (contract 5).
func surfaceOf(segments []string, extraSubdirs []string) model.Surface {
	first, second := segments[0], ""
	if len(segments) > 1 {
		second = segments[1]
	}
	if first == "t" && isPython(segments) {
		return model.PyPISurface
	}
	if first == "t" && len(segments) > 2 && segments[2] == "cran" {
		return model.RSurface
	}
	if s, ok := prefixes[first]; ok {
		return s
	}
	switch {
	case slices.Contains(model.Segments, first):
		return model.PageSurface
	case second == "label", slices.Contains(model.ChannelDocuments, second), model.KnownSubdir(second, extraSubdirs):
		return model.CondaSurface
	case second == "simple":
		return model.PyPISurface
	}
	return model.PageSurface
}

// isPython tells the Python index behind a token from a conda channel:
// /t/{token}/pypi/… and /t/{token}/{channel}/simple/….
func isPython(segments []string) bool {
	return len(segments) > 2 && segments[2] == "pypi" || len(segments) > 3 && segments[3] == "simple"
}

// segmentsOf splits an escaped path and decodes each part, so that an encoded
// slash does not divide. There is always at least one.
func segmentsOf(escaped string) []string {
	parts := strings.Split(strings.TrimPrefix(escaped, "/"), "/")
	for i, p := range parts {
		if plain, err := url.PathUnescape(p); err == nil {
			parts[i] = plain
		}
	}
	return parts
}
