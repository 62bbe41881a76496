package registry

import (
	"cmp"
	"os"

	"vivarium/app/blob"
	"vivarium/app/format/environment"
	"vivarium/app/format/notebook"
)

// readNotebook reads a notebook, of which the package tells the summary: its own, or
// else its first heading.
func readNotebook(f *os.File, _ string, _ blob.Digest) (archive, error) {
	n, err := notebook.Read(f)
	if err != nil {
		return archive{}, err
	}
	summary := cmp.Or(n.Summary, n.Title())
	return archive{about: PackageChange{Summary: &summary, Description: &n.Description}}, nil
}

func readEnvironment(f *os.File, _ string, _ blob.Digest) (archive, error) {
	_, err := environment.Read(f)
	return archive{}, err
}
