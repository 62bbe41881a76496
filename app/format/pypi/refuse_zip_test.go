package pypi_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
)

// patch returns data with bytes at offset replaced.
func patch(data []byte, offset int, with ...byte) []byte {
	data = bytes.Clone(data)
	copy(data[offset:], with)
	return data
}

// directoryAt returns where the zip directory begins.
func directoryAt(data []byte) int {
	return int(binary.LittleEndian.Uint32(data[len(data)-6:]))
}

func extra(id uint16, body ...byte) []byte {
	head := binary.LittleEndian.AppendUint16(nil, id)
	return append(binary.LittleEndian.AppendUint16(head, uint16(len(body))), body...)
}

func TestU11ParserDifferentials(t *testing.T) {
	t.Parallel()
	sound := wheelOf(t, pypitest.Spec{})
	directory, end := directoryAt(sound), len(sound)-22
	second := directory + 46 + len("demo/__init__.py")
	header := func(change func(h *zip.FileHeader)) []byte {
		return changed(t, func(e *pypitest.Entry) { e.Change = change })
	}
	mode := func(m fs.FileMode) []byte { return header(func(h *zip.FileHeader) { h.SetMode(m) }) }
	twoEnds := bytes.Clone(sound)
	binary.LittleEndian.PutUint16(twoEnds[end+20:], uint16(len(sound)-directory))
	behind := changed(t, func(e *pypitest.Entry) {
		sum, size := crc32.ChecksumIEEE(e.Body), len(e.Body)
		e.Body, e.Stored = append(pypitest.Deflate(t, e.Body), "hidden"...), true
		e.Change = func(h *zip.FileHeader) { h.Method, h.UncompressedSize64, h.CRC32 = zip.Deflate, uint64(size), sum }
	})
	locator := slices.Concat(sound[:end], []byte("PK\x06\x07"), make([]byte, 16), sound[end:])
	refused(t, []hostile{
		{"local name differs", wheelName, patch(sound, 30, 'X'), "contradict"},
		{"central name differs", wheelName, patch(sound, directory+46, 'X'), "contradict"},
		{"local size differs", wheelName, patch(sound, 22, 9), "contradict"},
		{"local packed size differs", wheelName, patch(sound, 18, 9), "contradict"},
		{"local checksum differs", wheelName, patch(sound, 14, 9, 9), "contradict"},
		{"local method differs", wheelName, patch(sound, 8, 0), "contradict"},
		{"local flags differ", wheelName, patch(sound, 6, 2), "contradict"},
		{"wrong checksum", wheelName, header(func(h *zip.FileHeader) { h.CRC32++ }), "damaged"},
		{"no checksum", wheelName, header(func(h *zip.FileHeader) { h.CRC32 = 0 }), "contradicts itself"},
		{"overlapping members", wheelName, patch(sound, second+42, 0, 0, 0, 0), "overlaps another"},
		{"data before", wheelName, append([]byte("#!/bin/sh\n"), sound...), "not a zip archive"},
		{"archive before", wheelName, append(bytes.Clone(sound), sound...), "end record"},
		{"data behind", wheelName, append(bytes.Clone(sound), "more"...), "end record"},
		{"two ends", wheelName, append(twoEnds, sound[directory:]...), "end record"},
		{"comment that lies about its length", wheelName, patch(sound, end+20, 1), "end record"},
		{"count that lies", wheelName, patch(patch(sound, end+8, 3), end+10, 3), "end record"},
		{"count that differs", wheelName, patch(sound, end+8, 9), "end record"},
		{"offset that lies", wheelName, patch(sound, end+16, 1, 0), "end record"},
		{"gap before the directory", wheelName, slices.Concat(sound[:directory], []byte("gap"), sound[directory:]), "end record"},
		{"locator of nothing", wheelName, locator, "end record"},
		{"encrypted", wheelName, header(func(h *zip.FileHeader) { h.Flags |= 1 }), "is encrypted"},
		{"masked", wheelName, header(func(h *zip.FileHeader) { h.Flags |= 1 << 13 }), "is encrypted"},
		{"bzip2 inside", wheelName, header(func(h *zip.FileHeader) { h.Method = 12 }), "other than deflate"},
		{"symbolic link", wheelName, mode(fs.ModeSymlink | 0o777), "not a plain file"},
		{"device", wheelName, mode(fs.ModeDevice | 0o777), "not a plain file"},
		{"folder by mode", wheelName, mode(fs.ModeDir | 0o777), "not a plain file"},
		{"folder with content", wheelName, bytes.ReplaceAll(sound, []byte("demo/__init__.py"), []byte("demo/__init__.p/")), "folder by its name only"},
		{"stored with descriptor", wheelName, changed(t, func(e *pypitest.Entry) { e.Stored, e.Descriptor = true, true }), "without its size before it"},
		{"descriptor that lies", wheelName, descriptorThatLies(t), "contradict"},
		{"data behind the stream", wheelName, behind, "behind the end of its deflate stream"},
		{"longer than it says", wheelName, header(func(h *zip.FileHeader) { h.UncompressedSize64-- }), "bytes for"},
		{"shorter than it says", wheelName, header(func(h *zip.FileHeader) { h.UncompressedSize64++ }), "bytes for"},
		{"other name in an extra field", wheelName, header(func(h *zip.FileHeader) { h.Extra = extra(0x7075, append([]byte{1, 0, 0, 0, 0}, "demo/evil.py"...)...) }), "extra fields"},
		{"two long sizes", wheelName, header(func(h *zip.FileHeader) { h.Extra = append(extra(1), extra(1)...) }), "extra fields"},
		{"torn extra field", wheelName, header(func(h *zip.FileHeader) { h.Extra = []byte{9, 9, 9} }), "extra fields"},
		{"extra field that lies", wheelName, header(func(h *zip.FileHeader) { h.Extra = []byte{9, 9, 9, 9} }), "extra fields"},
		{"comment of a member", wheelName, header(func(h *zip.FileHeader) { h.Comment = "x" }), "has a comment"},
		{"name in another code page", wheelName, header(func(h *zip.FileHeader) { h.Name = "demo/\x81.py" }), "not marked as UTF-8"},
		{"name not marked", wheelName, notMarked(t), "not marked as UTF-8"},
		{"duplicate member", wheelName, wheelWith(t, pypitest.Entry{Name: "demo/__init__.py", Body: []byte("x")}), "is there twice"},
		{"U12 second METADATA", wheelName, wheelWith(t, pypitest.Entry{Name: "demo-1.0.dist-info/METADATA", Body: []byte("x")}), "is there twice"},
	})
}

