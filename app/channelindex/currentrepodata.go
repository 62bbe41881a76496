package channelindex

import (
	"strings"

	"vivarium/app/format/conda"
)

// newestOf says which records of a package current_repodata.json has: those of its
// newest version. Newest is by conda's order, so that it is what an unbounded
// request would get from the whole index, prereleases too; a version that is none
// stands below all others. Versions that are equal, as 1.0 and 1, are both there.
// No other package is looked at: conda's classic solver goes on to repodata.json
// when the subset has no solution.
func newestOf(group []Record) []bool {
	versions := make([]string, len(group))
	newest, found := "", false
	for i, r := range group {
		if versions[i] = r.version(); !r.Removed && (!found || conda.CompareVersions(versions[i], newest) > 0) {
			newest, found = versions[i], true
		}
	}
	is := make([]bool, len(group))
	for i, r := range group {
		is[i] = !r.Removed && conda.CompareVersions(versions[i], newest) == 0
	}
	return is
}

// currentEntry is what current_repodata.json says of a file.
func currentEntry(r Record, newest bool) entry {
	if !newest {
		return entry{key: r.FileName}
	}
	return member(r.FileName, r.JSON)
}

// version is that of the file's name, which publishing compares with the record:
// it stands before the build string, and neither has a dash.
func (r Record) version() string {
	parts := strings.Split(r.FileName, "-")
	return parts[max(0, len(parts)-2)]
}
