package conda

import "strings"

// SplitSpec divides what stands in depends into the name of a package, in lower
// case, and what of it is accepted: versions and builds as they are written, empty
// for any. The name is empty when there is none.
func SplitSpec(spec string) (name, accepts string) {
	if _, behind, ok := strings.Cut(spec, "::"); ok { // a channel stands before it
		spec = behind
	}
	spec = strings.Join(strings.Fields(spec), " ")
	end := strings.IndexAny(spec, " =<>!~[")
	if end < 0 {
		end = len(spec)
	}
	return strings.ToLower(spec[:end]), strings.TrimSpace(spec[end:])
}
