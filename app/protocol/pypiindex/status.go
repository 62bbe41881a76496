package pypiindex

import (
	"fmt"
	"html"
	"slices"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// statusJSON is a project's status (PEP 792).
type statusJSON struct {
	Status model.ProjectStatus `json:"status"`
	Reason string              `json:"reason,omitempty"`
}

func statusOf(p registry.PythonProject) statusJSON {
	return statusJSON{Status: p.Package.Status, Reason: p.Package.StatusReason}
}

// statusHTML is the status for the head of a project's page. Active is what is
// meant without it.
func statusHTML(p registry.PythonProject) string {
	s := statusOf(p)
	if s.Status == model.Active {
		return ""
	}
	out := fmt.Sprintf("<meta name=\"pypi:project-status\" content=\"%s\">\n", s.Status)
	if s.Reason != "" {
		out += fmt.Sprintf("<meta name=\"pypi:project-status-reason\" content=\"%s\">\n", html.EscapeString(s.Reason))
	}
	return out
}

// yanked is what PEP 592 has for a file: false, true, or why.
func yanked(f model.File) any {
	if f.YankReason != "" && f.Yanked() {
		return f.YankReason
	}
	return f.Yanked()
}

// yankedHTML is the attribute of a yanked file's anchor; its value is why.
func yankedHTML(f model.File) string {
	if !f.Yanked() {
		return ""
	}
	return fmt.Sprintf(" data-yanked=\"%s\"", html.EscapeString(f.YankReason))
}

// yankedVersion reports whether all files of a version are yanked, and the first
// reason given.
func yankedVersion(files []model.File, version string) (all bool, reason *string) {
	of := slices.DeleteFunc(slices.Clone(files), func(f model.File) bool { return pypi.CompareVersions(f.Version, version) != 0 })
	for _, f := range of {
		if !f.Yanked() {
			return false, nil
		}
		if reason == nil && f.YankReason != "" {
			reason = &f.YankReason
		}
	}
	return len(of) > 0, reason
}
