package views

import (
	"strings"

	"vivarium/app/model"
)

// DoStatus is the value of do of the form of a project's status.
const DoStatus = "status"

// PackageStatusForm says in which state a project is.
type PackageStatusForm struct {
	Owner, Name string
	Status      model.ProjectStatus
	Reason      string
	Saved       bool
	Problems    map[string]string
}

var statusChoices = []struct {
	status model.ProjectStatus
	note   string
}{
	{model.Active, "Takes uploads and is installed as ever"},
	{model.Deprecated, "Something else is to be used; it goes on working"},
	{model.Archived, "Takes no more Python uploads; what is there stays"},
	{model.Quarantined, "Python files are held back from everyone else"},
}

// StatusWord is a status's name.
func StatusWord(s model.ProjectStatus) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(string(s[:1])) + string(s[1:])
}

// unusual reports whether a project's status is worth a word.
func unusual(p model.Package) bool { return p.Status != "" && p.Status != model.Active }

func timelineClass(v VersionRow) string {
	switch {
	case v.Yanked:
		return "is-yanked"
	case v.Early:
		return "is-pre"
	}
	return ""
}