// descriptorThatLies returns a wheel whose first member has a data descriptor with
// another size.
func descriptorThatLies(t *testing.T) []byte {
	data := changed(t, func(e *pypitest.Entry) { e.Descriptor = true })
	return patch(data, bytes.Index(data, []byte("PK\x07\x08"))+8, 0xff)
}

// notMarked returns a wheel with a name in UTF-8 that has not the flag for it.
func notMarked(t *testing.T) []byte {
	data := wheelWith(t, pypitest.Entry{Name: "demo/ü.py", Body: []byte("x")})
	for _, magic := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.Index(data, []byte(magic)) + 6
		if magic[2] == 1 {
			at += 2
		}
		data[at+1] &^= 8
	}
	return data
}

func TestU4Paths(t *testing.T) {
	t.Parallel()
	var list []hostile
	for name, sentence := range map[string]string{
		"../evil.py": `contains ".."`, "demo/../../evil.py": `contains ".."`, "demo/..": `contains ".."`, `demo\..\..\evil.py`: `contains ".."`,
		"/etc/evil": "is absolute", `\evil`: "is absolute", "C:/evil": "is absolute", "c:evil": "is absolute", `demo\evil.py`: "read differently",
		"./demo/x.py": "read differently", "demo//x.py": "read differently", "demo/./x.py": "read differently", "demo/x\x00.py": "control characters",
		"demo/x\n.py": "control characters", "demo/\x7f.py": "control characters", ".": "read differently", "demo": "is a file and a folder",
	} {
		list = append(list, hostile{name, wheelName, wheelWith(t, pypitest.Entry{Name: name, Body: []byte("x")}), sentence})
	}
	list[0].name = strings.ToValidUTF8(list[0].name, "?")
	refused(t, list)
}

func TestU15Mislabelled(t *testing.T) {
	t.Parallel()
	wheel := wheelOf(t, pypitest.Spec{})
	plain := pypitest.Tar(t, pypitest.SdistMembers(pypitest.Spec{})...)
	sdist := pypitest.Gzip(t, plain)
	refused(t, []hostile{
		{"empty wheel", wheelName, nil, "not a zip"},
		{"empty sdist", sdistName, nil, "not a gzip"},
		{"text as wheel", wheelName, []byte("hello"), "not a zip"},
		{"text as sdist", sdistName, []byte("hello"), "not a gzip"},
		{"text as zip sdist", "demo-1.0.zip", []byte("hello"), "not a zip"},
		{"sdist as wheel", wheelName, sdist, "not a zip"},
		{"wheel as sdist", sdistName, wheel, "not a gzip"},
		{"wheel as zip sdist", "demo-1.0.zip", wheel, "one folder"},
		{"tar as sdist", sdistName, plain, "not a gzip"},
		{"wheel behind tar", wheelName, append(bytes.Clone(plain), wheel...), "not a zip"},
		{"wheel behind sdist", sdistName, append(bytes.Clone(sdist), wheel...), "damaged"},
		{"text behind sdist", sdistName, append(bytes.Clone(sdist), "more"...), "The archive is"},
		{"no tar in it", sdistName, pypitest.Gzip(t, bytes.Repeat([]byte("no tar"), 500)), "damaged"},
		{"empty tar", sdistName, pypitest.Gzip(t, pypitest.Tar(t)), "no PKG-INFO"},
		{"data behind the tar", sdistName, pypitest.Gzip(t, append(bytes.Clone(plain), plain...)), "after its end mark"},
		{"tar in a second gzip member", sdistName, append(bytes.Clone(sdist), sdist...), "after its end mark"},
		{"tar without end", sdistName, pypitest.Gzip(t, plain[:len(plain)-1024]), "cut short"},
		{"wrong checksum of the gzip", sdistName, patch(sdist, len(sdist)-8, 1, 2, 3, 4), "damaged"},
		{"wrong length of the gzip", sdistName, patch(sdist, len(sdist)-4, 1, 2, 3, 4), "damaged"},
	})
}

func TestU15CutShort(t *testing.T) {
	t.Parallel()
	for fileName, data := range map[string][]byte{
		wheelName: wheelOf(t, pypitest.Spec{}), sdistName: sdistWith(t), "demo-1.0.zip": pypitest.Zip(t, zipSdist(pypitest.Spec{})...),
	} {
		for n := range data {
			if _, err := read(data[:n], fileName); model.CodeOf(err) != model.Invalid {
				t.Fatalf("%s cut to %d of %d bytes: got %v, want Invalid", fileName, n, len(data), err)
			}
		}
	}
}
