package pypi_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/pypi"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
)

// told checks an error that outside bytes led to.
func told(t *testing.T, err error) {
	t.Helper()
	if model.CodeOf(err) != model.Invalid {
		t.Fatalf("got %v (%v), want Invalid", err, model.CodeOf(err))
	}
	checkSentence(t, err)
}

// readAny reads a file and checks what must hold of everything that is accepted.
func readAny(t *testing.T, data []byte, fileName string) {
	t.Helper()
	info, err := read(data, fileName)
	if err != nil {
		if info != nil {
			t.Fatalf("got an answer with %v", err)
		}
		told(t, err)
		return
	}
	name, err := pypi.ParseFileName(fileName)
	if err != nil || pypi.NormalizeName(name.Name) != pypi.NormalizeName(info.Metadata.Name) || pypi.CompareVersions(name.Version, info.Metadata.Version) != 0 {
		t.Errorf("%q was accepted with %q %q, %v", fileName, info.Metadata.Name, info.Metadata.Version, err)
	}
	if info.Type == pypi.Wheel {
		oneReading(t, data)
	}
	if again, err := pypi.ParseMetadata(info.RawMetadata); err != nil || again.Name != info.Metadata.Name || len(info.RawMetadata) > pypi.MaxMetadata {
		t.Errorf("metadata that were accepted are not again: %v", err)
	}
}

// streamed returns the names in a wheel as a program finds them that reads from the
// front and does not look at the directory. It gives up at data descriptors.
func streamed(data []byte) (names []string, ok bool) {
	le := binary.LittleEndian
	for bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		flags, packed, name, extra := le.Uint16(data[6:]), le.Uint32(data[18:]), int(le.Uint16(data[26:])), int(le.Uint16(data[28:]))
		if flags&8 != 0 || packed == 1<<32-1 {
			return nil, false
		}
		names = append(names, string(data[30:30+name]))
		data = data[30+name+extra+int(packed):]
	}
	return names, true
}

