package pypiindex

import (
	"encoding/json"
	"net/url"
	"strings"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
)

// legacyInfo is a version's core metadata under the names of the legacy JSON,
// where project URLs are an object, and the addresses of its pages.
type legacyInfo struct {
	Name                   string            `json:"name"`
	Version                string            `json:"version"`
	Summary                string            `json:"summary"`
	Description            string            `json:"description"`
	DescriptionContentType string            `json:"description_content_type"`
	Keywords               string            `json:"keywords"`
	HomePage               string            `json:"home_page"`
	DownloadURL            string            `json:"download_url"`
	Author                 string            `json:"author"`
	AuthorEmail            string            `json:"author_email"`
	Maintainer             string            `json:"maintainer"`
	MaintainerEmail        string            `json:"maintainer_email"`
	License                string            `json:"license"`
	LicenseExpression      string            `json:"license_expression"`
	LicenseFiles           []string          `json:"license_files"`
	Classifiers            []string          `json:"classifiers"`
	RequiresPython         string            `json:"requires_python"`
	RequiresDist           []string          `json:"requires_dist"`
	ProvidesExtra          []string          `json:"provides_extra"`
	Platform               string            `json:"platform"`
	Dynamic                []string          `json:"dynamic"`
	ProjectURLs            map[string]string `json:"project_urls"`
	ProjectURL             string            `json:"project_url"`
	PackageURL             string            `json:"package_url"`
	ReleaseURL             string            `json:"release_url"`
	Yanked                 bool              `json:"yanked"`
	YankedReason           *string           `json:"yanked_reason"`
}

func legacyInfoOf(p model.Package, f model.File, version, page string) legacyInfo {
	var m pypi.Metadata
	_ = json.Unmarshal(f.Record, &m) // the registry wrote it; without it the package says the rest
	return legacyInfo{
		Name: p.Name, Version: version, Summary: m.Summary, Description: p.Description, DescriptionContentType: m.DescriptionContentType,
		Keywords: m.Keywords, HomePage: m.HomePage, DownloadURL: m.DownloadURL, Author: m.Author, AuthorEmail: m.AuthorEmail,
		Maintainer: m.Maintainer, MaintainerEmail: m.MaintainerEmail, License: m.License, LicenseExpression: m.LicenseExpression,
		LicenseFiles: m.LicenseFiles, Classifiers: append([]string{}, m.Classifiers...), RequiresPython: m.RequiresPython,
		RequiresDist: m.RequiresDist, ProvidesExtra: m.ProvidesExtra, Platform: strings.Join(m.Platforms, ","), Dynamic: m.Dynamic,
		ProjectURLs: projectURLs(m.ProjectURLs), ProjectURL: page, PackageURL: page, ReleaseURL: page + "?version=" + url.QueryEscape(version),
	}
}

func projectURLs(lines []string) map[string]string {
	urls := map[string]string{}
	for _, line := range lines {
		if label, link, ok := strings.Cut(line, ","); ok {
			urls[strings.TrimSpace(label)] = strings.TrimSpace(link)
		}
	}
	return urls
}
