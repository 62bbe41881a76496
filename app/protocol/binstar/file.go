package binstar

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"vivarium/app/model"
	"vivarium/app/protocol"
)

// fileAnswer is one uploaded file; the wire calls it a distribution.
type fileAnswer struct {
	ID           string            `json:"_id"`
	Basename     string            `json:"basename"`
	FullName     string            `json:"full_name"`
	Owner        string            `json:"owner"`
	Version      string            `json:"version"`
	Type         model.PackageType `json:"type"`
	Distribution model.PackageType `json:"distribution_type"`
	Description  *string           `json:"description"`
	Size         int64             `json:"size"`
	MD5          string            `json:"md5"`
	SHA256       string            `json:"sha256"`
	Labels       []string          `json:"labels"`
	Attrs        json.RawMessage   `json:"attrs"`
	Dependencies json.RawMessage   `json:"dependencies"`
	Downloads    int64             `json:"ndownloads"`
	UploadTime   *string           `json:"upload_time"`
	DownloadURL  string            `json:"download_url"`
	Yanked       bool              `json:"yanked,omitempty"`
	YankReason   string            `json:"yanked_reason,omitempty"`
	Patch        *patchAnswer      `json:"repodata_patch,omitempty"`
}

func answerFile(r *http.Request, f model.File) fileAnswer {
	return fileAnswer{
		ID: strconv.FormatInt(f.ID, 10), Basename: f.Basename, FullName: f.FullName(), Owner: f.Owner, Version: f.Version,
		Type: f.Type, Distribution: f.Type, Description: orNull(f.Description), Size: f.Size, MD5: f.MD5, SHA256: f.SHA256,
		Labels: orEmpty(f.Labels), Attrs: orJSON(f.Attrs, "{}"), Dependencies: orJSON(f.Dependencies, "null"), Downloads: f.Downloads,
		UploadTime:  moment(f.UploadedAt),
		DownloadURL: base(r) + join("api", "download", f.Owner, f.Package, f.Version, f.Basename),
		Yanked:      f.Yanked(), YankReason: f.YankReason, Patch: answerPatch(f),
	}
}

func (s *Surface) showFile(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	owner, name, version, basename := fileNames(r)
	f, err := s.Registry.File(r.Context(), actor, owner, name, version, basename)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerFile(r, f))
}

// deleteFile answers 200 with what was deleted, unlike the other deletions.
func (s *Surface) deleteFile(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	owner, name, version, basename := fileNames(r)
	f, err := s.Registry.DeleteFile(r.Context(), actor, owner, name, version, basename)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerFile(r, f))
}

// downloadFile answers with the bytes themselves: the client saves whatever a
// redirect leads to. It asks whether a copy is right by an ETag request header
// that holds the MD5.
func (s *Surface) downloadFile(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	owner, name, version, basename := fileNames(r)
	f, err := s.Registry.OpenFile(r.Context(), actor, owner, name, version, basename)
	if err != nil {
		return err
	}
	if have := strings.Trim(r.Header.Get("ETag"), `"`); have != "" && strings.EqualFold(have, f.MD5) {
		r = r.Clone(r.Context())
		r.Header.Set("If-None-Match", "*")
	}
	protocol.ServeFile(w, r, f)
	return nil
}

// fileNames returns what the path names: owner, package, version and basename,
// each decoded.
func fileNames(r *http.Request) (owner, name, version, basename string) {
	return r.PathValue("owner"), r.PathValue("package"), r.PathValue("version"), r.PathValue("basename")
}
