package e2e

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// TestU4ArchiveSlip sends archives whose members would be unpacked elsewhere.
func TestU4ArchiveSlip(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	before := v.files()
	var list []attack
	for _, path := range []string{"../../x", "a/../../x", "/etc/passwd", `\windows\x`, `a\..\..\x`, "C:/x", "..", "a/../.."} {
		m := member{name: path, body: []byte("x")}
		list = append(list,
			attack{"info archive " + path, condaSpec{more: []member{m}}.build(t), "must stay inside"},
			attack{"package archive " + path, condaSpec{files: []member{m}}.build(t), "must stay inside"},
			attack{"tar.bz2 " + path, condaSpec{tarBz2: true, files: []member{m}}.build(t), "must stay inside"},
			attack{"wheel " + path, wheelSpec{files: []entry{{name: path, body: []byte("x")}}}.build(t), "Invalid distribution file"},
		)
	}
	for _, path := range []string{"../../x", "demo-1.0/../../x", "/etc/passwd", `demo-1.0\..\..\x`, `demo-1.0/a\..\..\..\x`, "C:/x", "demo-1.0/../.."} {
		list = append(list, attack{"sdist " + path, sdistOf(t, member{name: path, body: []byte("x")}), "Invalid distribution file"})
	}
	v.refuses(list...)
	if after := v.files(); !slices.Equal(before, after) {
		t.Errorf("the data folder holds %q, want %q as before", after, before)
	}
}

// TestU5LinksForMetadata sends archives in which a link or a device stands where
// the metadata are read, or leads out.
func TestU5LinksForMetadata(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	kinds := map[string]member{
		"symlink": {kind: tar.TypeSymlink, link: "about.json"}, "absolute symlink": {kind: tar.TypeSymlink, link: "/etc/passwd"}, "hard link": {kind: tar.TypeLink, link: "info/about.json"},
		"device": {kind: tar.TypeChar}, "fifo": {kind: tar.TypeFifo}, "folder": {kind: tar.TypeDir},
	}
	link := func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }
	list := []attack{
		{"symlink in wheel", changedWheel(t, "demo-1.0.dist-info/METADATA", func(e *entry) { e.change = link }), "not a plain file"},
		{"link out of an sdist", sdistOf(t, member{name: "demo-1.0/x", kind: tar.TypeSymlink, link: "../../etc/passwd"}), "out of the sdist"},
		{"member behind a link", sdistOf(t, member{name: "demo-1.0/x", kind: tar.TypeSymlink, link: "y"}, member{name: "demo-1.0/x/z"}), "behind a link"},
		{"hard link out of conda", condaSpec{files: []member{{name: "x", kind: tar.TypeLink, link: "../../etc/passwd"}}}.build(t), "must stay inside"},
	}
	for kind, m := range kinds {
		m.name = "info/index.json"
		spec := condaSpec{info: append(condaSpec{}.infoMembers(t)[1:], m)}
		list = append(list, attack{kind + " in conda", spec.build(t), "info/index.json"})
		spec.tarBz2 = true
		list = append(list, attack{kind + " in tar.bz2", spec.build(t), "info/index.json"})
		m.name = "demo-1.0/PKG-INFO"
		sdist := sdistOf(t)
		sdist.data = gzipOf(t, tarOf(t, member{name: "demo-1.0/x", body: []byte("x")}, m))
		list = append(list, attack{kind + " in sdist", sdist, "Invalid distribution file"})
	}
	v.refuses(list...)
}

// changedWheel is a wheel with one member changed.
func changedWheel(t *testing.T, name string, change func(*entry)) artifact {
	t.Helper()
	return wheelSpec{change: func(entries []entry) []entry {
		for i := range entries {
			if entries[i].name == name {
				change(&entries[i])
			}
		}
		return entries
	}}.build(t)
}

