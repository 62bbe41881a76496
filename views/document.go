package views

import (
	"net/url"
	"strconv"
	"strings"

	"vivarium/app/model"
)

// NotebookProps is the page of a notebook as of one version.
type NotebookProps struct {
	PackageProps
	File     model.File
	Notebook model.RenderedNotebook
}

// EnvironmentProps is the page of an environment as of one version.
type EnvironmentProps struct {
	PackageProps
	File        model.File
	Environment model.RenderedEnvironment
	Base        string
	NeedsToken  bool
}

// DocumentForm takes a notebook or an environment file for a channel.
type DocumentForm struct {
	Action string
	Type   model.PackageType
	// Shown says that the viewer may write to the channel.
	Shown   bool
	Problem string
	// What was typed.
	Name, Version, Summary string
}

// noun is what the form takes.
func (f DocumentForm) noun() string {
	if f.Type == model.Environment {
		return "environment"
	}
	return "notebook"
}

// endings are those of the files that the form takes.
func (f DocumentForm) endings() string {
	if f.Type == model.Environment {
		return ".yml,.yaml"
	}
	return ".ipynb"
}

// field is the accessible name of the file field.
func (f DocumentForm) field() string {
	if f.Type == model.Environment {
		return "Environment file"
	}
	return "Notebook file"
}

// nameHint says how the package is called when no name is given.
func (f DocumentForm) nameHint() string {
	if f.Type == model.Environment {
		return "Empty: as the file says."
	}
	return "Empty: as the file is called."
}

// commands lead from the notebook's page to a running notebook.
func (p NotebookProps) commands() []string {
	return []string{"anaconda download " + p.Package.FullName(), "jupyter lab " + shellWord(p.File.Basename)}
}

// address is that of the environment's file for programs.
func (p EnvironmentProps) address() string { return p.Base + DownloadURL(p.File) }

// shellWord quotes what a shell would take apart.
func shellWord(s string) string {
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-') {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}
	}
	return s
}

// prompt is what stands beside a cell: In [3].
func prompt(word string, count int) string {
	if count == 0 {
		return word
	}
	return word + "\u00a0[" + strconv.Itoa(count) + "]"
}

// outputPicture is the address of the picture that an output shows.
func outputPicture(f model.File, o model.RenderedOutput) string {
	return PictureURL(f, o.Cell, o.Output, "")
}

// PictureURL is the address of a picture in a notebook: of the output of a cell, or
// with a name of what is attached to it.
func PictureURL(f model.File, cell, output int, attachment string) string {
	q := url.Values{"version": {f.Version}, "file": {f.Basename}, "cell": {strconv.Itoa(cell)}}
	if attachment != "" {
		q.Set("name", attachment)
	} else {
		q.Set("output", strconv.Itoa(output))
	}
	return withQuery(path(f.Owner, "packages", f.Package, "picture"), q)
}

// FetchURL is where a signed-in browser fetches a file of a package.
func FetchURL(f model.File) string {
	return withQuery(path(f.Owner, "packages", f.Package, "download"), url.Values{"version": {f.Version}, "file": {f.Basename}})
}

// ThumbnailURL is the small picture of a package.
func ThumbnailURL(p model.Package) string {
	return withQuery(path(p.Owner, "packages", p.Name, "thumbnail"), url.Values{"v": {p.Thumbnail[:min(8, len(p.Thumbnail))]}})
}

// article puts the indefinite article before a noun.
func article(noun string) string {
	if noun == "environment" {
		return "an " + noun
	}
	return "a " + noun
}

// pictureText stands for a picture that is not seen.
func pictureText(o model.RenderedOutput) string {
	if o.Text == "" {
		return "Picture"
	}
	return o.Text
}

// outputNumber tells the outputs of a notebook apart: the place of the cell, and from
// the second on that of the output in it.
func outputNumber(cell, output int) string {
	number := strconv.Itoa(cell + 1)
	if output > 0 {
		number += ", part " + strconv.Itoa(output+1)
	}
	return number
}
