package pypi

import (
	"strings"

	"vivarium/app/format/archive"
)

// MaxMetadata is how large the METADATA of a wheel and the PKG-INFO of an sdist
// may be.
const MaxMetadata = 8 << 20

// Metadata is what METADATA or PKG-INFO says. Fields that a tool filled with
// UNKNOWN are empty.
type Metadata struct {
	MetadataVersion        string   `json:"metadata_version"`
	Name                   string   `json:"name"`
	Version                string   `json:"version"`
	Summary                string   `json:"summary,omitempty"`
	Description            string   `json:"description,omitempty"`
	DescriptionContentType string   `json:"description_content_type,omitempty"`
	Keywords               string   `json:"keywords,omitempty"`
	HomePage               string   `json:"home_page,omitempty"`
	DownloadURL            string   `json:"download_url,omitempty"`
	Author                 string   `json:"author,omitempty"`
	AuthorEmail            string   `json:"author_email,omitempty"`
	Maintainer             string   `json:"maintainer,omitempty"`
	MaintainerEmail        string   `json:"maintainer_email,omitempty"`
	License                string   `json:"license,omitempty"`
	LicenseExpression      string   `json:"license_expression,omitempty"` // normalized
	LicenseFiles           []string `json:"license_files,omitempty"`
	Classifiers            []string `json:"classifiers,omitempty"`
	RequiresPython         string   `json:"requires_python,omitempty"`
	RequiresDist           []string `json:"requires_dist,omitempty"`
	RequiresExternal       []string `json:"requires_external,omitempty"`
	ProvidesExtra          []string `json:"provides_extra,omitempty"`
	ProvidesDist           []string `json:"provides_dist,omitempty"`
	ObsoletesDist          []string `json:"obsoletes_dist,omitempty"`
	// ProjectURLs are written as label, comma and address.
	ProjectURLs        []string `json:"project_urls,omitempty"`
	Platforms          []string `json:"platforms,omitempty"`
	SupportedPlatforms []string `json:"supported_platforms,omitempty"`
	// Dynamic names, in lower case, the fields that a build may change.
	Dynamic          []string `json:"dynamic,omitempty"`
	ImportNames      []string `json:"import_names,omitempty"`
	ImportNamespaces []string `json:"import_namespaces,omitempty"`
}

// ParseMetadata reads metadata of the versions 1.0 to 2.6. It fails with Invalid
// on what installers rely on: name, version, requirements, licence expression and
// the like must be sound. Fields that it does not know are passed over, and bytes
// that are not UTF-8 are replaced.
func ParseMetadata(raw []byte) (Metadata, error) {
	if len(raw) > MaxMetadata {
		return Metadata{}, invalid("Invalid metadata: it is larger than %d KiB.", MaxMetadata>>10)
	}
	headers, body, err := parseHeaders(strings.ToValidUTF8(string(raw), "\uFFFD"))
	if err != nil {
		return Metadata{}, err
	}
	var m Metadata
	if err := m.fill(headers); err != nil {
		return Metadata{}, err
	}
	if m.Description == "" {
		m.Description = known(body)
	}
	return m, m.check()
}

// servable reports whether what is built from an sdist with this metadata cannot
// have other requirements.
func (m Metadata) servable() bool {
	if before(m.MetadataVersion, "2.2") {
		return false
	}
	for _, field := range m.Dynamic {
		for _, part := range []string{"requires", "provides", "obsoletes"} {
			if strings.HasPrefix(field, part) {
				return false
			}
		}
	}
	return true
}

// before reports whether one metadata version is older than another.
func before(version, other string) bool { return CompareVersions(version, other) < 0 }

func badField(field, value, cure string) error {
	return invalid("Invalid metadata: %s is %s. %s", field, archive.Quote(value), cure)
}
