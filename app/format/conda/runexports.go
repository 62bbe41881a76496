package conda

import (
	"bytes"
	"encoding/json"
)

const runExportsName = "info/run_exports.json"

// parseRunExports returns run_exports.json as CEP 12 has it: an object of lists of
// requirements. A bare list, which old tools wrote, was weak.
func parseRunExports(raw []byte) (json.RawMessage, error) {
	if trimmed := bytes.TrimSpace(raw); len(trimmed) > 0 && trimmed[0] == '[' {
		raw = append(append([]byte(`{"weak":`), trimmed...), '}')
	}
	o, err := parseObject(raw, runExportsName)
	if err != nil {
		return nil, err
	}
	for key := range o.fields {
		if err := checkSpecs(o.texts(key, maxSpecs)); err != nil {
			return nil, err
		}
	}
	return o.canonical(), o.err
}
