package moving

import (
	"context"
	"slices"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// prove compares what is here after the move with what the source says, file by
// file.
func (m *mover) prove(_ context.Context, p Package, d registry.PackageDetail) error {
	m.sheet.note(func(s *Sheet) { s.Packages.Here++ })
	files := d.Files()
	for _, f := range p.Files {
		have, ok := f.in(files)
		if !ok {
			m.missing(p, f, "It is not here after the move.")
			continue
		}
		same, said := f.sameBytes(have)
		stored, err := m.Blobs.Has(have.SHA256)
		switch {
		case err != nil:
			return err
		case !stored:
			m.missing(p, f, "Its bytes are not here after the move.")
		case said && !same:
			m.missing(p, f, "Its bytes here are others.")
		default:
			m.proven(p, f, have)
		}
	}
	return nil
}

func (m *mover) missing(p Package, f File, reason string) {
	if !m.refused[nameThere(p, f)] {
		m.refuse(p, f, model.Errorf(model.Conflict, "%s", reason))
	}
}

// proven counts a file that is here as it is there.
func (m *mover) proven(p Package, f File, have model.File) {
	labels := slices.Clone(f.labels())
	for i := range labels {
		labels[i] = model.FoldName(labels[i])
		if !slices.Contains(have.Labels, labels[i]) {
			m.missing(p, f, "It lacks the label "+labels[i]+".")
		}
	}
	m.sheet.note(func(s *Sheet) {
		s.Files.Here++
		switch {
		case f.SHA256 != "":
			s.Digests.SHA256++
		case f.MD5 != "":
			s.Digests.MD5++
		default:
			s.Digests.Unsaid++
		}
		for _, name := range labels {
			if slices.Contains(have.Labels, name) {
				s.Labels[name]++
			}
		}
	})
}