// TestU12DuplicateMembers sends archives in which a name comes twice.
func TestU12DuplicateMembers(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	twice := func(entries []entry) []entry { return append(entries, entries[0]) }
	folded := wheelSpec{files: []entry{{name: "demo-1.0.dist-info/metadata", body: []byte("x")}}}
	again := condaSpec{}
	conda := again.build(t)
	conda.data = zipOf(t, twice(again.entries(t, again.infoMembers(t), nil))...)
	keys := condaSpec{info: again.infoMembers(t)}
	keys.info[0].body = bytes.Replace(keys.info[0].body, []byte("{"), []byte(`{"name": "other",`), 1)
	v.refuses(
		attack{"in a wheel", wheelSpec{change: twice}.build(t), "is there twice"},
		attack{"but for capitals", folded.build(t), "twice but for capital letters"},
		attack{"in a .conda", conda, "is there twice"},
		attack{"index.json", condaSpec{more: []member{{name: "./info//index.json", body: []byte("{}")}}}.build(t), "info/index.json"},
		attack{"PKG-INFO", sdistOf(t, member{name: "demo-1.0/PKG-INFO", body: []byte("x")}), "PKG-INFO must be there once"},
		attack{"a key of index.json", keys.build(t), `the key \"name\" comes twice`},
	)
}

// TestU13RecordLies sends wheels whose RECORD is not about what they hold.
func TestU13RecordLies(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	const record = "demo-1.0.dist-info/RECORD"
	sound := wheelSpec{}.entries()
	text := string(sound[len(sound)-1].body)
	extra := wheelSpec{files: []entry{{name: "demo/extra.py", body: []byte("x")}}, record: text}
	v.refuses(
		attack{"a file that is not listed", extra.build(t), "RECORD does not list"},
		attack{"a line without its file", wheelSpec{record: text + "demo/gone.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n"}.build(t), "which is not there"},
		attack{"a line twice", wheelSpec{record: strings.Split(text, "\n")[0] + "\n" + text}.build(t), "twice"},
		attack{"another hash", wheelSpec{salt: "other", record: text}.build(t), "RECORD"},
		attack{"no hash", wheelSpec{record: "demo/__init__.py,,\n" + text[strings.Index(text, "\n")+1:]}.build(t), "RECORD gives no sha256 hash"},
		attack{"MD5", wheelSpec{record: strings.Replace(text, "sha256=", "md5=", 1)}.build(t), "RECORD gives no sha256 hash"},
		attack{"empty", wheelSpec{record: record + ",,\n"}.build(t), "RECORD does not list"},
		attack{"no CSV", wheelSpec{record: `"`}.build(t), "not a list of path, hash and size"},
		attack{"none", changedWheel(t, record, func(e *entry) { e.name = "demo/RECORD" }), "RECORD"},
	)
}

// TestU15WrongContents sends files that are something else than their name says,
// two things at once, or cut short.
func TestU15WrongContents(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	conda, bz2, wheel, sdist := condaSpec{}.build(t), condaSpec{tarBz2: true}.build(t), wheelSpec{}.build(t), sdistOf(t)
	plain := tarOf(t, condaSpec{}.infoMembers(t)...)
	contents := map[string][]byte{
		"text": []byte("this is not an archive\n"), "HTML": []byte("<html>404</html>"), "zip behind tar": slices.Concat(plain, conda.data), "tar behind zip": slices.Concat(conda.data, plain),
		"wheel behind text": slices.Concat([]byte("#!/bin/sh\n"), wheel.data), "text behind wheel": slices.Concat(wheel.data, []byte("more")), "two wheels": slices.Concat(wheel.data, wheel.data), "tar": plain,
		"zip behind gzip": slices.Concat(sdist.data, wheel.data), "gzip behind zip": slices.Concat(wheel.data, sdist.data), "zip behind bzip2": slices.Concat(bz2.data, conda.data), "one byte": []byte("P"), "zip header": []byte("PK\x03\x04"), "empty zip": []byte("PK\x05\x06" + strings.Repeat("\x00", 18)),
	}
	var list []attack
	for name, content := range contents {
		for _, a := range []artifact{conda, bz2, wheel, sdist} {
			a.data = content
			list = append(list, attack{name + " as " + a.fileName, a, ""})
		}
	}
	for _, a := range []artifact{conda, bz2, wheel, sdist} {
		for _, part := range []int{1, 2, 3, 4, 5, 6, 7, 9, 19, 99} {
			cut := a
			cut.data = a.data[:len(a.data)-(len(a.data)+part-1)/part+1]
			list = append(list, attack{"cut " + a.fileName, cut, ""})
		}
	}
	conda.data, wheel.data = bz2.data, sdist.data
	v.refuses(append(list, attack{"tar.bz2 as conda", conda, "not a zip"}, attack{"sdist as wheel", wheel, "not a zip"})...)
}

