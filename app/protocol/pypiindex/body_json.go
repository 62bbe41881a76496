package pypiindex

import (
	"encoding/json"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// apiVersion is the version of the simple API that the JSON speaks: 1.1 brought
// size, upload-time and versions (PEP 700), 1.4 the project's status (PEP 792).
const apiVersion = "1.4"

type meta struct {
	APIVersion string `json:"api-version"`
}

type listJSON struct {
	Meta     meta       `json:"meta"`
	Projects []nameJSON `json:"projects"`
}

type nameJSON struct {
	Name string `json:"name"`
}

type projectPageJSON struct {
	Meta     meta       `json:"meta"`
	Name     string     `json:"name"`
	Status   statusJSON `json:"project-status"`
	Versions []string   `json:"versions"`
	Files    []fileJSON `json:"files"`
}

type fileJSON struct {
	Filename       string            `json:"filename"`
	URL            string            `json:"url"`
	Hashes         map[string]string `json:"hashes"`
	RequiresPython string            `json:"requires-python,omitempty"`
	Size           int64             `json:"size"`
	UploadTime     string            `json:"upload-time"`
	Yanked         any               `json:"yanked"` // false, true, or why
	// CoreMetadata is false or the metadata's digests. The older name
	// dist-info-metadata never stands in JSON: pip 22.3 crashes on it.
	CoreMetadata any `json:"core-metadata"`
}

func listBody(form contentType, names []string) ([]byte, error) {
	if form != jsonV1 {
		return ListPage(names), nil
	}
	out := listJSON{Meta: meta{apiVersion}, Projects: []nameJSON{}}
	for _, n := range names {
		out.Projects = append(out.Projects, nameJSON{n})
	}
	return json.Marshal(out)
}

func projectBody(form contentType, p registry.PythonProject) ([]byte, error) {
	if form != jsonV1 {
		return ProjectPage(p), nil
	}
	out := projectPageJSON{Meta: meta{apiVersion}, Name: p.Name, Status: statusOf(p), Versions: append([]string{}, p.Versions...), Files: []fileJSON{}}
	for _, f := range p.Files {
		out.Files = append(out.Files, fileAsJSON(f))
	}
	return json.Marshal(out)
}

func fileAsJSON(f model.File) fileJSON {
	out := fileJSON{
		Filename: f.Basename, URL: fileURL(f), Hashes: map[string]string{"sha256": f.SHA256}, RequiresPython: f.RequiresPython,
		Size: f.Size, UploadTime: uploadTime(f), Yanked: yanked(f), CoreMetadata: false,
	}
	if f.MetadataSHA256 != "" {
		out.CoreMetadata = map[string]string{"sha256": f.MetadataSHA256}
	}
	return out
}

// uploadTime is the moment as PEP 700 writes it.
func uploadTime(f model.File) string {
	return f.UploadedAt.UTC().Truncate(time.Microsecond).Format("2006-01-02T15:04:05.000000Z")
}
