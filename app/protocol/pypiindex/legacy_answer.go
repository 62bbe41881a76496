package pypiindex

import (
	"strings"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// legacyJSON is a project as scanners know it.
type legacyJSON struct {
	Info            legacyInfo              `json:"info"`
	LastSerial      int                     `json:"last_serial"`
	Releases        map[string][]legacyFile `json:"releases"`
	URLs            []legacyFile            `json:"urls"`
	Vulnerabilities []any                   `json:"vulnerabilities"`
}

// legacyFile is one file; what is not known is null.
type legacyFile struct {
	Filename       string            `json:"filename"`
	PackageType    pypi.FileType     `json:"packagetype"`
	PythonVersion  string            `json:"python_version"`
	Digests        map[string]string `json:"digests"`
	MD5            string            `json:"md5_digest"`
	Size           int64             `json:"size"`
	UploadTime     string            `json:"upload_time"`
	UploadTimeISO  string            `json:"upload_time_iso_8601"`
	URL            string            `json:"url"`
	RequiresPython *string           `json:"requires_python"`
	Yanked         bool              `json:"yanked"`
	YankedReason   *string           `json:"yanked_reason"`
}

// legacyOf is the project with the version shown; base is the site's address.
func legacyOf(p registry.PythonProject, shown, base, channel string) legacyJSON {
	out := legacyJSON{Releases: map[string][]legacyFile{}, URLs: []legacyFile{}, Vulnerabilities: []any{}}
	var from model.File // a wheel, if there is one: nothing in it is still open
	for _, f := range p.Files {
		file := legacyFileOf(f, base+"/pypi/"+channel+"/simple/"+p.Name+"/"+fileURL(f))
		v := normalVersion(f.Version)
		out.Releases[v] = append(out.Releases[v], file)
		if v != shown {
			continue
		}
		out.URLs = append(out.URLs, file)
		if from.ID == 0 || file.PackageType == pypi.Wheel {
			from = f
		}
	}
	out.Info = legacyInfoOf(p.Package, from, shown, base+"/"+channel+"/packages/"+p.Package.Name)
	out.Info.Yanked, out.Info.YankedReason = yankedVersion(p.Files, shown)
	return out
}

func normalVersion(v string) string {
	if parsed, err := pypi.ParseVersion(v); err == nil {
		return parsed.String()
	}
	return v
}

func legacyFileOf(f model.File, address string) legacyFile {
	out := legacyFile{
		Filename: f.Basename, PackageType: pypi.Sdist, PythonVersion: "source", Digests: map[string]string{"md5": f.MD5, "sha256": f.SHA256},
		MD5: f.MD5, Size: f.Size, UploadTime: f.UploadedAt.UTC().Format("2006-01-02T15:04:05"), UploadTimeISO: uploadTime(f), URL: address,
	}
	if out.Yanked = f.Yanked(); out.Yanked && f.YankReason != "" {
		out.YankedReason = &f.YankReason
	}
	if f.RequiresPython != "" {
		out.RequiresPython = &f.RequiresPython
	}
	if name, err := pypi.ParseFileName(f.Basename); err == nil && name.Type == pypi.Wheel {
		out.PackageType, out.PythonVersion = pypi.Wheel, strings.Join(name.PythonTags, ".")
	}
	return out
}
