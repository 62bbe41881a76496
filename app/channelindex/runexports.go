package channelindex

import (
	"bytes"
	"encoding/json"
	"slices"
)

// runExportsEntry is what run_exports.json says of a file (CEP 12), or nil when
// the run exports are not known: who misses an entry looks into the archive.
func runExportsEntry(r Record) json.RawMessage {
	exports := longRunExports(r.RunExports)
	if exports == nil {
		return nil
	}
	return slices.Concat([]byte(`{"run_exports":`), exports, []byte(`}`))
}

// longRunExports returns run exports as an object. A bare list, which archives may
// hold, means weak ones; null is as good as nothing.
func longRunExports(data json.RawMessage) json.RawMessage {
	switch trimmed := bytes.TrimSpace(data); {
	case len(trimmed) == 0, string(trimmed) == "null":
		return nil
	case trimmed[0] == '[':
		return slices.Concat([]byte(`{"weak":`), trimmed, []byte(`}`))
	default:
		return trimmed
	}
}
