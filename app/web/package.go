package web

import (
	"net/http"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// recentVersions is how many versions a package's first page shows.
const recentVersions = 5

// showPackage draws a package as of its newest version, or of the one that the
// address names.
func (ui *Surface) showPackage(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.findPackage(r)
	if err != nil {
		return err
	}
	shown, err := chosenRelease(p, r.URL.Query().Get("version"))
	if err != nil {
		return err
	}
	switch {
	case isDocument(p.Package, shown, model.Notebook):
		return ui.showNotebook(w, r, p, shown)
	case isDocument(p.Package, shown, model.Environment):
		return ui.showEnvironment(w, r, p, shown)
	}
	props := ui.packageProps(r, p, shown)
	props.Readme = p.Readme()
	layout := ui.layout(r, packageTitle(p, shown.Version))
	layout.Path = props.Path
	return ui.draw(w, r, http.StatusOK, views.PackagePage(layout, props), nil)
}

// findPackage returns the package in the path.
func (ui *Surface) findPackage(r *http.Request) (registry.PackageDetail, error) {
	return ui.Registry.Package(r.Context(), ui.actor(r), r.PathValue("channel"), r.PathValue("package"))
}

// chosenRelease returns the release of a version, or the newest for none. A
// package without releases has the zero one.
func chosenRelease(p registry.PackageDetail, version string) (registry.ReleaseDetail, error) {
	if version == "" {
		return newest(p), nil
	}
	return p.Release(version)
}

// newest returns the release that registry calls the latest, or else the last
// one.
func newest(p registry.PackageDetail) registry.ReleaseDetail {
	var last registry.ReleaseDetail
	for _, release := range p.Releases {
		last = release
		if release.Version == p.LatestVersion {
			break
		}
	}
	return last
}

func packageTitle(p registry.PackageDetail, version string) string {
	if version == "" {
		return p.Name + ", " + p.Owner
	}
	return p.Name + " " + version + ", " + p.Owner
}

func packageHead(p registry.PackageDetail, version string, path string) views.PackageHead {
	return views.PackageHead{
		Package: p.Package, Account: p.Account,
		Version: version, Latest: version != "" && version == newest(p).Version,
		Versions: len(p.Releases), Files: len(p.Files()), OnLabels: len(labelsOf(p.Releases...)), Manages: p.Permission >= model.Admin, Writes: p.Permission >= model.Write, Path: path,
	}
}

func (ui *Surface) packageProps(r *http.Request, p registry.PackageDetail, shown registry.ReleaseDetail) views.PackageProps {
	props := views.PackageProps{
		PackageHead: packageHead(p, shown.Version, views.PackageURL(p.Owner, p.Name)),
		Builds:      buildMatrix(shown.Files),
		Recent:      versionRows(p),
		Labels:      labelsOf(p.Releases...),
		TotalSize:   sizeOf(p.Files()),
		Announce:    strings.TrimSpace(shown.Announce),
		Now:         ui.Registry.Clock.Now(),
	}
	if notes := strings.TrimSpace(shown.Description); notes != strings.TrimSpace(p.Description) {
		props.Notes = notes
	}
	props.Install = ui.install(r, p, shown, props.Latest)
	props.Recent = props.Recent[:min(recentVersions, len(props.Recent))]
	for _, f := range shown.Files {
		props.BuildSize = max(props.BuildSize, f.Size)
		if f.UploadedAt.After(props.Uploaded) {
			props.Uploaded, props.Uploader = f.UploadedAt, f.Uploader
		}
	}
	return props
}

// install says how to get a release: by label main when it is there, and pinned
// unless it is the newest. A pinned release installs as what it has files of.
func (ui *Surface) install(r *http.Request, p registry.PackageDetail, shown registry.ReleaseDetail, latest bool) views.Install {
	i := views.Install{
		Base: baseURL(r), Owner: p.Owner, Name: p.Name,
		Label: installLabel(filesOf(shown, model.Conda)), PythonLabel: installLabel(filesOf(shown, model.PyPI)),
		NeedsToken: ui.needsToken(p), Conda: p.HasType(model.Conda), Python: p.HasType(model.PyPI),
	}
	if !latest {
		i.Version = shown.Version
		i.Conda, i.Python = len(filesOf(shown, model.Conda).Files) > 0, len(filesOf(shown, model.PyPI).Files) > 0
	}
	return i
}

// filesOf is the release with its files of one type alone.
func filesOf(release registry.ReleaseDetail, t model.PackageType) registry.ReleaseDetail {
	release.Files = slices.DeleteFunc(slices.Clone(release.Files), func(f model.File) bool { return f.Type != t })
	return release
}

// needsToken reports whether programs need a credential for the package.
func (ui *Surface) needsToken(p registry.PackageDetail) bool {
	return p.Access != model.Public || ui.channelClosed(p.Account)
}
