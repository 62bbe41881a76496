package model

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// PackageType is the kind of thing a package's files are.
type PackageType string

// The package types, as anaconda-client spells them. Conda and PyPI may share a
// package; the others may not mix.
const (
	Conda       PackageType = "conda"
	PyPI        PackageType = "pypi"
	RPackage    PackageType = "r"
	Notebook    PackageType = "ipynb"
	Environment PackageType = "env"
	GenericFile PackageType = "file"
	Project     PackageType = "project"
	Installer   PackageType = "installer"
)

// PackageTypes lists all package types.
var PackageTypes = []PackageType{Conda, PyPI, RPackage, Notebook, Environment, GenericFile, Project, Installer}

// ParsePackageType returns the package type named s or an Invalid error.
func ParsePackageType(s string) (PackageType, error) {
	if t := PackageType(s); slices.Contains(PackageTypes, t) {
		return t, nil
	}
	return "", Errorf(Invalid, "%q is not a package type. The types are conda, pypi, r, ipynb, env, file, project and installer.", s)
}

// Package is a name under an account; it holds releases.
type Package struct {
	ID        int64  `bun:"id,pk,autoincrement"`
	AccountID int64  `bun:"account_id"`
	Name      string `bun:"name"`
	// LookupName is Name in lower case; it is unique within the account.
	LookupName string `bun:"lookup_name"`
	// NormalizedName is the PEP 503 form.
	NormalizedName string        `bun:"normalized_name"`
	Types          []PackageType `bun:"types,type:json"`
	Access         Access        `bun:"access"`
	Summary        string        `bun:"summary"`
	Description    string        `bun:"description"`
	License        string        `bun:"license"`
	LicenseURL     string        `bun:"license_url"`
	LicenseFamily  string        `bun:"license_family"`
	Home           string        `bun:"home"`
	DevURL         string        `bun:"dev_url"`
	DocURL         string        `bun:"doc_url"`
	SourceURL      string        `bun:"source_url"`
	// Status is the project's (PEP 792), with why it is so.
	Status       ProjectStatus `bun:"status"`
	StatusReason string        `bun:"status_reason"`
	CreatedAt    time.Time     `bun:"created_at"`
	ModifiedAt   time.Time     `bun:"modified_at"`
	// Edited names the columns that somebody wrote by hand: files do not change
	// them.
	Edited []string `bun:"edited,type:json"`
	// Published is what older clients say of a package for everybody; nothing here
	// depends on it.
	Published bool `bun:"published"`

	// Owner is the login of the account, filled by queries.
	Owner string `bun:"owner,scanonly"`
	// The rest is filled by queries that list packages.
	LatestVersion string   `bun:"-"`
	Platforms     []string `bun:"platforms,scanonly,type:json"`
	Labels        []string `bun:"labels,scanonly,type:json"`
	Versions      []string `bun:"versions,scanonly,type:json"` // ascending
	Builds        []string `bun:"builds,scanonly,type:json"`   // build strings, where they were asked for
	// YankedVersions are those of Versions of which every file is yanked.
	YankedVersions []string `bun:"yanked_versions,scanonly,type:json"`
	FileCount      int      `bun:"file_count,scanonly"`
	Downloads      int64    `bun:"downloads,scanonly"`
	// Stars is how many users have it among their favorites; Starred says that the
	// one whose favorites are asked about has.
	Stars   int  `bun:"star_count,scanonly"`
	Starred bool `bun:"starred,scanonly"`
	// Thumbnail is the SHA-256 of the package's small picture, empty without one.
	Thumbnail string `bun:"thumbnail,scanonly"`
}

// FullName returns owner/name.
func (p Package) FullName() string { return p.Owner + "/" + p.Name }

// HasType reports whether the package holds files of type t.
func (p Package) HasType(t PackageType) bool { return slices.Contains(p.Types, t) }

// Release is one version of a package.
type Release struct {
	ID           int64           `bun:"id,pk,autoincrement"`
	PackageID    int64           `bun:"package_id"`
	Version      string          `bun:"version"`
	Description  string          `bun:"description"`
	Announce     string          `bun:"announce"`
	Attrs        json.RawMessage `bun:"attrs"`
	Requirements json.RawMessage `bun:"requirements"`
	CreatedAt    time.Time       `bun:"created_at"`
}

