package channelindex

import (
	"encoding/json"
	"strings"
)

// listID is one of the sequences that a view has.
type listID int

const (
	inPackages      listID = iota // .tar.bz2
	inPackagesConda               // .conda
	inRemoved
	inCurrent // of current_repodata.json
	inCurrentConda
	inRunExports
	inRunExportsConda
	inPatches
	inPatchesConda
	inShards
	inChannelData
	listCount
)

// kinds is how the entries of each list are written.
var kinds = [listCount]*kind{
	inPackages: members, inPackagesConda: members, inRemoved: items, inCurrent: members, inCurrentConda: members,
	inRunExports: members, inRunExportsConda: members, inPatches: members, inPatchesConda: members,
	inShards: digests, inChannelData: members,
}

// lists is what a view has, all of one state.
type lists [listCount]*sequence

// isConda tells the archive type, by which repodata has two of each list.
func isConda(fileName string) bool { return strings.HasSuffix(fileName, ".conda") }

// ofType returns the list for the file's archive type: l, which is that of
// .tar.bz2, or the next.
func (l listID) ofType(fileName string) listID {
	if isConda(fileName) {
		return l + 1
	}
	return l
}

// listed is an entry and the list that it belongs in.
type listed struct {
	list listID
	entry
}

// listings returns all lists that a file of that name may be in, with what is said
// of it there: nothing in those that it is not in. r is nil when the view does not
// show the file; newest says that it is of its package's newest version, and patch is
// what patch_instructions.json has of it.
func listings(fileName string, r *Record, newest bool, patch json.RawMessage) []listed {
	var record, removed, current, runExports, patched entry
	switch {
	case r == nil:
	case r.Removed:
		removed = item(fileName)
	default:
		record = member(fileName, r.JSON)
		runExports = optional(fileName, runExportsEntry(*r))
		patched = optional(fileName, patch)
		if newest {
			current = record
		}
	}
	all := []listed{
		{inPackages.ofType(fileName), record}, {inRemoved, removed}, {inCurrent.ofType(fileName), current},
		{inRunExports.ofType(fileName), runExports}, {inPatches.ofType(fileName), patched},
	}
	for i := range all {
		all[i].key = fileName
	}
	return all
}

func optional(key string, value []byte) entry {
	if value == nil {
		return entry{}
	}
	return member(key, value)
}
