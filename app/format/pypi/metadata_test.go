package pypi_test

import (
	"reflect"
	"strings"
	"testing"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
)

// metadata returns the metadata of demo 1.0 in a version, with more lines.
func metadata(version string, lines ...string) []byte {
	return []byte("Metadata-Version: " + version + "\nName: demo\nVersion: 1.0\n" + strings.Join(lines, "\n") + "\n")
}

func TestParseMetadata(t *testing.T) {
	t.Parallel()
	got, err := pypi.ParseMetadata([]byte("Metadata-Version: 2.6\r\nName: Demo.Pkg\r\nVERSION:  1.0+x \r\nSummary: A demo\r\nKeywords: a,b\r\nHome-page: https://h.example\r\n" +
		"Download-URL: https://d.example\r\nAuthor: Ada,\r\n   Brook\r\nAuthor-email: a@example.org\r\nMaintainer: M\r\nMaintainer-email: m@example.org\r\nLicense: first\r\n        second\r\n       |third\r\n" +
		"License-Expression: mit or apache-2.0\r\nLicense-File: LICENSE\r\nLicense-File: sub/NOTICE\r\nClassifier: A :: B\r\nClassifier: C\r\nRequires-Python: >=3.9\r\n" +
		"Requires-Dist: foo @ https://f.example/x.whl\r\nRequires-Dist: bar>1; extra == 'x'\r\nRequires-External: libpng\r\nProvides-Extra: x\r\nProvides-Dist: p\r\nObsoletes-Dist: o\r\n" +
		"Project-URL: Home, https://h.example\r\nPlatform: UNKNOWN\r\nPlatform: linux\r\nSupported-Platform: s\r\nDynamic: License-File\r\nImport-Name: demo\r\nImport-Name: demo._x ; private\r\nImport-Namespace: ns\r\n" +
		"Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM\r\nX-Unknown: y\r\n\r\n# Demo\r\nName: other\r\n"))
	want := pypi.Metadata{
		MetadataVersion: "2.6", Name: "Demo.Pkg", Version: "1.0+x", Summary: "A demo", Keywords: "a,b", HomePage: "https://h.example",
		DownloadURL: "https://d.example", Author: "Ada, Brook", AuthorEmail: "a@example.org", Maintainer: "M", MaintainerEmail: "m@example.org", License: "first\nsecond\nthird",
		LicenseExpression: "MIT OR Apache-2.0", LicenseFiles: []string{"LICENSE", "sub/NOTICE"}, Classifiers: []string{"A :: B", "C"}, RequiresPython: ">=3.9",
		RequiresDist: []string{"foo @ https://f.example/x.whl", "bar>1; extra == 'x'"}, RequiresExternal: []string{"libpng"}, ProvidesExtra: []string{"x"},
		ProvidesDist: []string{"p"}, ObsoletesDist: []string{"o"}, ProjectURLs: []string{"Home, https://h.example"}, Platforms: []string{"linux"}, SupportedPlatforms: []string{"s"},
		Dynamic: []string{"license-file"}, ImportNames: []string{"demo", "demo._x ; private"}, ImportNamespaces: []string{"ns"},
		DescriptionContentType: "text/markdown; charset=UTF-8; variant=GFM", Description: "# Demo\r\nName: other\r\n",
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestParseMetadataAccepts(t *testing.T) {
	t.Parallel()
	for _, raw := range [][]byte{
		metadata("1.0"), metadata("1.1"), metadata("1.2"), metadata("2.0"), metadata("2.1"), metadata("2.2"), metadata("2.3"), metadata("2.4"), metadata("2.5"), metadata("2.6"),
		metadata("2.4", "License-Expression: mit or apache-2.0"),
		metadata("2.4", "License-Expression: LicenseRef-Proprietary"),
		metadata("2.4", "License: MIT", "License-Expression: MIT"),
		metadata("2.1", "Requires-Dist: foo @ https://example.org/foo.whl"),
		metadata("2.1", "Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM"),
		metadata("2.1", "Description-Content-Type: text/x-rst; charset=utf-8"),
		metadata("2.1", "Description-Content-Type: text/plain"),
		metadata("2.1", "Description-Content-Type: UNKNOWN"),
		metadata("2.5", "Import-Name: demo"),
		metadata("2.5", "Import-Name:"),
		metadata("2.1", "Unknown-Header: x", "Another: y"),
		metadata("2.1", "License-File: ../LICENSE"),
		metadata("2.1", "Dynamic: whatever"),
		metadata("2.2", "Dynamic: Requires-Dist", "Dynamic: obsoletes"),
		metadata("2.1", "License: x", "License: y", "Author: a", "Author: b"),
		metadata("2.1", "Requires-Python: >=3.9, !=3.9.1, <4"),
	} {
		if _, err := pypi.ParseMetadata(raw); err != nil {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

func TestParseMetadataRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		raw      []byte
		sentence string
	}{
		{metadata("3.0"), `Metadata-Version is "3.0"`},
		{metadata("2.10"), `Metadata-Version is "2.10"`},
		{[]byte("Name: demo\nVersion: 1.0\n"), "Metadata-Version is missing"},
		{[]byte("Metadata-Version: 2.1\nVersion: 1.0\n"), "Name is missing"},
		{[]byte("Metadata-Version: 2.1\nName: demo\n"), "Version is missing"},
		{[]byte("Metadata-Version: 2.1\nName: a b\nVersion: 1.0\n"), `Name is "a b"`},
		{[]byte("Metadata-Version: 2.1\nName: a\n b\nVersion: 1.0\n"), "Name goes over several lines"},
		{[]byte("Metadata-Version: 2.1\nName: demo\nVersion: x\n"), `Version is "x"`},
		{[]byte("\nMetadata-Version: 2.1\nName: demo\nVersion: 1.0\n"), "Metadata-Version is missing"},
		{[]byte("Metadata-Version: 2.1\nno header\nName: demo\nVersion: 1.0\n"), "Name is missing"},
		{nil, "Metadata-Version is missing"},
		{metadata("2.3", "License-Expression: MIT"), "License-Expression needs 2.4"},
		{metadata("2.4", "License-Expression: Nonsense"), `License-Expression is "Nonsense"`},
		{metadata("2.4", "License-Expression: MIT AND"), `License-Expression is "MIT AND"`},
		{metadata("2.1", "Requires-Dist: foo >"), `Requires-Dist is "foo >"`},
		{metadata("2.1", "Requires-Dist: foo", " >1"), "Requires-Dist goes over several lines"},
		{metadata("2.1", "Requires-Python: 3.x"), `Requires-Python is "3.x"`},
		{metadata("2.1", "Requires-Python: >=3.6.*"), `Requires-Python is ">=3.6.*"`},
		{metadata("2.1", "Description-Content-Type: text/html"), `Description-Content-Type is "text/html"`},
		{metadata("2.1", "Description-Content-Type: text/markdown; charset=latin-1"), "Description-Content-Type is"},
		{metadata("2.1", "Description-Content-Type: text/markdown; variant=x"), "Description-Content-Type is"},
		{metadata("2.1", "Description-Content-Type: markdown"), "Description-Content-Type is"},
		{metadata("2.1", "Provides-Extra: foo bar"), `Provides-Extra is "foo bar"`},
		{metadata("2.2", "Dynamic: Name"), `Dynamic is "name"`},
		{metadata("2.2", "Dynamic: Metadata-Version"), `Dynamic is "metadata-version"`},
		{metadata("2.2", "Dynamic: nonsense"), `Dynamic is "nonsense"`},
		{metadata("2.4", "Import-Name: demo"), "Import-Name needs 2.5"},
		{metadata("2.4", "Import-Namespace: demo"), "Import-Name needs 2.5"},
		{metadata("2.5", "Import-Name: 1demo"), `Import-Name is "1demo"`},
		{metadata("2.5", "Import-Name: demo; public"), `Import-Name is "demo; public"`},
		{metadata("2.4", "License-File: /LICENSE"), `License-File is "/LICENSE"`},
		{metadata("2.4", "License-File: ../LICENSE"), `License-File is "../LICENSE"`},
		{metadata("2.4", `License-File: a\b`), `License-File is "a\b"`},
		{metadata("2.4", "License-File: C:x"), `License-File is "C:x"`},
		{metadata("2.4", "License-File: LICEN[CS]E*"), "License-File is"},
		{metadata("2.1", "Summary: one", " two"), "Summary goes over several lines"},
		{metadata("2.1", "Name: other"), "Name is there twice"},
		{metadata("2.1", "version: 2.0"), "version is there twice"},
		{metadata("2.1", "Requires-Python:", "Requires-Python: >=3"), "Requires-Python is there twice"},
		{metadata("2.1", "From somebody", "Requires-Dist: foo"), `the line "From somebody" is no field`},
		{metadata("2.1", ": x"), `the line ": x" is no field`},
		{[]byte(" x\nMetadata-Version: 2.1\nName: demo\nVersion: 1.0\n"), `the line " x" is no field`},
		{make([]byte, pypi.MaxMetadata+1), "larger than 8192 KiB"},
	}
	for _, test := range tests {
		_, err := pypi.ParseMetadata(test.raw)
		if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), test.sentence) {
			t.Errorf("%.80q: got %v, want Invalid with %q", test.raw, err, test.sentence)
		}
		checkSentence(t, err)
	}
}

func TestMetadataSentencesFit(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ü…\u2028漢字\x01\u0085", 50)
	for _, field := range []string{"Requires-Dist", "Requires-Python", "Provides-Extra", "Dynamic", "License-Expression", "License-File", "Import-Name", "Description-Content-Type"} {
		_, err := pypi.ParseMetadata(metadata("2.6", field+": /"+long))
		if model.CodeOf(err) != model.Invalid {
			t.Errorf("%s: got %v", field, err)
		}
		checkSentence(t, err)
	}
}

func TestParseMetadataOfOldTools(t *testing.T) {
	t.Parallel()
	got, err := pypi.ParseMetadata([]byte("Metadata-Version: 1.1\nName: old\nVersion: 0.1\nSummary: UNKNOWN\nHome-page: UNKNOWN\nAuthor: J\xf6rg\nLicense: UNKNOWN\n" +
		"Description: One\n        two\n        \n          three\n       |four\nPlatform: UNKNOWN\n"))
	want := pypi.Metadata{MetadataVersion: "1.1", Name: "old", Version: "0.1", Author: "J\uFFFDrg", Description: "One\ntwo\n\n  three\nfour"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
	for body, want := range map[string]string{"UNKNOWN\n": "", "\nText\n": "\nText\n", "": ""} {
		if got, err := pypi.ParseMetadata(append(metadata("2.1"), body...)); err != nil || got.Description != want && body != "UNKNOWN\n" {
			t.Errorf("%q: got %q, %v", body, got.Description, err)
		}
	}
}

func TestParseMetadataLineEnds(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"\n", "\r\n", "\r"} {
		raw := strings.ReplaceAll("Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nAuthor: a\n b\n\nText", "\n", end)
		if got, err := pypi.ParseMetadata([]byte(raw)); err != nil || got.Author != "a b" || got.Description != "Text" {
			t.Errorf("%q: got %+v, %v", raw, got, err)
		}
	}
}
