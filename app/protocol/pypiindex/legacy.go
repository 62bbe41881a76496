package pypiindex

import (
	"encoding/json"
	"net/http"

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
	return s.servePage(w, r, req, body, model.Document{ContentType: "application/json", ModTime: p.Modified})
}

// shownVersion is the version asked for, or the newest: what is not yanked before
// what is, then what is no prerelease.
func shownVersion(p registry.PythonProject, want string) (string, bool) {
	shown, best := "", 0
	for _, v := range p.Versions { // ascending
		if want != "" && pypi.CompareVersions(v, want) == 0 {
			return v, true
		}
		if rank := rankOf(p, v); want == "" && rank >= best {
			shown, best = v, rank
		}
	}
	return shown, shown != ""
}

func rankOf(p registry.PythonProject, version string) (rank int) {
	if all, _ := yankedVersion(p.Files, version); !all {
		rank += 2
	}
	if !isPrerelease(version) {
		rank++
	}
	return rank
}

func isPrerelease(v string) bool {
	parsed, err := pypi.ParseVersion(v)
	return err != nil || parsed.IsPrerelease()
}
