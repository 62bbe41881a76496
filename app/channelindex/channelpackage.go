package channelindex

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"vivarium/app/format/conda"
)

// Package is what channeldata.json is made from: a package, and its files in all
// subdirs that a view shows.
type Package struct {
	Name                            string
	Summary, Description, License   string
	Home, DevURL, DocURL, SourceURL string
	Files                           []PackageFile
}

// PackageFile is a file of a Package.
type PackageFile struct {
	Subdir, FileName, Version string
	BuildNumber               int64
	// Timestamp is when it was built, as its record has it: in milliseconds, or in
	// seconds as old records do; 0 when unknown.
	Timestamp int64
	// RunExports is as in Record.
	RunExports json.RawMessage
	Traits     []string // those of format/conda
}

// packageEntry is what channeldata.json says of a package (CEP 38). The keys are
// in the order of their names. The version is the newest by conda's order, be it a
// prerelease.
type packageEntry struct {
	ActivateD    bool                       `json:"activate.d"`
	BinaryPrefix bool                       `json:"binary_prefix"`
	DeactivateD  bool                       `json:"deactivate.d"`
	Description  string                     `json:"description,omitempty"`
	DevURL       string                     `json:"dev_url,omitempty"`
	DocURL       string                     `json:"doc_url,omitempty"`
	Home         string                     `json:"home,omitempty"`
	License      string                     `json:"license,omitempty"`
	PostLink     bool                       `json:"post_link"`
	PreLink      bool                       `json:"pre_link"`
	PreUnlink    bool                       `json:"pre_unlink"`
	RunExports   map[string]json.RawMessage `json:"run_exports"`
	SourceURL    string                     `json:"source_url,omitempty"`
	Subdirs      []string                   `json:"subdirs"`
	Summary      string                     `json:"summary,omitempty"`
	TextPrefix   bool                       `json:"text_prefix"`
	Timestamp    int64                      `json:"timestamp"`
	Version      string                     `json:"version"`
}

func (p Package) entry() packageEntry {
	e := packageEntry{
		Summary: p.Summary, Description: p.Description, License: p.License, Home: p.Home, DevURL: p.DevURL, DocURL: p.DocURL, SourceURL: p.SourceURL,
		Subdirs: p.subdirs(), RunExports: map[string]json.RawMessage{},
	}
	for _, f := range slices.SortedFunc(slices.Values(p.Files), PackageFile.compare) {
		e.add(f)
	}
	return e
}

// add takes a file in that is not older than those before it.
func (e *packageEntry) add(f PackageFile) {
	e.Version = f.Version
	e.Timestamp = max(e.Timestamp, seconds(f.Timestamp))
	if exports := longRunExports(f.RunExports); exports != nil && string(exports) != "{}" {
		e.RunExports[f.Version] = exports
	}
	has := func(trait string) bool { return slices.Contains(f.Traits, trait) }
	e.ActivateD = e.ActivateD || has(conda.ActivateD)
	e.DeactivateD = e.DeactivateD || has(conda.DeactivateD)
	e.PreLink = e.PreLink || has(conda.PreLink)
	e.PostLink = e.PostLink || has(conda.PostLink)
	e.PreUnlink = e.PreUnlink || has(conda.PreUnlink)
	e.BinaryPrefix = e.BinaryPrefix || has(conda.BinaryPrefix)
	e.TextPrefix = e.TextPrefix || has(conda.TextPrefix)
}

// compare orders files by age as conda's solver prefers them; what is equal to it
// is told apart by name, so that the last is always the same one.
func (f PackageFile) compare(g PackageFile) int {
	return cmp.Or(
		conda.CompareVersions(f.Version, g.Version), cmp.Compare(f.BuildNumber, g.BuildNumber),
		cmp.Compare(seconds(f.Timestamp), seconds(g.Timestamp)), strings.Compare(f.Version, g.Version),
		strings.Compare(f.FileName, g.FileName), strings.Compare(f.Subdir, g.Subdir),
	)
}

// seconds returns a timestamp in seconds. As conda has it, what would be after
// the year 9999 are milliseconds.
func seconds(timestamp int64) int64 {
	if timestamp > 253402300799 {
		return timestamp / 1000
	}
	return timestamp
}

func (p Package) subdirs() []string {
	var list []string
	for _, f := range p.Files {
		list = append(list, f.Subdir)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
