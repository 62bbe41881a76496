package views

import (
	"slices"
	"strings"

	"vivarium/app/model"
)

// The values of do, which tells what is to be done to the chosen files.
const (
	DoPutOn    = "put-on"   // labels, on ticked files
	DoTakeOff  = "take-off" // labels
	DoLabels   = "labels"   // exactly those, of one file
	DoMove     = "move"     // asks for labels, and whether to move or to copy
	DoYank     = "yank"     // asks why
	DoUnyank   = "unyank"
	DoRemove   = "remove" // asks first
	DoPatch    = "patch"
	DoUnpatch  = "unpatch"
	Confirmed  = "confirmed" // the field that says that the question was answered
	ToFilePage = "file"      // the value of back that leads to the file's page
)

// FileActions is what the viewer may do to files of a list; nil: nothing.
type FileActions struct {
	// Labels are the channel's.
	Labels []model.Label
	// Yanked says that one of the files is.
	Yanked  bool
	Problem string
}

// FileChange is the page that asks before files are changed.
type FileChange struct {
	PackageHead
	Do    string
	Files []model.File
	// Version is the release that all files are of, when that was chosen as a whole.
	Version string
	// Labels are the names to choose from, From those that the files carry.
	Labels, From []string
	// To, Source and Reason are what was typed.
	To, Source, Reason string
	// Back is sent along: where to go on. BackURL is the way back now.
	Back, BackURL string
	Problems      map[string]string
}

// FileKey is how a form names one file of a package.
func FileKey(f model.File) string { return f.Version + "/" + f.Basename }

// what names the chosen files: 3 files, or the one by its name.
func (c FileChange) what() string {
	if len(c.Files) == 1 {
		return fileName(c.Files[0])
	}
	return FileCount(len(c.Files))
}

func (c FileChange) heading() string {
	switch c.Do {
	case DoMove:
		return "Move or copy " + c.what()
	case DoYank:
		return "Yank " + c.what() + "?"
	}
	return "Remove " + c.what() + "?"
}

// Title is the page's.
func (c FileChange) Title() string { return strings.TrimSuffix(c.heading(), "?") }

// hidden are the fields by which the next form knows the files.
func (c FileChange) hidden() []Hidden {
	fields := []Hidden{{"do", c.Do}, {Confirmed, "1"}, {"back", c.Back}}
	if c.Version != "" {
		return append(fields, Hidden{"version", c.Version})
	}
	for _, f := range c.Files {
		fields = append(fields, Hidden{"file", FileKey(f)})
	}
	return fields
}

func (c FileChange) sources() []Option {
	var list []Option
	for _, l := range c.From {
		list = append(list, Option{Value: l, Name: l, Selected: l == c.Source})
	}
	return list
}

// FileForms is what can be done to the one file that a page is about; nil:
// nothing.
type FileForms struct {
	Labels []model.Label
	// NewLabel, Reason, Patch and PatchReason are what was typed, or is there.
	NewLabel, Reason   string
	Patch, PatchReason string
	Do                 string // the form that came back
	Problems           map[string]string
}

// problem is what was wrong in one of the forms.
func (f FileForms) problem(do, field string) string {
	if f.Do != do {
		return ""
	}
	return f.Problems[field]
}

// choosable leaves out what takes no change.
func choosable(labels []model.Label) []model.Label {
	return slices.DeleteFunc(slices.Clone(labels), func(l model.Label) bool { return l.Locked })
}

// lockedOn are the file's labels that are locked.
func lockedOn(f model.File, labels []model.Label) []string {
	var names []string
	for _, l := range labels {
		if l.Locked && slices.Contains(f.Labels, l.Name) {
			names = append(names, l.Name)
		}
	}
	return names
}

// examplePatch stands in the empty form.
const examplePatch = "{\n  \"depends\": [\"python >=3.9\"]\n}"

func changePanel(do string) string {
	if do == DoRemove {
		return "panel panel--danger"
	}
	return "panel"
}
