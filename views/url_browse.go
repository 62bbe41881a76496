package views

import (
	"net/url"
	"strings"

	"vivarium/app/model"
)

// FilesOfURL lists the files of one version: the permanent address of a release.
func FilesOfURL(owner, name, version string) string {
	return withQuery(PackageFilesURL(owner, name), url.Values{"version": {version}})
}

// VersionURL is the package's page as of one version.
func VersionURL(owner, name, version string) string {
	return withQuery(PackageURL(owner, name), url.Values{"version": {version}})
}

// FileURL is the permanent address of the page about one file.
func FileURL(owner, name, version, basename string) string {
	return withQuery(PackageFilesURL(owner, name), url.Values{"version": {version}, "file": {basename}})
}

// LabelFilesURL lists the files of a channel that carry a label.
func LabelFilesURL(login, label string) string {
	return withQuery(LabelsURL(login), url.Values{"label": {label}})
}

// DownloadURL is where a file's bytes come from: the conda channel for conda
// packages, the simple index for Python ones, the API for the rest.
func DownloadURL(f model.File) string {
	switch f.Type {
	case model.Conda:
		return CondaURL("", f.Owner) + path(strings.Split(f.Basename, "/")...)
	case model.PyPI:
		return path("pypi", f.Owner, "simple", model.NormalizePyPI(f.Package), f.SHA256, f.Basename)
	}
	return path("api", "download", f.Owner, f.Package, f.Version) + path(strings.Split(f.Basename, "/")...)
}

// CondaLabelURL is CondaURL, or the address of one label when that is not main.
func CondaLabelURL(base, login, label string) string { return CondaURL(base, login) + labelPath(label) }

// PythonIndexURL is the address of a simple index, as pip and uv are given it.
func PythonIndexURL(base, login, label string) string {
	return base + path("pypi", login) + labelPath(label) + "/simple/"
}

func labelPath(label string) string {
	if label == "" || label == model.MainLabel {
		return ""
	}
	return "/label" + path(strings.Split(label, "/")...)
}

// WebLink returns s when it is an absolute http or https address; anything else
// that an uploader wrote is not to become a link.
func WebLink(s string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" {
		return "", false
	}
	scheme := strings.ToLower(u.Scheme)
	return u.String(), scheme == "http" || scheme == "https"
}

// PythonUploadURL is where twine and uv send Python packages of a channel.
func PythonUploadURL(base, login string) string { return base + path("pypi", login) + "/" }
