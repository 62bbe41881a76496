package registry

import (
	"cmp"
	"slices"

	"vivarium/app/format/conda"
	"vivarium/app/format/cran"
	"vivarium/app/format/pypi"
	"vivarium/app/model"
)

// versionOrder is how the versions of a package are ordered, and which of them may
// be the latest.
type versionOrder struct {
	compare func(a, b string) int
	stable  func(string) bool
}

// orderOf returns R's rules for packages of these types that are for R, PEP 440
// for those of Python files alone, and conda's rules for the others.
func orderOf(types []model.PackageType) versionOrder {
	if slices.Contains(types, model.RPackage) {
		return versionOrder{cran.CompareVersions, func(string) bool { return true }}
	}
	if !slices.Contains(types, model.PyPI) || slices.Contains(types, model.Conda) {
		return versionOrder{conda.CompareVersions, conda.Stable}
	}
	return versionOrder{pypi.CompareVersions, func(s string) bool {
		v, err := pypi.ParseVersion(s)
		return err == nil && !v.IsPrerelease()
	}}
}

// offer is a version as somebody finds it.
type offer struct {
	version string
	yanked  bool
}

// compareOffers puts the one above that is the latest: what is yanked, and then
// what is not stable, is so only for want of another.
func (o versionOrder) compareOffers(a, b offer) int {
	return cmp.Or(compareBool(b.yanked, a.yanked), compareBool(o.stable(a.version), o.stable(b.version)), o.compare(a.version, b.version))
}

// latest returns the latest of versions, of which some are yanked, or "".
func (o versionOrder) latest(versions, yanked []string) string {
	var best offer
	for i, v := range versions {
		next := offer{v, slices.Contains(yanked, v)}
		if i == 0 || o.compareOffers(next, best) >= 0 {
			best = next
		}
	}
	return best.version
}

// compareBool puts what is true above what is not.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
