package pypi_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
)

// without returns a wheel that lacks a member of its dist-info folder.
func without(t *testing.T, member string) []byte {
	t.Helper()
	entries := pypitest.WithRecord(pypitest.WheelEntries(pypitest.Spec{}))
	entries = slices.DeleteFunc(entries, func(e pypitest.Entry) bool { return e.Name == "demo-1.0.dist-info/"+member })
	return pypitest.Zip(t, entries...)
}

// moved returns a wheel with another dist-info folder.
func moved(t *testing.T, folder string) []byte {
	t.Helper()
	entries := pypitest.WheelEntries(pypitest.Spec{})
	for i := range entries {
		entries[i].Name = strings.Replace(entries[i].Name, "demo-1.0.dist-info", folder, 1)
	}
	return pypitest.Zip(t, pypitest.WithRecord(entries)...)
}

func TestRefuseDistInfo(t *testing.T) {
	t.Parallel()
	meta := func(name, body string) []byte { return wheelOf(t, pypitest.Spec{Meta: map[string]string{name: body}}) }
	refused(t, []hostile{
		{"no METADATA", wheelName, without(t, "METADATA"), "has no demo-1.0.dist-info/METADATA"},
		{"no WHEEL", wheelName, without(t, "WHEEL"), "has no demo-1.0.dist-info/WHEEL"},
		{"no RECORD", wheelName, without(t, "RECORD"), "has no demo-1.0.dist-info/RECORD"},
		{"no member at all", wheelName, pypitest.Zip(t), "not a zip archive"},
		{"no dist-info", wheelName, pypitest.Zip(t, pypitest.Entry{Name: "demo.py", Body: []byte("x")}), "no .dist-info folder"},
		{"METADATA as folder", wheelName, pypitest.Zip(t, pypitest.Entry{Name: "demo-1.0.dist-info/METADATA/"}), "has no demo-1.0.dist-info/METADATA"},
		{"another project's", wheelName, moved(t, "other-1.0.dist-info"), "not named after the file"},
		{"another version's", wheelName, moved(t, "demo-1.1.dist-info"), "not named after the file"},
		{"without version", wheelName, moved(t, "demo.dist-info"), "not named after the file"},
		{"with more", wheelName, moved(t, "demo-1.0-1.dist-info"), "not named after the file"},
		{"in capitals", wheelName, moved(t, "demo-1.0.DIST-INFO"), "not named after the file"},
		{"inside a folder", wheelName, moved(t, "x/demo-1.0.dist-info"), "no .dist-info folder"},
		{"two", wheelName, wheelWith(t, pypitest.Entry{Name: "other-1.0.dist-info/METADATA", Body: []byte("x")}), "two .dist-info folders"},
		{"two but for capitals", wheelName, wheelWith(t, pypitest.Entry{Name: "Demo-1.0.dist-info/METADATA", Body: []byte("x")}), "two .dist-info folders"},
		{"metadata in small letters too", wheelName, meta("metadata", "x"), "twice but for capital letters"},
		{"Wheel-Version 2", wheelName, meta("WHEEL", "Wheel-Version: 2.0\n"), `Wheel-Version "2.0"`},
		{"no Wheel-Version", wheelName, meta("WHEEL", "Tag: x\n"), `Wheel-Version ""`},
		{"WHEEL with a torn line", wheelName, meta("WHEEL", " Wheel-Version: 1.0\n"), "is no field"},
		{"script outside", wheelName, meta("entry_points.txt", "[console_scripts]\n../../bin/sh = demo:main\n"), `names a script "../../bin/sh"`},
		{"script on windows outside", wheelName, meta("entry_points.txt", "[gui_scripts]\r\n ..\\x = demo:main\r\n"), `names a script "..\x"`},
		{"script behind a lone line end", wheelName, meta("entry_points.txt", "[console_scripts]\r/x=demo:main\r"), `names a script "/x"`},
	})
}

