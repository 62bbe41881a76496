package channelindex

import (
	"encoding/json"
	"slices"
	"strings"
)

// patchesOf says what patch_instructions.json has of the records of a package, which
// come by file name: nil for those that it has not. conda-index applies a patch of
// x.tar.bz2 to x.conda as well, and that of x.conda after it. So the latter names what
// is patched of the former, with its own values.
func patchesOf(group []Record) []json.RawMessage {
	patches := make([]json.RawMessage, len(group))
	for i, r := range group {
		patches[i] = r.Patch
		at, found := slices.BinarySearchFunc(group, twinOf(r.FileName), func(r Record, name string) int { return strings.Compare(r.FileName, name) })
		if found && group[at].Patch != nil && !group[at].Removed {
			patches[i] = beside(r, group[at].Patch)
		}
	}
	return patches
}

// patchListed is what inPatches or the next list has of a file.
func patchListed(r Record, patch json.RawMessage) listed {
	e := entry{key: r.FileName}
	if !r.Removed && patch != nil {
		e = member(r.FileName, patch)
	}
	return listed{inPatches.ofType(r.FileName), e}
}

// twinOf returns the name of the .tar.bz2 file whose patch is taken for a .conda file's
// too, and of others nothing.
func twinOf(fileName string) string {
	if stem, ok := strings.CutSuffix(fileName, ".conda"); ok {
		return stem + ".tar.bz2"
	}
	return ""
}

// beside returns the patch of r with what its record says, or does not, of all that
// another patch says. One that cannot be read changes nothing.
func beside(r Record, other json.RawMessage) json.RawMessage {
	own, ownErr := membersOf(r.Patch)
	others, otherErr := membersOf(other)
	record, recordErr := membersOf(r.JSON)
	if ownErr != nil || otherErr != nil || recordErr != nil {
		return r.Patch
	}
	var b []byte
	for _, f := range sortFields(append(others, own...)) {
		value := []byte("null")
		if at, found := slices.BinarySearchFunc(record, f, byName); found {
			value = record[at].value
		}
		b = append(append(b, ','), member(string(f.name), value).text...)
	}
	if len(b) == 0 {
		return r.Patch
	}
	b[0] = '{'
	return append(b, '}')
}

// membersOf returns the members of an object by name; of nothing there are none.
func membersOf(object json.RawMessage) ([]field, error) {
	if object == nil {
		return nil, nil
	}
	text, err := compact(object)
	if err != nil {
		return nil, err
	}
	return fieldsOf(nil, text)
}
