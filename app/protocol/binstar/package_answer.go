package binstar

import (
	"net/http"
	"slices"
	"strconv"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// summaryAnswer is a package in lists. Clients print lists as they stand, so none
// of them is ever null.
type summaryAnswer struct {
	Name          string              `json:"name"`
	FullName      string              `json:"full_name"`
	LatestVersion string              `json:"latest_version"`
	Public        bool                `json:"public"`
	Access        model.Access        `json:"access"`
	Published     bool                `json:"published"`
	Types         []model.PackageType `json:"package_types"`
	Platforms     []string            `json:"conda_platforms"`
	Builds        []string            `json:"builds"`
	Summary       string              `json:"summary"`
	Revision      int64               `json:"revision"`
}

// packageAnswer is all about one package.
type packageAnswer struct {
	summaryAnswer
	ID            string            `json:"id"`
	Owner         accountAnswer     `json:"owner"`
	Versions      []string          `json:"versions"`
	Releases      []releaseSummary  `json:"releases"`
	Files         []fileAnswer      `json:"files"`
	Newest        map[string]string `json:"platforms"` // the newest version of each
	Description   string            `json:"description"`
	License       string            `json:"license"`
	LicenseURL    string            `json:"license_url"`
	LicenseFamily string            `json:"license_family"`
	Home          string            `json:"home"`
	DevURL        string            `json:"dev_url"`
	DocURL        string            `json:"doc_url"`
	SourceURL     string            `json:"source_git_url"`
	SourceTag     *string           `json:"source_git_tag"`
	URL           string            `json:"url"`
	HTMLURL       string            `json:"html_url"`
	Status        string            `json:"status"` // of the project, PEP 792
	StatusReason  string            `json:"status_reason,omitempty"`
	ThumbnailURL  *string           `json:"thumbnail_url"`
	Watchers      int               `json:"watchers"`
	Upvoted       int               `json:"upvoted"`
	CreatedAt     *string           `json:"created_at"`
	ModifiedAt    *string           `json:"modified_at"`
}

func answerSummary(p model.Package) summaryAnswer {
	return summaryAnswer{
		Name: p.Name, FullName: p.FullName(), LatestVersion: p.LatestVersion, Public: p.Access == model.Public, Access: p.Access,
		Published: p.Published, Types: orEmpty(p.Types), Platforms: orEmpty(p.Platforms), Builds: orEmpty(p.Builds), Summary: p.Summary, Revision: p.ModifiedAt.Unix(),
	}
}

func answerPackage(r *http.Request, d registry.PackageDetail) packageAnswer {
	a := packageAnswer{
		summaryAnswer: answerSummary(d.Package), ID: strconv.FormatInt(d.ID, 10), Owner: answerAccount(d.Account),
		Versions: orEmpty(d.Versions), Releases: []releaseSummary{}, Files: []fileAnswer{}, Newest: map[string]string{},
		Description: d.Description, License: d.License, LicenseURL: d.LicenseURL, LicenseFamily: d.LicenseFamily, Home: d.Home,
		DevURL: d.DevURL, DocURL: d.DocURL, SourceURL: d.SourceURL, URL: base(r) + join("api", "package", d.Owner, d.Name),
		HTMLURL: pageURL(r, d.Owner, d.Name), Status: string(d.Status), StatusReason: d.StatusReason, CreatedAt: moment(d.CreatedAt), ModifiedAt: moment(d.ModifiedAt),
		Watchers: d.Stars, Upvoted: d.Stars,
	}
	if d.Thumbnail != "" {
		url := base(r) + join(d.Owner, "packages", d.Name, "thumbnail")
		a.ThumbnailURL = &url
	}
	for _, release := range d.Releases {
		a.addRelease(r, d.Package, release)
	}
	slices.Sort(a.Builds)
	a.Builds = orEmpty(slices.Compact(a.Builds))
	return a
}

// addRelease adds a release and its files. Releases come in ascending order, so
// the last to name a platform has its newest version.
func (a *packageAnswer) addRelease(r *http.Request, p model.Package, release registry.ReleaseDetail) {
	answer := answerRelease(r, p, release)
	a.Files = append(a.Files, answer.Files...)
	a.Releases = append(a.Releases, answer.releaseSummary)
	for _, f := range release.Files {
		if f.Build != "" {
			a.Builds = append(a.Builds, f.Build)
		}
		if f.Subdir != "" {
			a.Newest[f.Subdir] = release.Version
		}
	}
}

// orEmpty makes an empty JSON list of what would be null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
