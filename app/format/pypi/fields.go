package pypi

import "strings"

// single returns where the value of a field goes that may stand once; field is its
// name in lower case.
func (m *Metadata) single(field string) *string {
	switch field {
	case "metadata-version":
		return &m.MetadataVersion
	case "name":
		return &m.Name
	case "version":
		return &m.Version
	case "summary":
		return &m.Summary
	case "description":
		return &m.Description
	case "description-content-type":
		return &m.DescriptionContentType
	case "keywords":
		return &m.Keywords
	case "home-page":
		return &m.HomePage
	case "download-url":
		return &m.DownloadURL
	case "author":
		return &m.Author
	case "author-email":
		return &m.AuthorEmail
	case "maintainer":
		return &m.Maintainer
	case "maintainer-email":
		return &m.MaintainerEmail
	case "license":
		return &m.License
	case "license-expression":
		return &m.LicenseExpression
	case "requires-python":
		return &m.RequiresPython
	}
	return nil
}

// list returns where the values of a field go that may stand often.
func (m *Metadata) list(field string) *[]string {
	switch field {
	case "license-file":
		return &m.LicenseFiles
	case "classifier":
		return &m.Classifiers
	case "requires-dist":
		return &m.RequiresDist
	case "requires-external":
		return &m.RequiresExternal
	case "provides-extra":
		return &m.ProvidesExtra
	case "provides-dist":
		return &m.ProvidesDist
	case "obsoletes-dist":
		return &m.ObsoletesDist
	case "project-url":
		return &m.ProjectURLs
	case "platform":
		return &m.Platforms
	case "supported-platform":
		return &m.SupportedPlatforms
	case "dynamic":
		return &m.Dynamic
	case "import-name":
		return &m.ImportNames
	case "import-namespace":
		return &m.ImportNamespaces
	}
	return nil
}

// exact are the fields that installers act on. They must be written on one line,
// and those of them that may stand once must not stand twice.
var exact = map[string]bool{
	"metadata-version": true, "name": true, "version": true, "summary": true, "description-content-type": true,
	"license-expression": true, "requires-python": true, "requires-dist": true, "provides-extra": true, "dynamic": true,
}

// fill takes over all fields that are known. Of one that stands twice against the
// rules, and that no installer acts on, the first counts.
func (m *Metadata) fill(headers []header) error {
	seen := map[string]bool{}
	for _, h := range headers {
		field := lowerASCII(h.name)
		if exact[field] && strings.ContainsAny(h.value, "\r\n") {
			return invalid("Invalid metadata: %s goes over several lines. Write it on one.", h.name)
		}
		if into := m.single(field); into != nil {
			if exact[field] && seen[field] {
				return invalid("Invalid metadata: %s is there twice.", h.name)
			}
			if !seen[field] {
				*into = fieldValue(field, h.value)
			}
			seen[field] = true
		} else if into := m.list(field); into != nil {
			if value := fieldValue(field, h.value); value != "" {
				*into = append(*into, value)
			}
		}
	}
	return nil
}

func fieldValue(field, value string) string {
	switch field {
	case "name", "version":
		return value
	case "dynamic":
		return lowerASCII(value)
	case "description", "license":
		return known(dedent(value))
	}
	return known(unfold(value))
}

// known returns nothing for what setuptools wrote where it knew nothing.
func known(value string) string {
	if strings.TrimSpace(value) == "UNKNOWN" {
		return ""
	}
	return value
}
