package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

const endRecord = 22 // bytes, without a comment

// edited is a zip archive with its bytes changed. directory begins with the first
// member's header, end is the end record.
func edited(data []byte, change func(data, directory, end []byte)) []byte {
	data = bytes.Clone(data)
	end := data[len(data)-endRecord:]
	change(data, data[binary.LittleEndian.Uint32(end[16:]):], end)
	return data
}

// directoryOf divides a zip archive into its members, directory and end record.
func directoryOf(data []byte) (members, directory, end []byte) {
	at := len(data) - endRecord
	start := binary.LittleEndian.Uint32(data[at+16:])
	return data[:start:start], data[start:at:at], bytes.Clone(data[at:])
}

// TestU7OverlappingEntries sends zip archives whose members share their bytes, so
// that a few kilobytes unpack to any size.
func TestU7OverlappingEntries(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	le := binary.LittleEndian
	wheel := wheelSpec{}.build(t)
	wheel.data = manyNames(t, 5000)
	shared := wheelSpec{}.build(t)
	shared.data = edited(shared.data, func(_, d, _ []byte) { le.PutUint32(d[46+int(le.Uint16(d[28:]))+42:], 0) })
	nested := condaSpec{}.build(t)
	nested.data = edited(nested.data, func(_, d, _ []byte) { le.PutUint32(d[20:], 300); le.PutUint32(d[24:], 300) })
	conda := condaSpec{}.build(t)
	conda.data = wheel.data
	v.refuses(
		attack{"5,000 names for 56 MiB", wheel, "Invalid distribution file"},
		attack{"5,000 names in a .conda", conda, ""},
		attack{"two members at one place", shared, "overlaps another"},
		attack{"a member within another", nested, "overlaps another"},
	)
}

// manyNames is a zip archive that lists one member of 56 MiB under n names.
func manyNames(t *testing.T, n int) []byte {
	t.Helper()
	members, directory, end := directoryOf(zipOf(t, swollenMember(t, "x00000", 56<<20)))
	var list []byte
	for i := range n {
		one := bytes.Clone(directory)
		copy(one[46:], []byte{'x', byte('0' + i/10000%10), byte('0' + i/1000%10), byte('0' + i/100%10), byte('0' + i/10%10), byte('0' + i%10)})
		list = append(list, one...)
	}
	binary.LittleEndian.PutUint16(end[8:], uint16(n))
	binary.LittleEndian.PutUint16(end[10:], uint16(n))
	binary.LittleEndian.PutUint32(end[12:], uint32(len(list)))
	return slices.Concat(members, list, end)
}

// TestU11ParserDifferentials sends wheels that two zip readers take for different
// archives: one for each rule.
func TestU11ParserDifferentials(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	sound := wheelSpec{}.build(t).data
	edit := func(change func(data, directory, end []byte)) []byte { return edited(sound, change) }
	le := binary.LittleEndian
	members, directory, end := directoryOf(sound)
	moved := bytes.Clone(end)
	le.PutUint32(moved[16:], uint32(len(members)+4))
	commented := bytes.Clone(end)
	le.PutUint16(commented[20:], endRecord)
	byHeader := func(change func(*zip.FileHeader)) []byte {
		return changedWheel(t, "demo/__init__.py", func(e *entry) { e.change = change }).data
	}
	named := func(name string) []byte {
		return wheelSpec{files: []entry{{name: name, body: []byte("x")}}}.build(t).data
	}
	folder := bytes.ReplaceAll(named("demo/data_"), []byte("demo/data_"), []byte("demo/data/"))
	var list []attack
	for _, r := range []struct {
		name string
		data []byte
		says string
	}{
		{"another name in the local header", edit(func(d, _, _ []byte) { d[30] = 'x' }), "contradict"},
		{"another size in the local header", edit(func(d, _, _ []byte) { d[18]++ }), "contradict"},
		{"another checksum in the local header", edit(func(d, _, _ []byte) { d[14]++ }), "contradict"},
		{"another method in the local header", edit(func(d, _, _ []byte) { d[8] = 0 }), "contradict"},
		{"other flags in the local header", edit(func(d, _, _ []byte) { d[6] |= 8 }), "contradict"},
		{"bytes before the first member", slices.Concat([]byte("text"), sound), ""},
		{"bytes between members and directory", slices.Concat(members, []byte("text"), directory, moved), "belongs to none"},
		{"bytes behind the end", slices.Concat(sound, []byte{0}), "end record"},
		{"two end records", slices.Concat(sound, end), "end record"},
		{"an end record in the comment", slices.Concat(members, directory, commented, end), ""},
		{"another count", edit(func(_, _, e []byte) { e[8]--; e[10]-- }), "end record"},
		{"another count on this disk", edit(func(_, _, e []byte) { e[8]-- }), "end record"},
		{"a second disk", edit(func(_, _, e []byte) { e[4] = 1 }), "end record"},
		{"a smaller directory", edit(func(_, _, e []byte) { e[12]-- }), "end record"},
		{"a locator of a 64-bit end that is not there", slices.Concat(members, directory, []byte("PK\x06\x07"+strings.Repeat("\x00", 16)), end), "end record"},
		{"encrypted", edit(func(d, dir, _ []byte) { d[6] |= 1; dir[8] |= 1 }), "encrypted"},
		{"another method", byHeader(func(h *zip.FileHeader) { h.Method = 12 }), "other than deflate"},
		{"no checksum", byHeader(func(h *zip.FileHeader) { h.CRC32 = 0 }), "contradicts itself"},
		{"a comment of a member", byHeader(func(h *zip.FileHeader) { h.Comment = "x" }), "comment"},
		{"a second name in the extra field", byHeader(func(h *zip.FileHeader) { h.Extra = append([]byte{0x75, 0x70, 6, 0, 1, 0, 0, 0, 0}, 'x') }), "extra fields"},
		{"an extra field beyond its end", byHeader(func(h *zip.FileHeader) { h.Extra = []byte{1, 0, 99, 0} }), "extra fields"},
		{"stored with its size behind", changedWheel(t, "demo/__init__.py", func(e *entry) { e.stored, e.change = true, func(h *zip.FileHeader) { h.Flags |= 8 } }).data, "stored without its size"},
		{"a control character in a name", named("demo/\x01.py"), "control characters"},
		{"a NUL in a name", named("demo/a\x00.py"), "control characters"},
		{"a name that is no UTF-8", named("demo/\xff.py"), ""},
		{"a folder with contents", folder, "folder by its name only"},
		{"a file that is a folder too", wheelSpec{files: []entry{{name: "a", body: []byte("x")}, {name: "a/b", body: []byte("x")}}}.build(t).data, "is a file and a folder"},
		{"a path with a backslash", named(`demo\x.py`), ""},
		{"a path with dots", named("demo/./x.py"), "read differently"},
		{"a size of deflate that lies", byHeader(func(h *zip.FileHeader) { h.UncompressedSize64++ }), ""},
	} {
		a := wheelSpec{}.build(t)
		a.data = r.data
		list = append(list, attack{r.name, a, r.says})
	}
	v.refuses(list...)
}
