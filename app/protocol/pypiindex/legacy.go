package pypiindex

import (
	"encoding/json"
	"net/http"
	"strings"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// serveLegacy answers a project in the JSON that scanners and bots read:
// /pypi/{channel}/{project}/json and …/{version}/json.
func (s *Surface) serveLegacy(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	p, err := s.Registry.PythonProject(r.Context(), actor, req.channel, req.indexLabel(), req.project)
	if err != nil {
		return err
	}
	shown, ok := shownVersion(p, req.version)
	if !ok {
		return model.Errorf(model.NotFound, "There is no version %s of %s.", req.version, p.Name)
	}
	base := r.URL.Scheme + "://" + r.URL.Host
	body, err := json.Marshal(legacyOf(p, shown, base, req.channel))
	if err != nil {
		return err
	}
	s.servePage(w, r, req, "application/json", body, p.Modified, p.Private)
	return nil
}

// shownVersion is the version asked for, or the newest that is no prerelease.
func shownVersion(p registry.PythonProject, want string) (string, bool) {
	shown, ok := "", false
	for _, v := range p.Versions { // ascending
		parsed, err := pypi.ParseVersion(v)
		stable := err == nil && !parsed.IsPrerelease()
		if want != "" && pypi.CompareVersions(v, want) == 0 {
			return v, true
		}
		if want == "" && (stable || shown == "" || isPrerelease(shown)) {
			shown, ok = v, true
		}
	}
	return shown, ok
}

func isPrerelease(v string) bool {
	parsed, err := pypi.ParseVersion(v)
	return err != nil || parsed.IsPrerelease()
}

type legacyJSON struct {
	Info            map[string]any          `json:"info"`
	LastSerial      int                     `json:"last_serial"`
	Releases        map[string][]legacyFile `json:"releases"`
	URLs            []legacyFile            `json:"urls"`
	Vulnerabilities []any                   `json:"vulnerabilities"`
}

type legacyFile struct {
	Filename       string            `json:"filename"`
	PackageType    string            `json:"packagetype"`
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

func legacyOf(p registry.PythonProject, shown, base, channel string) legacyJSON {
	out := legacyJSON{Info: map[string]any{}, Releases: map[string][]legacyFile{}, URLs: []legacyFile{}, Vulnerabilities: []any{}}
	for _, f := range p.Files {
		file := legacyFileOf(f, base+"/pypi/"+channel+"/simple/"+p.Name+"/"+fileURL(f))
		v := normalVersion(f.Version)
		out.Releases[v] = append(out.Releases[v], file)
		if v == shown {
			out.URLs = append(out.URLs, file)
			out.Info = legacyInfo(f)
		}
	}
	page := base + "/" + channel + "/" + p.Package.Name
	out.Info["name"], out.Info["version"] = p.Package.Name, shown
	out.Info["package_url"], out.Info["project_url"], out.Info["release_url"] = page, page, page+"/versions"
	out.Info["yanked"], out.Info["yanked_reason"] = false, nil
	return out
}

// legacyInfo is the file's core metadata, with the one difference between the two
// that matters: project URLs are an object there.
func legacyInfo(f model.File) map[string]any {
	info := map[string]any{}
	if json.Unmarshal(f.Record, &info) != nil {
		return map[string]any{}
	}
	urls := map[string]string{}
	list, _ := info["project_urls"].([]any)
	for _, item := range list {
		line, _ := item.(string)
		if label, link, ok := strings.Cut(line, ","); ok {
			urls[strings.TrimSpace(label)] = strings.TrimSpace(link)
		}
	}
	info["project_urls"] = urls
	return info
}

func normalVersion(v string) string {
	if parsed, err := pypi.ParseVersion(v); err == nil {
		return parsed.String()
	}
	return v
}

func legacyFileOf(f model.File, url string) legacyFile {
	out := legacyFile{
		Filename: f.Basename, PackageType: "sdist", PythonVersion: "source", Digests: map[string]string{"md5": f.MD5, "sha256": f.SHA256},
		MD5: f.MD5, Size: f.Size, UploadTime: f.UploadedAt.UTC().Format("2006-01-02T15:04:05"), UploadTimeISO: uploadTime(f), URL: url,
	}
	if f.RequiresPython != "" {
		out.RequiresPython = &f.RequiresPython
	}
	if name, err := pypi.ParseFileName(f.Basename); err == nil && name.Type == pypi.Wheel {
		out.PackageType, out.PythonVersion = "bdist_wheel", strings.Join(name.PythonTags, ".")
	}
	return out
}
