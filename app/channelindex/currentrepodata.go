package channelindex

import (
	"slices"
	"strings"

	"vivarium/app/format/conda"
)

// newestRecords returns what current_repodata.json has of one package: the records
// of its newest version, in their order. Newest is by conda's order, so that it is
// what an unbounded request would get from the whole index, prereleases too; a
// version that is none stands below all others. Versions that are equal, as 1.0
// and 1, are both there. No other package is looked at: conda's classic solver goes
// on to repodata.json when the subset has no solution.
func newestRecords(group []Record) []Record {
	versions := make([]string, len(group))
	newest, found := "", false
	for i, r := range group {
		if versions[i] = r.version(); !r.Removed && (!found || conda.CompareVersions(versions[i], newest) > 0) {
			newest, found = versions[i], true
		}
	}
	var list []Record
	for i, r := range group {
		if !r.Removed && conda.CompareVersions(versions[i], newest) == 0 {
			list = append(list, r)
		}
	}
	return list
}

// version is that of the file's name, which publishing compares with the record:
// it stands before the build string, and neither has a dash.
func (r Record) version() string {
	parts := strings.Split(r.FileName, "-")
	return parts[max(0, len(parts)-2)]
}

func writeCurrentRepodata(subdir string, records []Record) []byte {
	var newest []Record
	for _, group := range groupByPackage(records) {
		newest = append(newest, newestRecords(group)...)
	}
	slices.SortFunc(newest, func(a, b Record) int { return strings.Compare(a.FileName, b.FileName) })
	var w documentWriter
	w.add(`{"info":{"subdir":`)
	w.addString(subdir)
	w.add(`},"packages":`)
	w.addEntries(entriesOf(newest, inPackages, plainJSON))
	w.add(`,"packages.conda":`)
	w.addEntries(entriesOf(newest, inPackagesConda, plainJSON))
	w.add(`,"removed":[],"repodata_version":1}`)
	return w.buf
}
