package registry

import (
	"cmp"
	"io"

	"vivarium/app/blob"
	"vivarium/app/format/environment"
	"vivarium/app/format/notebook"
	"vivarium/app/model"
)

// readNotebook reads a notebook, of which the package tells the summary: its own, or
// else its first heading.
func readNotebook(f io.ReaderAt, _ string, digest blob.Digest) (archive, error) {
	n, err := notebook.Read(io.NewSectionReader(f, 0, digest.Size))
	if err != nil {
		return archive{}, err
	}
	summary := cmp.Or(n.Summary, n.Title())
	return archive{about: PackageChange{Summary: &summary, Description: &n.Description}}, nil
}

// readEnvironment reads an environment file, whose name is that of its package unless
// the upload says another.
func readEnvironment(f io.ReaderAt, _ string, digest blob.Digest) (archive, error) {
	e, err := environment.Read(io.NewSectionReader(f, 0, digest.Size))
	if err != nil || model.CheckPackageName(e.Name) != nil {
		return archive{}, err
	}
	return archive{suggests: e.Name}, nil
}
