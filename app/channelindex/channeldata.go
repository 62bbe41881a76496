package channelindex

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// subdirsOf reads the subdirs in an entry of channeldata.json.
func subdirsOf(e entry) ([]string, error) {
	var p struct {
		Subdirs []string `json:"subdirs"`
	}
	if err := json.Unmarshal(e.value(), &p); err != nil {
		return nil, fmt.Errorf("read the entry of %s: %w", e.key, err)
	}
	return p.Subdirs, nil
}
