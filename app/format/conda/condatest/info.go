package condatest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

// InfoMembers returns the members of the info section of s.
func InfoMembers(t testing.TB, s Spec) []Member {
	t.Helper()
	s = s.withDefaults()
	made := map[string]string{
		"index.json": encode(t, s.index()),
		"about.json": encode(t, s.about()),
		"paths.json": encode(t, s.paths()),
	}
	if s.RunExports != nil {
		made["run_exports.json"] = encode(t, s.RunExports)
	}
	maps.Copy(made, s.Info)
	return members("info/", made)
}

// FileMembers returns the members outside of the info section of s.
func FileMembers(s Spec) []Member { return members("", s.withDefaults().Files) }

func members(prefix string, bodies map[string]string) []Member {
	var list []Member
	for _, name := range slices.Sorted(maps.Keys(bodies)) {
		list = append(list, Member{Name: prefix + name, Body: []byte(bodies[name])})
	}
	return list
}

func (s Spec) index() map[string]any {
	index := map[string]any{
		"name": s.Name, "version": s.Version, "build": s.Build, "build_number": s.BuildNumber,
		"subdir": s.Subdir, "depends": append([]string{}, s.Depends...),
	}
	if s.Subdir == "noarch" {
		index["noarch"] = "generic"
	}
	if s.License != "" {
		index["license"] = s.License
	}
	if s.Timestamp != 0 {
		index["timestamp"] = s.Timestamp
	}
	return overlay(index, s.Index)
}

func (s Spec) about() map[string]any {
	about := map[string]any{}
	if s.License != "" {
		about["license"] = s.License
	}
	if s.Summary != "" {
		about["summary"] = s.Summary
	}
	return overlay(about, s.About)
}

func (s Spec) paths() map[string]any {
	list := []map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Files)) {
		sum := sha256.Sum256([]byte(s.Files[name]))
		list = append(list, map[string]any{
			"_path": name, "path_type": "hardlink",
			"sha256": hex.EncodeToString(sum[:]), "size_in_bytes": len(s.Files[name]),
		})
	}
	return map[string]any{"paths": list, "paths_version": 1}
}

func overlay(base, more map[string]any) map[string]any {
	for key, value := range more {
		if value == nil {
			delete(base, key)
			continue
		}
		base[key] = value
	}
	return base
}

func encode(t testing.TB, v any) string {
	t.Helper()
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatalf("encode fixture: %v", err)
	}
	return string(text)
}
