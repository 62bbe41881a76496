package e2e

import (
	"bytes"
	"cmp"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// artifact is a file to upload: a conda package when it has a subdir, else a
// Python one.
type artifact struct {
	name, version, subdir, fileName string
	data                            []byte
	large                           *largeFile // in place of data
}

// sums are the size and digests of the bytes.
type sums struct {
	size   int64
	sha256 string // hex
	md5    []byte
}

func (a artifact) sums() sums {
	if a.large != nil {
		return a.large.sums
	}
	long, short := sha256.Sum256(a.data), md5.Sum(a.data)
	return sums{int64(len(a.data)), hex.EncodeToString(long[:]), short[:]}
}

func (a artifact) sha256() string { return a.sums().sha256 }

// open returns the bytes from the start.
func (a artifact) open() (io.ReadCloser, error) {
	if a.large != nil {
		return os.Open(a.large.path)
	}
	return io.NopCloser(bytes.NewReader(a.data)), nil
}

// condaSpec is a conda package in the parts that a test may spoil; the zero value
// is a sound demo-1.0-0.conda for noarch.
type condaSpec struct {
	name, version string
	tarBz2        bool
	// salt makes the bytes differ.
	salt string
	// index replaces keys of index.json; nil takes one out.
	index map[string]any
	// info are the info members, in place of the usual ones; more and files are
	// added to the info and to the package archive.
	info, more, files []member
	// infoStream and pkgStream are used in place of the compressed archives.
	infoStream, pkgStream []byte
}

func (s condaSpec) stem() string {
	return cmp.Or(s.name, "demo") + "-" + cmp.Or(s.version, "1.0") + "-0"
}

// build packs the parts.
func (s condaSpec) build(t *testing.T) artifact {
	t.Helper()
	a := artifact{name: cmp.Or(s.name, "demo"), version: cmp.Or(s.version, "1.0"), subdir: "noarch"}
	info := append(s.infoMembers(t), s.more...)
	files := append([]member{{name: "share/" + a.name + ".txt", body: []byte(a.name + " " + s.salt + "\n")}}, s.files...)
	if s.tarBz2 {
		a.fileName = s.stem() + ".tar.bz2"
		a.data = bzip2Of(t, tarOf(t, append(info, files...)...))
		return a
	}
	a.fileName = s.stem() + ".conda"
	a.data = zipOf(t, s.entries(t, info, files)...)
	return a
}

// entries are the three zip members of a .conda file.
func (s condaSpec) entries(t *testing.T, info, files []member) []entry {
	t.Helper()
	infoStream, pkgStream := s.infoStream, s.pkgStream
	if infoStream == nil {
		infoStream = zstdOf(t, tarOf(t, info...))
	}
	if pkgStream == nil {
		pkgStream = zstdOf(t, tarOf(t, files...))
	}
	return []entry{
		{name: "metadata.json", body: []byte(`{"conda_pkg_format_version": 2}`), stored: true},
		{name: "pkg-" + s.stem() + ".tar.zst", body: pkgStream, stored: true},
		{name: "info-" + s.stem() + ".tar.zst", body: infoStream, stored: true},
	}
}

func (s condaSpec) infoMembers(t *testing.T) []member {
	t.Helper()
	if s.info != nil {
		return slices.Clone(s.info)
	}
	index := map[string]any{
		"name": cmp.Or(s.name, "demo"), "version": cmp.Or(s.version, "1.0"), "build": "0", "build_number": 0, "subdir": "noarch", "noarch": "generic", "depends": []string{},
	}
	for key, value := range s.index {
		index[key] = value
		if value == nil {
			delete(index, key)
		}
	}
	return []member{
		{name: "info/index.json", body: mustJSON(t, index)},
		{name: "info/about.json", body: []byte("{}")},
		{name: "info/paths.json", body: []byte(`{"paths": [], "paths_version": 1}`)},
	}
}

// wheelSpec is a wheel in the parts that a test may spoil; the zero value is a
// sound demo-1.0-py3-none-any.whl.
type wheelSpec struct {
	name, version, salt string
	// metadata, wheel and record stand in place of the members made here.
	metadata, wheel, record string
	// files are added.
	files []entry
	// change alters the members, RECORD among them, before they are packed.
	change func([]entry) []entry
}

func (s wheelSpec) stem() string {
	return strings.ReplaceAll(cmp.Or(s.name, "demo"), "-", "_") + "-" + cmp.Or(s.version, "1.0")
}

func (s wheelSpec) build(t *testing.T) artifact {
	t.Helper()
	return artifact{
		name: cmp.Or(s.name, "demo"), version: cmp.Or(s.version, "1.0"), fileName: s.stem() + "-py3-none-any.whl", data: zipOf(t, s.entries()...),
	}
}

func (s wheelSpec) entries() []entry {
	made := map[string]string{
		"demo/__init__.py":               "SALT = " + fmt.Sprintf("%q", s.salt) + "\n",
		s.stem() + ".dist-info/METADATA": cmp.Or(s.metadata, s.coreMetadata()),
		s.stem() + ".dist-info/WHEEL":    cmp.Or(s.wheel, "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
	}
	entries := slices.Clone(s.files)
	for _, name := range slices.Sorted(maps.Keys(made)) {
		entries = append(entries, entry{name: name, body: []byte(made[name])})
	}
	record := s.stem() + ".dist-info/RECORD"
	entries = append(entries, entry{name: record, body: []byte(cmp.Or(s.record, recordOf(record, entries)))})
	if s.change != nil {
		entries = s.change(entries)
	}
	return entries
}

func (s wheelSpec) coreMetadata() string {
	return "Metadata-Version: 2.1\nName: " + cmp.Or(s.name, "demo") + "\nVersion: " + cmp.Or(s.version, "1.0") + "\n"
}

// recordOf lists entries with their hashes, and itself.
func recordOf(name string, entries []entry) string {
	var lines strings.Builder
	for _, e := range entries {
		sum := sha256.Sum256(e.body)
		lines.WriteString(recordLine(e.name, sum[:], len(e.body)))
	}
	return lines.String() + name + ",,\n"
}

func recordLine(name string, sum []byte, size int) string {
	return fmt.Sprintf("%s,sha256=%s,%d\n", name, base64.RawURLEncoding.EncodeToString(sum), size)
}

// sdistOf is an sdist of demo 1.0 with further members, which are in its top
// folder unless their name is absolute or climbs.
func sdistOf(t *testing.T, more ...member) artifact {
	t.Helper()
	members := append([]member{{name: "demo-1.0/PKG-INFO", body: []byte(wheelSpec{}.coreMetadata())}}, more...)
	return artifact{name: "demo", version: "1.0", fileName: "demo-1.0.tar.gz", data: gzipOf(t, tarOf(t, members...))}
}
