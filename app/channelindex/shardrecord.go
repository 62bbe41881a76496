package channelindex

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"github.com/vmihailenco/msgpack/v5"
)

// encodeShard writes the records of one package, by file name, as CEP 16 has them:
// repodata with binary hashes and with run exports.
func encodeShard(dst []byte, group []Record) ([]byte, error) {
	var packages, packagesConda, removed []Record
	for _, r := range group {
		switch {
		case r.Removed:
			removed = append(removed, r)
		case isConda(r.FileName):
			packagesConda = append(packagesConda, r)
		default:
			packages = append(packages, r)
		}
	}
	dst, err := appendRecords(appendString(appendMap(dst, 3), "packages"), packages)
	if err != nil {
		return nil, err
	}
	if dst, err = appendRecords(appendString(dst, "packages.conda"), packagesConda); err != nil {
		return nil, err
	}
	dst = appendArray(appendString(dst, "removed"), len(removed))
	for _, r := range removed {
		dst = appendString(dst, r.FileName)
	}
	return dst, nil
}

func appendRecords(dst []byte, group []Record) (_ []byte, err error) {
	dst = appendMap(dst, len(group))
	for _, r := range group {
		if dst, err = appendRecord(appendString(dst, r.FileName), r); err != nil {
			return nil, fmt.Errorf("read the record of %s: %w", r.FileName, err)
		}
	}
	return dst, nil
}

// appendRecord writes a record as shards have it.
func appendRecord(dst []byte, r Record) ([]byte, error) {
	data, err := compact(r.JSON)
	if err != nil {
		return nil, err
	}
	fields, err := fieldsOf(make([]field, 0, 32), data)
	if err != nil {
		return nil, err
	}
	if fields, err = withRunExports(fields, r); err != nil {
		return nil, err
	}
	dst = appendMap(dst, len(fields))
	for _, f := range fields {
		dst = appendString(dst, f.name)
		if hash := binaryHash(f); hash != nil {
			dst = appendBinary(dst, hash)
		} else if dst, err = transcode(dst, f.value); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

// withRunExports adds what is known of run exports. Installers read only the long
// form.
func withRunExports(fields []field, r Record) ([]field, error) {
	exports := longRunExports(r.RunExports)
	if exports == nil {
		return fields, nil
	}
	value, err := compact(exports)
	if err != nil {
		return nil, err
	}
	return sortFields(append(fields, field{[]byte("run_exports"), value})), nil
}

// binaryHash returns the hash that stands in a field as hex, or nil when it is not
// a hash of the field's size.
func binaryHash(f field) []byte {
	var size int
	switch string(f.name) {
	case "md5":
		size = 16
	case "sha256":
		size = 32
	}
	if size == 0 || len(f.value) != 2+hex.EncodedLen(size) || f.value[0] != '"' {
		return nil
	}
	hash := make([]byte, size)
	if _, err := hex.Decode(hash, f.value[1:len(f.value)-1]); err != nil {
		return nil
	}
	return hash
}

// fileNames lists the files that the shard knows.
func (s *shard) fileNames() ([]string, error) {
	var z compressor
	raw, err := z.decompress(s.body)
	if err != nil {
		return nil, err
	}
	var known struct {
		Packages      map[string]msgpack.RawMessage `msgpack:"packages"`
		PackagesConda map[string]msgpack.RawMessage `msgpack:"packages.conda"`
		Removed       []string                      `msgpack:"removed"`
	}
	if err := msgpack.Unmarshal(raw, &known); err != nil {
		return nil, fmt.Errorf("read the shard of %s: %w", s.name, err)
	}
	names := known.Removed
	names = slices.AppendSeq(names, maps.Keys(known.Packages))
	return slices.AppendSeq(names, maps.Keys(known.PackagesConda)), nil
}
