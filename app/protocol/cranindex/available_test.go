package cranindex_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/cran/crantest"
)

// available reads a PACKAGES file as R's available.packages() does: records of the
// Debian control form, whose lines that begin with a blank go on with the field
// before. It is written for this test and shares nothing with the program.
func available(t *testing.T, text string) []map[string]string {
	t.Helper()
	var records []map[string]string
	var field string
	record := map[string]string{}
	end := func() {
		if len(record) > 0 {
			records = append(records, record)
			record, field = map[string]string{}, ""
		}
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		name, value, isField := strings.Cut(line, ":")
		switch {
		case strings.TrimSpace(line) == "":
			end()
		case line[0] == ' ' || line[0] == '\t':
			record[field] += " " + strings.TrimSpace(line)
		case !isField || strings.ContainsAny(name, " \t") || record[name] != "":
			t.Fatalf("not a field of a record: %q", line)
		default:
			field = name
			record[field] = strings.TrimSpace(value)
		}
	}
	end()
	return records
}

// description is the DESCRIPTION of a package, source or built for Windows.
func description(t *testing.T, fileName string, data []byte) string {
	t.Helper()
	if strings.HasSuffix(fileName, ".zip") {
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.File {
			if strings.Count(f.Name, "/") == 1 && strings.HasSuffix(f.Name, "/DESCRIPTION") {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				return all(t, r)
			}
		}
	}
	packed, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewReader(packed)
	for h, err := archive.Next(); err == nil; h, err = archive.Next() {
		if strings.Count(h.Name, "/") == 1 && strings.HasSuffix(h.Name, "/DESCRIPTION") {
			return all(t, archive)
		}
	}
	t.Fatalf("%s has no DESCRIPTION", fileName)
	return ""
}

func all(t *testing.T, r io.Reader) string {
	t.Helper()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestAvailable installs by what the index says alone: each record leads to a file of
// its digest whose own DESCRIPTION agrees with it, for source and built packages.
func TestAvailable(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, crantest.Spec{Name: "long", Fields: []string{"Imports: one (>= 1.0),", "    two,", "\tthree", "Suggests: testthat"}})
	s.publish(t, crantest.Spec{Name: "macr", Built: "R 4.3.1; aarch64-apple-darwin20; 2024-01-01 10:00:00 UTC; unix"})
	folders := map[string]struct {
		ending string
		count  int
	}{
		"src/contrib": {".tar.gz", 3}, "bin/windows/contrib/4.3": {".zip", 1}, "bin/macosx/big-sur-arm64/contrib/4.3": {".tgz", 1},
	}
	for folder, want := range folders {
		base := "/cran/brook/" + folder
		records := available(t, s.get(base+"/PACKAGES").Body.String())
		if len(records) != want.count {
			t.Errorf("%s has %d records, want %d: %v", folder, len(records), want.count, records)
		}
		for _, r := range records {
			fileName := r["Package"] + "_" + r["Version"] + want.ending
			w := s.get(base + "/" + fileName)
			sum := md5.Sum(w.Body.Bytes())
			if w.Code != http.StatusOK || hex.EncodeToString(sum[:]) != r["MD5sum"] {
				t.Fatalf("%s/%s: %d, digest %x, want %s", folder, fileName, w.Code, sum, r["MD5sum"])
			}
			own := available(t, description(t, fileName, w.Body.Bytes()))[0]
			for _, field := range []string{"Package", "Version", "Depends", "Imports", "Suggests", "License", "NeedsCompilation", "Built"} {
				if own[field] != r[field] {
					t.Errorf("%s: the index says %s is %q, the file %q", fileName, field, r[field], own[field])
				}
			}
		}
	}
}
