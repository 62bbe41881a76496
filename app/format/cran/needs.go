package cran

import "strings"

// Need is a package that another one needs, and which versions of it do: empty for
// any.
type Need struct{ Name, Accepts string }

// Needs lists what must be installed before the package: not R itself, and not what
// it only suggests.
func (e Entry) Needs() []Need {
	var all []Need
	for _, field := range []string{"Depends", "Imports", "LinkingTo"} {
		for item := range strings.SplitSeq(e.get(field), ",") {
			name, versions, _ := strings.Cut(item, "(")
			if name = strings.TrimSpace(name); name == "" || name == "R" {
				continue
			}
			versions, _, _ = strings.Cut(versions, ")")
			all = append(all, Need{name, strings.TrimSpace(versions)})
		}
	}
	return all
}
