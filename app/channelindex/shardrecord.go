package channelindex

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/vmihailenco/msgpack/v5"
)

// encodeShard writes the records of one package as CEP 16 has them: repodata
// with binary hashes and with run exports.
func encodeShard(e *msgpack.Encoder, group []Record) error {
	packages, packagesConda, removed := map[string]any{}, map[string]any{}, []any{}
	for _, r := range group {
		if r.Removed {
			removed = append(removed, r.FileName)
			continue
		}
		section := packages
		if isConda(r.FileName) {
			section = packagesConda
		}
		fields, err := shardRecord(r)
		if err != nil {
			return fmt.Errorf("read the record of %s: %w", r.FileName, err)
		}
		section[r.FileName] = fields
	}
	return encodeValue(e, map[string]any{"packages": packages, "packages.conda": packagesConda, "removed": removed})
}

// shardRecord returns a record as shards have it.
func shardRecord(r Record) (map[string]any, error) {
	var fields map[string]any
	if err := decode(r.JSON, &fields); err != nil {
		return nil, err
	}
	binaryHash(fields, "md5", 16)
	binaryHash(fields, "sha256", 32)
	return fields, addRunExports(fields, r.RunExports)
}

// addRunExports adds what is known of run exports. A bare list, which archives
// may hold, means weak ones; installers read only the long form.
func addRunExports(fields map[string]any, data json.RawMessage) error {
	var exports any
	if data != nil {
		if err := decode(data, &exports); err != nil {
			return err
		}
	}
	switch exports := exports.(type) {
	case nil:
	case []any:
		fields["run_exports"] = map[string]any{"weak": exports}
	default:
		fields["run_exports"] = exports
	}
	return nil
}

// binaryHash turns the hex in a field into its bytes. What is not a hash of that
// size stays as it is.
func binaryHash(fields map[string]any, name string, size int) {
	if s, ok := fields[name].(string); ok {
		if b, err := hex.DecodeString(s); err == nil && len(b) == size {
			fields[name] = b
		}
	}
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
