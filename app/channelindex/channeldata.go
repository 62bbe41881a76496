package channelindex

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// PackageRecord returns what the view of a whole channel holds of a package: its
// entry of channeldata.json. It depends on nothing but p.
func PackageRecord(p Package) (Record, error) {
	var data bytes.Buffer
	e := json.NewEncoder(&data)
	e.SetEscapeHTML(false)
	if err := e.Encode(p.entry()); err != nil {
		return Record{}, fmt.Errorf("write the entry of %s: %w", p.Name, err)
	}
	return Record{FileName: p.Name, Package: p.Name, JSON: bytes.TrimSpace(data.Bytes()), Subdirs: p.subdirs()}, nil
}

// alwaysSubdir is served by every channel, with files in it or without (CEP 26).
const alwaysSubdir = "noarch"

func writeChannelData(records []Record) []byte {
	subdirs := map[string]bool{alwaysSubdir: true}
	entries := make([]entry, len(records))
	for i, r := range records {
		entries[i] = entry{r.FileName, r.JSON}
		for _, s := range r.Subdirs {
			subdirs[s] = true
		}
	}
	var w documentWriter
	w.add(`{"channeldata_version":1,"packages":`)
	w.addEntries(entries)
	w.add(`,"subdirs":`)
	w.addStrings(slices.Sorted(maps.Keys(subdirs)))
	w.add(`}`)
	return w.buf
}
