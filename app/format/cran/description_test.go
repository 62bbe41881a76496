package cran_test

import (
	"strings"
	"testing"

	"vivarium/app/format/cran"
	"vivarium/app/format/cran/crantest"
	"vivarium/app/model"
)

func TestParseDescription(t *testing.T) {
	t.Parallel()
	d, err := cran.ParseDescription([]byte("Package: zoo\r\nVersion: 1.8-12\r\nTitle: S3\tInfrastructure\r\n  for   Series\r\nAuthor: Z\xe9\r\nDepends: R (>= 3.1.0),\n stats\n\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"Package": "zoo", "Version": "1.8-12", "Title": "S3 Infrastructure for Series", "Author": "Zé", "Depends": "R (>= 3.1.0), stats", "Imports": ""}
	for name, value := range want {
		if got := d.Get(name); got != value {
			t.Errorf("%s: got %q, want %q", name, got, value)
		}
	}
}

func FuzzParseDescription(f *testing.F) {
	f.Add([]byte(crantest.Spec{}.Text()))
	f.Add([]byte("Package: a.b\nVersion: 1-2\n\tx\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := cran.ParseDescription(raw)
		if err != nil {
			if model.CodeOf(err) != model.Invalid {
				t.Fatalf("got %v, want Invalid", err)
			}
			return
		}
		entry := cran.Info{Description: d}.Entry("0")
		text := cran.WriteIndex([]cran.Entry{entry})
		again, err := cran.ParseDescription(text)
		if err != nil || again.Package != d.Package || again.Version != d.Version || len(again.Fields) != len(entry) {
			t.Errorf("%q became %q: %v", raw, text, err)
		}
	})
}

func TestWriteIndex(t *testing.T) {
	t.Parallel()
	var entries []cran.Entry
	for _, spec := range []crantest.Spec{{Name: "zoo", Version: "1.10"}, {Name: "zoo", Version: "1.9"}, {Name: "ape", Version: "5.0", Fields: []string{"Imports: nlme,\n  lattice", "Maintainer: x"}}} {
		fileName, data := crantest.Build(t, spec)
		info, err := read(data, fileName)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, info.Entry("d41d8"))
	}
	rest := "License: MIT\nNeedsCompilation: no\nMD5sum: d41d8\n"
	want := "Package: ape\nVersion: 5.0\nImports: nlme, lattice\n" + rest + "\nPackage: zoo\nVersion: 1.9\n" + rest + "\nPackage: zoo\nVersion: 1.10\n" + rest
	if got := string(cran.WriteIndex(entries)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := cran.WriteIndex(nil); len(got) != 0 {
		t.Errorf("an empty index is %q", got)
	}
}

func TestCompareVersions(t *testing.T) {
	t.Parallel()
	ascending := strings.Fields("nonsense 0.9 1.0 1.0.0 1.0-1 1.2 1.10 1.10.1 2.0 99999999999999999999999.1")
	for i, a := range ascending {
		for j, b := range ascending {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := cran.CompareVersions(a, b); got != want {
				t.Errorf("%s to %s: got %d, want %d", a, b, got, want)
			}
		}
	}
	if cran.CompareVersions("1.01", "1.1") != 0 || cran.CompareVersions("1.0-1", "1.0.1") != 0 {
		t.Error("versions that differ in writing alone differ")
	}
}

func TestFolder(t *testing.T) {
	t.Parallel()
	windows, mac := cran.Built{System: cran.Windows, R: "4.3", Arch: "x86_64"}, cran.Built{System: cran.MacOS, R: "4.3", Arch: "aarch64"}
	source, pure := cran.Built{System: cran.Source}, cran.Built{System: cran.MacOS, R: "4.3"}
	tests := map[string][]cran.Built{
		"src/contrib":                           {source},
		"bin/windows/contrib/4.3":               {windows},
		"bin/windows/contrib/4.4":               nil,
		"bin/macosx/big-sur-arm64/contrib/4.3":  {mac, pure},
		"bin/macosx/contrib/4.3":                {pure},
		"bin/macosx/big-sur-x86_64/contrib/4.3": {pure},
		"bin/macosx/sonoma-arm64/contrib/4.6":   nil,
	}
	for path, want := range tests {
		folder, ok := cran.ParseFolder(path)
		if !ok {
			t.Errorf("%s is no folder", path)
			continue
		}
		for _, b := range []cran.Built{windows, mac, source, pure} {
			holds := false
			for _, w := range want {
				holds = holds || w == b
			}
			if got := folder.Holds(b); got != holds {
				t.Errorf("%s holds %+v: got %t", path, b, got)
			}
		}
	}
	for _, path := range []string{"", "src", "src/contrib/4.3", "bin/linux/contrib/4.3", "bin/windows/x/contrib/4.3", "bin/windows/contrib/x", "bin/macosx/a/b/contrib/4.3"} {
		if folder, ok := cran.ParseFolder(path); ok {
			t.Errorf("%q is %+v", path, folder)
		}
	}
}
