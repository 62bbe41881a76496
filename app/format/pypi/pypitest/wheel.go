package pypitest

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Wheel returns the file name and the bytes of the wheel that s describes.
func Wheel(t testing.TB, s Spec) (fileName string, data []byte) {
	t.Helper()
	return s.WheelName(), Zip(t, WithRecord(WheelEntries(s))...)
}

// WheelEntries returns the zip members of s as a wheel, without its RECORD.
func WheelEntries(s Spec) []Entry {
	s = s.withDefaults()
	var entries []Entry
	for _, name := range s.paths() {
		entries = append(entries, Entry{Name: name, Body: []byte(s.Files[name])})
	}
	meta := map[string]string{
		"METADATA": s.Metadata(),
		"WHEEL":    fmt.Sprintf("Wheel-Version: 1.0\nGenerator: pypitest\nRoot-Is-Purelib: true\nTag: %s\n", s.Tags),
	}
	maps.Copy(meta, s.Meta)
	for _, name := range slices.Sorted(maps.Keys(meta)) {
		entries = append(entries, Entry{Name: s.stem() + ".dist-info/" + name, Body: []byte(meta[name])})
	}
	return entries
}

// WithRecord returns entries and a RECORD of them, in the dist-info folder that
// they have.
func WithRecord(entries []Entry) []Entry {
	var lines strings.Builder
	record := "RECORD"
	for _, e := range entries {
		if before, _, ok := strings.Cut(e.Name, ".dist-info/"); ok {
			record = before + ".dist-info/RECORD"
		}
		if !strings.HasSuffix(e.Name, "/") {
			lines.WriteString(RecordLine(e.Name, e.Body))
		}
	}
	lines.WriteString(record + ",,\n")
	return append(slices.Clone(entries), Entry{Name: record, Body: []byte(lines.String())})
}

// RecordLine returns the line of a RECORD for a file.
func RecordLine(name string, body []byte) string {
	sum := sha256.Sum256(body)
	if strings.ContainsAny(name, `,"`) {
		name = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	}
	return fmt.Sprintf("%s,sha256=%s,%d\n", name, base64.RawURLEncoding.EncodeToString(sum[:]), len(body))
}
