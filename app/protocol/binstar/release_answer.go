package binstar

import (
	"encoding/json"
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// releaseSummary is one version of a package, without its files.
type releaseSummary struct {
	Version      string          `json:"version"`
	FullName     string          `json:"full_name"`
	PublicAttrs  attributes      `json:"public_attrs"`
	Requirements json.RawMessage `json:"requirements"`
	Announce     *string         `json:"announce"`
	CreatedAt    *string         `json:"created_at"`
}

// releaseAnswer is a release with its files: an empty list for a new one, at
// which anaconda-client tidies up after a failed upload.
type releaseAnswer struct {
	releaseSummary
	Files []fileAnswer `json:"distributions"`
}

func answerRelease(r *http.Request, p model.Package, d registry.ReleaseDetail) releaseAnswer {
	return releaseAnswer{
		releaseSummary: releaseSummary{
			Version: d.Version, FullName: p.FullName() + "/" + d.Version, PublicAttrs: publicAttrs(d.Release),
			Requirements: orJSON(d.Requirements, "[]"), Announce: orNull(d.Announce), CreatedAt: moment(d.CreatedAt),
		},
		Files: each(d.Files, func(f model.File) fileAnswer { return answerFile(r, f) }),
	}
}

// publicAttrs is what the uploader said of the release, its description included:
// a text even when there is none, as clients print what they get.
func publicAttrs(release model.Release) attributes {
	attrs := attributes{}
	if json.Unmarshal(release.Attrs, &attrs) != nil || attrs == nil {
		attrs = attributes{}
	}
	description, err := json.Marshal(release.Description)
	if err == nil {
		attrs["description"] = description
	}
	return attrs
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// orJSON returns raw, or the JSON text instead when there is none.
func orJSON(raw json.RawMessage, instead string) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage(instead)
	}
	return raw
}