// oneReading checks that a wheel which was accepted is the same to a program that
// reads it from the front and to one that goes by its directory.
func oneReading(t *testing.T, data []byte) {
	t.Helper()
	front, ok := streamed(data)
	if !ok {
		return
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, f := range r.File {
		listed = append(listed, f.Name)
	}
	slices.Sort(front)
	slices.Sort(listed)
	if !slices.Equal(front, listed) {
		t.Errorf("from the front %q, by the directory %q", front, listed)
	}
}

func addFixtures(f *testing.F, ending string, add func(data []byte, fileName string)) {
	for _, file := range fixtures(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if strings.HasSuffix(file, ending) {
			add(data, filepath.Base(file))
		}
	}
}

// FuzzReadWheel reads whole wheels under their right names. With shape 1 to 3 the
// bytes are a member of a wheel that is sound otherwise, which mutation could not
// build by itself.
func FuzzReadWheel(f *testing.F) {
	addFixtures(f, ".whl", func(data []byte, fileName string) { f.Add(data, fileName, byte(0)) })
	for shape, member := range []string{"METADATA", "WHEEL", "RECORD"} {
		for _, e := range pypitest.WithRecord(pypitest.WheelEntries(pypitest.Spec{})) {
			if strings.HasSuffix(e.Name, member) {
				f.Add(e.Body, wheelName, byte(shape+1))
			}
		}
	}
	f.Add([]byte("[console_scripts]\ndemo = demo:main\n"), wheelName, byte(4))
	f.Fuzz(func(t *testing.T, data []byte, fileName string, shape byte) {
		if member := map[byte]string{1: "METADATA", 2: "WHEEL", 4: "entry_points.txt"}[shape]; member != "" {
			fileName, data = pypitest.Wheel(t, pypitest.Spec{Meta: map[string]string{member: string(data)}})
		}
		if shape == 3 {
			fileName, data = wheelName, recordWith(t, func(string) string { return string(data) })
		}
		readAny(t, data, fileName)
	})
}

// FuzzReadSdist reads whole sdists under their right names. With shape 1 the bytes
// are the tar archive, with shape 2 PKG-INFO.
func FuzzReadSdist(f *testing.F) {
	addFixtures(f, ".tar.gz", func(data []byte, fileName string) { f.Add(data, fileName, byte(0)) })
	f.Add(pypitest.Zip(f, zipSdist(pypitest.Spec{})...), "demo-1.0.zip", byte(0))
	f.Add(pypitest.Tar(f, pypitest.SdistMembers(pypitest.Spec{})...), sdistName, byte(1))
	f.Add([]byte(pypitest.Spec{}.Metadata()), sdistName, byte(2))
	f.Fuzz(func(t *testing.T, data []byte, fileName string, shape byte) {
		switch shape {
		case 1:
			data = pypitest.Gzip(t, data)
		case 2:
			data = pypitest.Gzip(t, pypitest.Tar(t, pypitest.Member{Name: "demo-1.0/PKG-INFO", Body: data}))
		}
		readAny(t, data, fileName)
	})
}

func FuzzParseMetadata(f *testing.F) {
	f.Add(metadata("2.1", "Requires-Dist: foo[x,y] (>=1.0,<2) ; (python_version<'3' or os_name in \"a b\") and extra == 'z'", "Author: a", " b"))
	f.Add(metadata("2.6", "License-Expression: (mit OR gpl-2.0+ WITH classpath-exception-2.0) and LicenseRef-x", "Import-Name: a.b ; private", "Dynamic: Author"))
	f.Add(metadata("2.4", "Requires-Dist: foo @ https://x ; os_name=='a'", "Description-Content-Type: text/markdown; variant=GFM", "License-File: x/y", "Provides-Extra: z"))
	f.Add(metadata("1.1", "Requires-Python: ~=3.9,!=3.9.*,===x", "Description: a\r\n       |b\r", "", "body"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := pypi.ParseMetadata(raw)
		if err != nil {
			told(t, err)
			return
		}
		if pypi.CheckName(m.Name) != nil {
			t.Errorf("accepted the name %q", m.Name)
		}
		if _, err := pypi.ParseVersion(m.Version); err != nil {
			t.Errorf("accepted the version %q", m.Version)
		}
		exact := append([]string{m.Summary, m.RequiresPython, m.LicenseExpression}, m.RequiresDist...)
		if strings.ContainsAny(strings.Join(exact, ""), "\r\n") {
			t.Errorf("accepted line ends in %q", exact)
		}
	})
}

func FuzzParseFileName(f *testing.F) {
	for _, name := range []string{wheelName, sdistName, "foo_bar-1!1.0+x-1a-py2.py3-none-any.whl", "Foo.Bar-1.0-1.zip"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, fileName string) {
		name, err := pypi.ParseFileName(fileName)
		if err != nil {
			told(t, err)
			return
		}
		if pypi.CheckName(name.Name) != nil || model.CheckFileName(fileName) != nil || model.CheckVersion(name.Version) != nil || model.CheckPackageName(name.Name) != nil {
			t.Errorf("accepted %q as %+v", fileName, name)
		}
		parts := []string{name.Name, name.Version}
		if name.Type == pypi.Wheel {
			if name.Build != "" {
				parts = append(parts, name.Build)
			}
			parts = append(parts, strings.Join(name.PythonTags, "."), strings.Join(name.ABITags, "."), strings.Join(name.PlatformTags, "."))
		}
		if back := strings.Join(parts, "-"); !strings.HasPrefix(strings.ToLower(fileName), strings.ToLower(back)+".") {
			t.Errorf("%q came apart as %q", fileName, parts)
		}
	})
}

// FuzzVersion checks that the order is one: whatever is compared, the answers fit
// each other and the normalized forms.
func FuzzVersion(f *testing.F) {
	for i := range ascending {
		a, _, _ := strings.Cut(ascending[i], " = ")
		f.Add(a, ascending[(i*7+1)%len(ascending)], ascending[(i*5+2)%len(ascending)])
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		ab, ba, bc, ac := pypi.CompareVersions(a, b), pypi.CompareVersions(b, a), pypi.CompareVersions(b, c), pypi.CompareVersions(a, c)
		if pypi.CompareVersions(a, a) != 0 || ab != -ba || ab < -1 || ab > 1 {
			t.Errorf("%q to %q: %d, and back %d", a, b, ab, ba)
		}
		if ab <= 0 && bc <= 0 && (ac > 0 || ac == 0 && ab+bc != 0) {
			t.Errorf("%q, %q, %q: %d, %d, but %d", a, b, c, ab, bc, ac)
		}
		va, err := pypi.ParseVersion(a)
		if err != nil {
			told(t, err)
			return
		}
		for _, form := range []string{va.String(), va.Canonical()} {
			again, err := pypi.ParseVersion(form)
			if err != nil || again.Compare(va) != 0 || again.Canonical() != va.Canonical() || again.IsPrerelease() != va.IsPrerelease() {
				t.Errorf("%q became %q: %v", a, form, err)
			}
		}
		if vb, err := pypi.ParseVersion(b); err == nil && (ab == 0) != (va.Canonical() == vb.Canonical()) {
			t.Errorf("%q and %q: %d, but canonical %q and %q", a, b, ab, va.Canonical(), vb.Canonical())
		}
	})
}
