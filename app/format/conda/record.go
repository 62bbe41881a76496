package conda

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// serverKeys are the members of a record that only a server may say. An archive
// that brings them has them dropped, lest it backdates its own indexing or names
// another place to fetch it from.
var serverKeys = []string{"indexed_timestamp", "run_exports", "url", "fn", "channel"}

// Record returns the package record for repodata.json in canonical form: all that
// info/index.json says, known or not, with the digests (hex) and the size of the
// archive. Clients need subdir and depends, so those are there in any case.
func (i *Info) Record(md5, sha256 string, size int64) (json.RawMessage, error) {
	o, err := parseObject(i.Index, indexName)
	if err != nil {
		return nil, err
	}
	for _, key := range serverKeys {
		delete(o.fields, key)
	}
	o.fields["md5"] = appendText(nil, []byte(md5))
	o.fields["sha256"] = appendText(nil, []byte(sha256))
	o.fields["size"] = strconv.AppendInt(nil, size, 10)
	o.fields["subdir"] = appendText(nil, []byte(i.Subdir))
	if _, ok := o.fields["depends"]; !ok {
		o.fields["depends"] = json.RawMessage("[]")
	}
	return o.canonical(), nil
}

// canonical writes the object, whose values are canonical already.
func (o *object) canonical() json.RawMessage {
	var out bytes.Buffer
	separator := byte('{')
	for _, key := range slices.Sorted(maps.Keys(o.fields)) {
		out.WriteByte(separator)
		out.Write(append(appendText(nil, []byte(key)), ':'))
		out.Write(o.fields[key])
		separator = ','
	}
	if separator == '{' {
		out.WriteByte('{')
	}
	out.WriteByte('}')
	return out.Bytes()
}
