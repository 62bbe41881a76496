package channelindex

import "encoding/json"

// patchEntry is what patch_instructions.json says of a file: the keys of its
// record that are served otherwise than its archive has them. It is nil when
// nothing is.
func patchEntry(r Record) json.RawMessage { return r.Patch }

func writePatchInstructions(records []Record) []byte {
	var removed []string
	for _, r := range records {
		if r.section() == inRemoved {
			removed = append(removed, r.FileName)
		}
	}
	var w documentWriter
	w.add(`{"packages":`)
	w.addEntries(entriesOf(records, inPackages, patchEntry))
	w.add(`,"packages.conda":`)
	w.addEntries(entriesOf(records, inPackagesConda, patchEntry))
	w.add(`,"patch_instructions_version":1,"remove":`)
	w.addStrings(removed)
	w.add(`,"revoke":[]}`)
	return w.buf
}
