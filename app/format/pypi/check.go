package pypi

import (
	"mime"
	"regexp"
	"slices"
	"strings"
)

var metadataVersions = []string{"1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6"}

// check checks all fields that have rules and normalizes the licence expression.
func (m *Metadata) check() error {
	checks := []func(*Metadata) error{
		(*Metadata).checkIdentity, (*Metadata).checkAge, (*Metadata).checkRequirements, (*Metadata).checkContentType,
		(*Metadata).checkLicense, (*Metadata).checkDynamic, (*Metadata).checkImports,
	}
	for _, check := range checks {
		if err := check(m); err != nil {
			return err
		}
	}
	return nil
}

func (m *Metadata) checkIdentity() error {
	required := []struct{ field, value string }{{"Metadata-Version", m.MetadataVersion}, {"Name", m.Name}, {"Version", m.Version}}
	for _, r := range required {
		if r.value == "" {
			return invalid("Invalid metadata: %s is missing.", r.field)
		}
	}
	if !slices.Contains(metadataVersions, m.MetadataVersion) {
		return badField("Metadata-Version", m.MetadataVersion, "This server knows 1.0 to 2.6.")
	}
	if CheckName(m.Name) != nil {
		return badField("Name", m.Name, "Use letters, digits, . _ and -, the first and the last a letter or digit.")
	}
	if _, ok := tryVersion(m.Version); !ok {
		return badField("Version", m.Version, "Use a form like 1.0, 1.0rc1 or 1.0.post1 (PEP 440).")
	}
	return nil
}

// checkAge checks that fields which changed the meaning of others are not older
// than they can be.
func (m *Metadata) checkAge() error {
	switch {
	case m.LicenseExpression != "" && before(m.MetadataVersion, "2.4"):
		return badField("Metadata-Version", m.MetadataVersion, "License-Expression needs 2.4 or later.")
	case len(m.ImportNames)+len(m.ImportNamespaces) > 0 && before(m.MetadataVersion, "2.5"):
		return badField("Metadata-Version", m.MetadataVersion, "Import-Name needs 2.5 or later.")
	}
	return nil
}

func (m *Metadata) checkRequirements() error {
	if !soundSpecifiers(m.RequiresPython) {
		return badField("Requires-Python", m.RequiresPython, "Write version specifiers like >=3.9,<4 (PEP 440).")
	}
	for _, requirement := range m.RequiresDist {
		if !soundRequirement(requirement) {
			return badField("Requires-Dist", requirement, "Write a requirement like demo[extra]>=1.0; python_version<'3.9' (PEP 508).")
		}
	}
	for _, extra := range m.ProvidesExtra {
		if CheckName(extra) != nil {
			return badField("Provides-Extra", extra, "Use letters, digits, . _ and -, the first and the last a letter or digit.")
		}
	}
	return nil
}

func (m *Metadata) checkContentType() error {
	if m.DescriptionContentType == "" {
		return nil
	}
	kind, parameters, err := mime.ParseMediaType(m.DescriptionContentType)
	sound := err == nil && slices.Contains([]string{"text/plain", "text/x-rst", "text/markdown"}, kind)
	if charset, ok := parameters["charset"]; ok {
		sound = sound && strings.EqualFold(charset, "utf-8")
	}
	if variant, ok := parameters["variant"]; ok && kind == "text/markdown" {
		sound = sound && (variant == "GFM" || variant == "CommonMark")
	}
	if !sound {
		return badField("Description-Content-Type", m.DescriptionContentType, "Use text/markdown, text/x-rst or text/plain, in UTF-8.")
	}
	return nil
}

func (m *Metadata) checkLicense() (err error) {
	if m.LicenseExpression != "" {
		if m.LicenseExpression, err = normalizeLicense(m.LicenseExpression); err != nil {
			return err
		}
	}
	if before(m.MetadataVersion, "2.4") {
		// Some tools wrote the field early, without its rules.
		return nil
	}
	for _, file := range m.LicenseFiles {
		if strings.HasPrefix(file, "/") || strings.ContainsAny(file, `\*`) || strings.Contains(file, "..") || strings.HasPrefix(file[1:], ":") {
			return badField("License-File", file, "Write a path inside the package, with slashes and without patterns.")
		}
	}
	return nil
}

func (m *Metadata) checkDynamic() error {
	if before(m.MetadataVersion, "2.2") {
		return nil
	}
	for _, field := range m.Dynamic {
		identity := field == "name" || field == "version" || field == "metadata-version"
		old := field == "requires" || field == "provides" || field == "obsoletes"
		if identity || !old && m.single(field) == nil && m.list(field) == nil {
			return badField("Dynamic", field, "Name another field of the metadata; name and version cannot be dynamic.")
		}
	}
	return nil
}

var importPattern = regexp.MustCompile(`^[\pL_][\pL\pN\pM_]*(\.[\pL_][\pL\pN\pM_]*)*[ \t]*(;[ \t]*private)?$`)

func (m *Metadata) checkImports() error {
	for _, name := range slices.Concat(m.ImportNames, m.ImportNamespaces) {
		if !importPattern.MatchString(name) {
			return badField("Import-Name", name, "Write the dotted name of a module, and ; private behind it if it is.")
		}
	}
	return nil
}
