package cran_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"vivarium/app/format/cran"
	"vivarium/app/format/cran/crantest"
	"vivarium/app/model"
)

const (
	windowsBuilt = "R 4.3.1; x86_64-w64-mingw32; 2024-01-01 10:00:00 UTC; windows"
	macBuilt     = "R 4.3.1; aarch64-apple-darwin20; 2024-01-01 10:00:00 UTC; unix"
	pureBuilt    = "R 4.3.1; ; 2024-01-01 10:00:00 UTC; unix"
)

func read(data []byte, fileName string) (*cran.Info, error) {
	return cran.ReadInfo(bytes.NewReader(data), int64(len(data)), fileName)
}

func TestReadInfo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		spec     crantest.Spec
		fileName string
		built    cran.Built
	}{
		{crantest.Spec{}, "tinyr_0.1.2.tar.gz", cran.Built{System: cran.Source}},
		{crantest.Spec{Name: "data.table", Version: "1.0-3"}, "data.table_1.0-3.tar.gz", cran.Built{System: cran.Source}},
		{crantest.Spec{Built: windowsBuilt}, "tinyr_0.1.2.zip", cran.Built{System: cran.Windows, R: "4.3", Arch: "x86_64"}},
		{crantest.Spec{Built: macBuilt}, "tinyr_0.1.2.tgz", cran.Built{System: cran.MacOS, R: "4.3", Arch: "aarch64"}},
		{crantest.Spec{Built: pureBuilt}, "tinyr_0.1.2.tgz", cran.Built{System: cran.MacOS, R: "4.3"}},
	}
	for _, tt := range tests {
		fileName, data := crantest.Build(t, tt.spec)
		info, err := read(data, fileName)
		if err != nil || fileName != tt.fileName || info.Built != tt.built {
			t.Errorf("%s, want %s: got %+v, %v, want %+v", fileName, tt.fileName, info, err, tt.built)
		}
	}
}

func TestReadInfoRefuses(t *testing.T) {
	t.Parallel()
	good := func(s crantest.Spec) []byte { _, data := crantest.Build(t, s); return data }
	description := func(text string) []byte { return good(crantest.Spec{Description: text}) }
	tests := map[string]struct {
		data     []byte
		fileName string // empty: tinyr_0.1.2.tar.gz
		says     string
	}{
		"another name":         {good(crantest.Spec{}), "other_0.1.2.tar.gz", "has no"},
		"another version":      {good(crantest.Spec{}), "tinyr_0.1.3.tar.gz", "says tinyr 0.1.2"},
		"no archive":           {[]byte("hello"), "", "not a gzip archive"},
		"cut short":            {good(crantest.Spec{})[:150], "", "cut short"},
		"no DESCRIPTION":       {crantest.Tar(t, [2]string{"tinyr/R/x.R", "x"}), "", "has no"},
		"elsewhere":            {good(crantest.Spec{Folder: "tinyr/inst"}), "", "has no"},
		"two of them":          {crantest.Tar(t, [2]string{"tinyr/DESCRIPTION", "A: b"}, [2]string{"tinyr/DESCRIPTION", "A: b"}), "", "twice"},
		"climbs":               {crantest.Tar(t, [2]string{"../x", "x"}), "", "stay inside"},
		"climbs in a zip":      {crantest.Zip(t, [2]string{"../x", "x"}), "tinyr_0.1.2.zip", "stay inside"},
		"zip of nothing":       {crantest.Zip(t), "tinyr_0.1.2.zip", "has no"},
		"huge DESCRIPTION":     {description("Package: tinyr\nVersion: 0.1.2\nX: " + strings.Repeat("x", cran.MaxDescription)), "", "larger than"},
		"line without a colon": {description("Package: tinyr\nVersion 0.1.2\n"), "", "no field"},
		"field twice":          {description("Package: tinyr\nVersion: 0.1.2\nTitle: a\nTitle: b\n"), "", "twice"},
		"no version":           {description("Package: tinyr\n"), "", "no Version"},
		"version of words":     {description("Package: tinyr\nVersion: latest\n"), "", "two numbers"},
		"control characters":   {description("Package: tinyr\nVersion: 0.1.2\nTitle: a\x1bb\n"), "", "control"},
		"built, but source":    {good(crantest.Spec{Fields: []string{"Built: " + macBuilt}}), "", "built"},
		"not built, but a tgz": {good(crantest.Spec{}), "tinyr_0.1.2.tgz", "by which R"},
		"built for Windows":    {crantest.Tar(t, [2]string{"tinyr/DESCRIPTION", crantest.Spec{Built: windowsBuilt}.Text()}), "tinyr_0.1.2.tgz", "windows"},
		"a name with a path":   {good(crantest.Spec{}), "../tinyr_0.1.2.tar.gz", "file name"},
		"a name without parts": {good(crantest.Spec{}), "tinyr.tar.gz", "version of an R package"},
		"another ending":       {good(crantest.Spec{}), "tinyr_0.1.2.rpm", "is named"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tt.fileName == "" {
				tt.fileName = "tinyr_0.1.2.tar.gz"
			}
			info, err := read(tt.data, tt.fileName)
			if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %+v, %v, want Invalid that says %q", info, err, tt.says)
			}
		})
	}
}

type brokenDisk struct{}

func (brokenDisk) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

// TestReadInfoBrokenDisk: a disk that fails is no fault of the package.
func TestReadInfoBrokenDisk(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"tinyr_0.1.2.zip", "tinyr_0.1.2.tgz"} {
		if _, err := cran.ReadInfo(brokenDisk{}, 1000, name); !errors.Is(err, io.ErrClosedPipe) || model.CodeOf(err) != model.Internal {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func FuzzReadInfo(f *testing.F) {
	for _, built := range []string{"", windowsBuilt, macBuilt} {
		fileName, data := crantest.Build(f, crantest.Spec{Built: built})
		f.Add(data, fileName)
	}
	f.Fuzz(func(t *testing.T, data []byte, fileName string) {
		info, err := read(data, fileName)
		if err != nil {
			if model.CodeOf(err) != model.Invalid {
				t.Fatalf("got %v, want Invalid", err)
			}
			return
		}
		name, err := cran.ParseFileName(fileName)
		if err != nil || name.Name != info.Package || name.Version != info.Version {
			t.Errorf("%q was accepted as %s %s: %v", fileName, info.Package, info.Version, err)
		}
	})
}