// TestU16OtherNames sends files whose name is not that of what they hold.
func TestU16OtherNames(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	renamed := func(a artifact, name, version, fileName string) artifact {
		a.name, a.version, a.fileName = name, version, fileName
		return a
	}
	list := []attack{
		{"renamed conda", renamed(condaSpec{}.build(t), "demo", "1.1", "demo-1.1-0.conda"), "A package of this name holds only"},
		{"renamed tar.bz2", renamed(condaSpec{tarBz2: true}.build(t), "other", "1.0", "other-1.0-0.tar.bz2"), "Give the file its own name"},
		{"renamed wheel", renamed(wheelSpec{}.build(t), "demo", "1.1", "demo-1.1-py3-none-any.whl"), "not named after the file"},
		{"renamed sdist", renamed(sdistOf(t), "other", "1.0", "other-1.0.tar.gz"), "Name in filename is other"},
		{"METADATA with another name", wheelSpec{metadata: wheelSpec{name: "other"}.coreMetadata()}.build(t), "Name in filename is demo"},
		{"METADATA with another version", wheelSpec{metadata: wheelSpec{version: "2"}.coreMetadata()}.build(t), "Version in filename is 1.0"},
		{"form with another name", renamed(wheelSpec{}.build(t), "other", "1.0", "demo-1.0-py3-none-any.whl"), "The form says the project is other"},
		{"form with another version", renamed(wheelSpec{}.build(t), "demo", "2.0", "demo-1.0-py3-none-any.whl"), "The form says the version is 2.0"},
	}
	for key, value := range map[string]any{"name": "other", "version": "2.0", "build": "9", "build_number": -1} {
		list = append(list, attack{"index.json with another " + key, condaSpec{index: map[string]any{key: value}}.build(t), ""})
	}
	v.refuses(list...)
}

// TestU27PathsOfClients sends packages that would make a client write outside of
// its environment.
func TestU27PathsOfClients(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	withInfo := func(name, body string) artifact {
		spec := condaSpec{info: condaSpec{}.infoMembers(t)}
		spec.info = slices.DeleteFunc(spec.info, func(m member) bool { return m.name == "info/"+name })
		spec.info = append(spec.info, member{name: "info/" + name, body: []byte(body)})
		return spec.build(t)
	}
	scripts := func(text string) artifact {
		return wheelSpec{files: []entry{{name: "demo-1.0.dist-info/entry_points.txt", body: []byte(text)}}}.build(t)
	}
	list := []attack{
		{"info/files", withInfo("files", "bin/x\n../../x\n"), "must stay inside"},
		{"console script", scripts("[console_scripts]\n../../x = a:b\n"), "Scripts have no path"},
		{"gui script", scripts("[gui_scripts]\n.. = a:b\n"), "Scripts have no path"},
	}
	for _, script := range []string{"../../x", "a/b", `a\\b`, "..", "", "C:x", "a\\nb"} {
		list = append(list, attack{"entry point " + script, withInfo("link.json", `{"noarch": {"type": "python", "entry_points": ["`+script+` = a:b"]}}`), "entry point"})
	}
	for _, path := range []string{"../x", "/etc/x", `..\\x`, `C:\\x`, "a/../../x", `\u002e\u002e/x`, "", `a\u0000b`} {
		list = append(list, attack{"path " + path, withInfo("paths.json", `{"paths": [{"path_type": "hardlink", "_path": "`+path+`"}], "paths_version": 1}`), "The archive names a file"})
	}
	v.refuses(list...)
}
