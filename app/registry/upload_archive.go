package registry

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"runtime"
	"strings"
	"time"

	"vivarium/app/blob"
	"vivarium/app/format/conda"
	"vivarium/app/format/pypi"
	"vivarium/app/model"
)

// archive is what the bytes of an upload say of themselves.
type archive struct {
	// name and version stand as the archive writes them.
	name, version string
	// suggests is a name for the package of a file that says none.
	suggests string
	// pkg is where the file goes, once that is known; without an ID it is to be made.
	pkg *model.Package
	// file has the columns that come from the archive and its digest.
	file  model.File
	about PackageChange
	// attrs wins over what was announced; nil for nothing.
	attrs json.RawMessage
	// metadata is served beside the file; nil for none.
	metadata []byte
	// uploadedAt is when the file came to another server; zero: it comes now.
	uploadedAt time.Time
}

// readSlots bounds how many archives are read at once: each costs a processor,
// and a zstd window of up to 128 MiB.
var readSlots = make(chan struct{}, max(4, runtime.GOMAXPROCS(0)))

// readArchive reads stored bytes as a file of type t. What it refuses is Invalid.
// Files of some types do not say their name and version.
func (r *Registry) readArchive(t model.PackageType, fileName string, digest blob.Digest) (archive, error) {
	f, err := r.Blobs.Open(digest.SHA256)
	if model.CodeOf(err) == model.NotFound {
		return archive{}, bytesGone(fileName)
	}
	if err != nil {
		return archive{}, err
	}
	defer f.Close()
	return readAs(t, f, fileName, digest)
}

// readAs reads bytes with that digest as a file of type t.
func readAs(t model.PackageType, f io.ReaderAt, fileName string, digest blob.Digest) (archive, error) {
	readSlots <- struct{}{}
	defer func() { <-readSlots }()
	a, err := kindOf(t).read(f, fileName, digest)
	if err != nil {
		return archive{}, err
	}
	a.file.Type, a.file.Basename, a.file.Version = t, path.Join(a.file.Subdir, fileName), a.version
	a.file.Size, a.file.MD5, a.file.SHA256, a.file.Attrs = digest.Size, digest.MD5, digest.SHA256, a.attrs
	return a, nil
}

func readConda(f io.ReaderAt, fileName string, digest blob.Digest) (archive, error) {
	info, err := conda.ReadInfo(f, digest.Size, fileName)
	if err != nil {
		return archive{}, err
	}
	record, err := info.Record(digest.MD5, digest.SHA256, digest.Size)
	if err != nil {
		return archive{}, err
	}
	runExports := info.RunExports
	if runExports == nil {
		runExports = []byte("{}") // CEP 12: read, and there are none; absent would mean unknown
	}
	attrs, err := withTraits(info)
	if err != nil {
		return archive{}, err
	}
	about := info.About
	if about.License == "" {
		about.License = info.License
	}
	return archive{
		name: info.Name, version: info.Version, attrs: attrs,
		file: model.File{Subdir: info.Subdir, Build: info.Build, BuildNumber: info.BuildNumber, Record: record, RunExports: runExports},
		about: PackageChange{
			Summary: &about.Summary, Description: &about.Description, License: &about.License, LicenseFamily: &about.LicenseFamily,
			LicenseURL: &about.LicenseURL, Home: &about.Home, DevURL: &about.DevURL, DocURL: &about.DocURL, SourceURL: &about.SourceURL,
		},
	}, nil
}

// withTraits is index.json with the package's traits, which it does not have.
func withTraits(info *conda.Info) (json.RawMessage, error) {
	if len(info.Traits) == 0 {
		return info.Index, nil
	}
	traits, err := json.Marshal(map[string]any{"traits": info.Traits})
	if err != nil {
		return nil, fmt.Errorf("write traits of %s: %w", info.FileName(), err)
	}
	return joinObjects(info.Index, traits)
}

func readPython(f io.ReaderAt, fileName string, digest blob.Digest) (archive, error) {
	info, err := pypi.ReadInfo(f, digest.Size, fileName)
	if err != nil {
		return archive{}, err
	}
	m := info.Metadata
	short := m
	short.Description = "" // the package has it; once is enough
	record, err := json.Marshal(short)
	if err != nil {
		return archive{}, fmt.Errorf("write metadata of %s: %w", fileName, err)
	}
	a := archive{name: m.Name, version: m.Version, file: model.File{Record: record, RequiresPython: m.RequiresPython}, about: aboutPython(m)}
	if info.MetadataServable {
		a.metadata = info.RawMetadata
	}
	return a, nil
}

// aboutPython is what core metadata says of the project. Links are found by the
// well-known labels of PEP 753.
func aboutPython(m pypi.Metadata) PackageChange {
	license := m.LicenseExpression
	if license == "" {
		license, _, _ = strings.Cut(m.License, "\n")
	}
	c := PackageChange{Summary: &m.Summary, Description: &m.Description, License: &license, Home: &m.HomePage}
	for _, line := range m.ProjectURLs {
		label, link, ok := strings.Cut(line, ",")
		if !ok {
			continue
		}
		link = strings.TrimSpace(link)
		switch wellKnownLabel(label) {
		case "homepage":
			c.Home = &link
		case "documentation", "docs":
			c.DocURL = &link
		case "source", "repository", "sourcecode", "github":
			c.SourceURL = &link
		case "issues", "bugs", "tracker", "issuetracker", "bugtracker":
			c.DevURL = &link
		}
	}
	return c
}

// wellKnownLabel is a project URL's label without punctuation and blanks, in
// lower case (PEP 753).
func wellKnownLabel(label string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(label))
}