// File is one uploaded artifact of a release.
type File struct {
	ID        int64       `bun:"id,pk,autoincrement"`
	AccountID int64       `bun:"account_id"`
	PackageID int64       `bun:"package_id"`
	ReleaseID int64       `bun:"release_id"`
	Type      PackageType `bun:"type"`
	// Basename is the file's name; for conda with its subdir,
	// linux-64/x-1.0-0.conda.
	Basename    string `bun:"basename"`
	Subdir      string `bun:"subdir"`
	Build       string `bun:"build"`
	BuildNumber int64  `bun:"build_number"`
	Size        int64  `bun:"size"` // bytes
	MD5         string `bun:"md5"`  // hex
	SHA256      string `bun:"sha256"`
	Description string `bun:"description"`
	// Attrs is what the uploader announced, kept for the API's answers.
	Attrs        json.RawMessage `bun:"attrs"`
	Dependencies json.RawMessage `bun:"dependencies"`
	// Record is the canonical package record of a conda file, its index.json plus
	// md5, sha256 and size; of a Python file its core metadata as JSON.
	Record json.RawMessage `bun:"record"`
	// RunExports is the canonical run_exports.json of a conda file, {} when it has
	// none.
	RunExports json.RawMessage `bun:"run_exports"`
	// RequiresPython is a Python file's Requires-Python, as written.
	RequiresPython string `bun:"requires_python"`
	// MetadataSHA256 names the bytes of a Python file's core metadata (PEP 658),
	// empty when they are not served.
	MetadataSHA256 string    `bun:"metadata_sha256"`
	Uploader       string    `bun:"uploader"`
	Downloads      int64     `bun:"downloads"`
	UploadedAt     time.Time `bun:"uploaded_at"`
	// IndexedAt is when the file first stood in an index (CEP 47).
	IndexedAt time.Time `bun:"indexed_at,nullzero"`
	// YankedAt is zero unless the file is yanked: hidden from resolvers, but there
	// for who names it.
	YankedAt   time.Time `bun:"yanked_at,nullzero"`
	YankReason string    `bun:"yank_reason"`
	// Patch says what of a conda file's record is served otherwise than the archive
	// has it: Record is with the patch, OriginalRecord without. Both are nil when
	// nothing is.
	Patch          json.RawMessage `bun:"patch"`
	OriginalRecord json.RawMessage `bun:"original_record"`
	PatchAuthor    string          `bun:"patch_author"`
	PatchReason    string          `bun:"patch_reason"`
	PatchedAt      time.Time       `bun:"patched_at,nullzero"`

	// Filled by queries.
	Owner   string   `bun:"owner,scanonly"`
	Package string   `bun:"package_name,scanonly"`
	Version string   `bun:"version,scanonly"`
	Labels  []string `bun:"labels,scanonly,type:json"`
}

// FullName returns owner/package/version/basename.
func (f File) FullName() string {
	return f.Owner + "/" + f.Package + "/" + f.Version + "/" + f.Basename
}

// FileName returns the file's name without its subdir.
func (f File) FileName() string {
	if f.Subdir == "" {
		return f.Basename
	}
	return strings.TrimPrefix(f.Basename, f.Subdir+"/")
}

// Yanked reports whether resolvers pass the file over.
func (f File) Yanked() bool { return !f.YankedAt.IsZero() }

// Label is a name on files that selects what an installer sees.
type Label struct {
	ID        int64     `bun:"id,pk,autoincrement"`
	AccountID int64     `bun:"account_id"`
	Name      string    `bun:"name"`
	Locked    bool      `bun:"locked"`
	CreatedAt time.Time `bun:"created_at"`

	Files    int `bun:"files,scanonly"`
	Packages int `bun:"packages,scanonly"`
	// Newest is when the newest file was uploaded, which is of NewestPackage in
	// NewestVersion.
	Newest        time.Time `bun:"newest,scanonly"`
	NewestPackage string    `bun:"newest_package,scanonly"`
	NewestVersion string    `bun:"newest_version,scanonly"`
}

// MainLabel is the label of a file that names none, and of a channel's plain URL.
const MainLabel = "main"

// Stage is an announced upload that is not visible yet: step one of three.
type Stage struct {
	DistID       string          `bun:"dist_id,pk"`
	TicketHash   []byte          `bun:"ticket_hash"`
	AccountID    int64           `bun:"account_id"`
	StagedBy     int64           `bun:"staged_by,nullzero"`
	PackageID    int64           `bun:"package_id"`
	ReleaseID    int64           `bun:"release_id"`
	MadePackage  bool            `bun:"made_package"`
	MadeRelease  bool            `bun:"made_release"`
	Type         PackageType     `bun:"type"`
	Basename     string          `bun:"basename"`
	SHA256       string          `bun:"sha256"` // announced; empty when not
	Description  string          `bun:"description"`
	Attrs        json.RawMessage `bun:"attrs"`
	Dependencies json.RawMessage `bun:"dependencies"`
	Labels       []string        `bun:"labels,type:json"`
	StoredSHA256 string          `bun:"stored_sha256"` // empty until the bytes are stored
	StoredMD5    string          `bun:"stored_md5"`
	StoredSize   int64           `bun:"stored_size"`
	CreatedAt    time.Time       `bun:"created_at"`
}