func TestU13Record(t *testing.T) {
	t.Parallel()
	replace := func(old, with string) []byte {
		return recordWith(t, func(record string) string { return strings.Replace(record, old, with, 1) })
	}
	line := func(add string) []byte { return recordWith(t, func(record string) string { return record + add }) }
	unlisted := pypitest.Zip(t, append(pypitest.WithRecord(pypitest.WheelEntries(pypitest.Spec{})), pypitest.Entry{Name: "demo/evil.py", Body: []byte("x")})...)
	const init = "demo/__init__.py"
	refused(t, []hostile{
		{"file that is not listed", wheelName, unlisted, `RECORD does not list "demo/evil.py"`},
		{"empty", wheelName, recordWith(t, func(string) string { return "" }), "RECORD does not list"},
		{"listed file that is not there", wheelName, line(pypitest.RecordLine("demo/x.py", nil)), `RECORD lists "demo/x.py", which is not there`},
		{"listed folder", wheelName, line("demo/,,\n"), `RECORD lists "demo/", which is not there`},
		{"outside", wheelName, line("../x,,\n"), "which is not there"},
		{"other spelling", wheelName, replace(init, "./"+init), "which is not there"},
		{"listed twice", wheelName, line(pypitest.RecordLine(init, nil)), "twice"},
		{"wrong hash", wheelName, replace("sha256=", "sha256=!"), "no sha256 hash"},
		{"other hash", wheelName, recordWith(t, otherHash), "not what RECORD says by its hash"},
		{"no hash", wheelName, recordWith(t, func(string) string { return init + ",,\n" }), "no sha256 hash"},
		{"weak hash", wheelName, recordWith(t, func(string) string { return init + ",md5=1B2M2Y8AsgTpgAmY7PhCfg,\n" }), "no sha256 hash"},
		{"short hash", wheelName, recordWith(t, func(string) string { return init + ",sha256=,\n" }), "not what RECORD says by its hash"},
		{"wrong size", wheelName, recordWith(t, func(record string) string { return sizes.ReplaceAllString(record, ",1\n") }), `gives "1" bytes for`},
		{"size with zeros", wheelName, replace(",29\n", ",029\n"), `gives "029" bytes`},
		{"hash of itself", wheelName, replace("RECORD,,", "RECORD,sha256=AAAA,"), "not what RECORD says"},
		{"two fields", wheelName, line("x,y\n"), "not a list of path, hash and size"},
		{"torn quote", wheelName, line("\"x,,\n"), "not a list of path, hash and size"},
		{"no text", wheelName, line("\x00\xff\n"), "not a list of path, hash and size"},
	})
}

func otherHash(record string) string {
	lines := strings.SplitAfter(record, "\n")
	_, first, _ := strings.Cut(pypitest.RecordLine("demo/__init__.py", bytes.Repeat([]byte("x"), 29)), ",")
	lines[0] = "demo/__init__.py," + first
	return strings.Join(lines, "")
}

func TestRecordHashes(t *testing.T) {
	t.Parallel()
	for algorithm, sum := range map[string]string{
		"sha384": "OLBgp1GsljhM2TJ-sbHjaiH9txEUvgdDTAzHv2P24donTt6_529l-9Ua0vFImLlb",
		"sha512": "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg_SpIdNs6c5H0NE8XYXysP-DGNKHfuwvY7kxvUdBeoGlODJ6-SfaPg",
	} {
		entries := append([]pypitest.Entry{{Name: "demo/empty.py"}}, pypitest.WheelEntries(pypitest.Spec{})...)
		entries = pypitest.WithRecord(entries)
		record := &entries[len(entries)-1]
		old := strings.TrimSpace(pypitest.RecordLine("demo/empty.py", nil))
		record.Body = []byte(strings.Replace(string(record.Body), old, fmt.Sprintf("demo/empty.py,%s=%s,0", algorithm, sum), 1))
		if _, err := read(pypitest.Zip(t, entries...), wheelName); err != nil {
			t.Errorf("%s: %v", algorithm, err)
		}
	}
}

func TestU16NamesDisagree(t *testing.T) {
	t.Parallel()
	metadata := func(name, version string) string {
		return pypitest.Spec{Name: name, Version: version}.Metadata()
	}
	wheel := func(name, version string) []byte {
		return wheelOf(t, pypitest.Spec{Meta: map[string]string{"METADATA": metadata(name, version)}})
	}
	_, sdist := pypitest.Sdist(t, pypitest.Spec{Name: "demo", Version: "1.1"})
	_, other := pypitest.Sdist(t, pypitest.Spec{Name: "other"})
	_, build := pypitest.Sdist(t, pypitest.Spec{Name: "foo", Version: "1.0.post1"})
	refused(t, []hostile{
		{"version in wheel", wheelName, wheel("demo", "1.1"), `Version in filename is 1.0, METADATA says "1.1"`},
		{"local version in wheel", wheelName, wheel("demo", "1.0+x"), `Version in filename is 1.0, METADATA says "1.0+x"`},
		{"name in wheel", wheelName, wheel("other", "1.0"), `Name in filename is demo, METADATA says "other"`},
		{"renamed wheel", "demo-1.1-py3-none-any.whl", wheelOf(t, pypitest.Spec{}), "not named after the file, which has demo-1.1"},
		{"version in sdist", sdistName, sdist, `Version in filename is 1.0, PKG-INFO says "1.1"`},
		{"name in sdist", sdistName, other, `Name in filename is demo, PKG-INFO says "other"`},
		{"ambiguous sdist name", "foo-1.0-1.tar.gz", build, `Name in filename is foo-1.0, PKG-INFO says "foo"`},
		{"look-alike", wheelName, wheel("de\u043co", "1.0"), "Invalid metadata: Name is"},
	})
}
