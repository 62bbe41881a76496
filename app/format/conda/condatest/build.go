package condatest

import "testing"

// Spec says what a package holds. Its zero value is a small noarch package
// named demo-1.0-0.
type Spec struct {
	Name, Version, Build string // demo, 1.0, 0 when empty
	BuildNumber          int64
	Subdir               string // noarch when empty
	Depends              []string
	License, Summary     string
	Timestamp            int64 // milliseconds; 0 leaves it out
	// TarBz2 asks for the older archive type.
	TarBz2 bool
	// Index and About hold further keys of index.json and about.json; a nil value
	// takes the key out.
	Index, About map[string]any
	// RunExports is written as run_exports.json unless it is nil.
	RunExports any
	// Files are the package's own files by path; one text file when nil.
	Files map[string]string
	// Info holds further members by their path below info/; they stand in for the
	// ones made here.
	Info map[string]string
}

// Build returns the file name and the bytes of the package that s describes.
func Build(t testing.TB, s Spec) (fileName string, data []byte) {
	t.Helper()
	s = s.withDefaults()
	stem := s.Name + "-" + s.Version + "-" + s.Build
	if s.TarBz2 {
		members := append(InfoMembers(t, s), FileMembers(s)...)
		return stem + ".tar.bz2", Bzip2(Tar(t, members...))
	}
	return stem + ".conda", Zip(t, CondaEntries(t, s)...)
}

// CondaEntries returns the three zip members of s as a .conda file.
func CondaEntries(t testing.TB, s Spec) []Entry {
	t.Helper()
	s = s.withDefaults()
	stem := s.Name + "-" + s.Version + "-" + s.Build
	return []Entry{
		{Name: "metadata.json", Body: []byte(`{"conda_pkg_format_version": 2}`)},
		{Name: "pkg-" + stem + ".tar.zst", Body: Zstd(t, Tar(t, FileMembers(s)...))},
		{Name: "info-" + stem + ".tar.zst", Body: Zstd(t, Tar(t, InfoMembers(t, s)...))},
	}
}

func (s Spec) withDefaults() Spec {
	orElse := func(value *string, otherwise string) {
		if *value == "" {
			*value = otherwise
		}
	}
	orElse(&s.Name, "demo")
	orElse(&s.Version, "1.0")
	orElse(&s.Build, "0")
	orElse(&s.Subdir, "noarch")
	if s.Files == nil {
		s.Files = map[string]string{"share/" + s.Name + "/hello.txt": "hello from " + s.Name + "\n"}
	}
	return s
}
