package moving

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// mover moves one package.
type mover struct {
	*Van
	to    string
	sheet *Sheet
	// refused are the files that a reason was already given for.
	refused map[string]bool
}

// move moves the package. It fails when it makes no sense to go on with others.
func (m *mover) move(ctx context.Context, listed Listed) error {
	p, err := listed.Read(ctx)
	if err == nil {
		m.refused = map[string]bool{}
		err = m.movePackage(ctx, p)
	}
	if errors.Is(err, ErrUnreachable) {
		return err
	}
	if err != nil && ctx.Err() == nil {
		m.sheet.problem(listed.Name, err)
	}
	return nil
}

func (m *mover) movePackage(ctx context.Context, p Package) error {
	m.sheet.skip(p.PassedOver...)
	m.sheet.note(func(s *Sheet) { s.Files.There += len(p.Files) })
	d, err := m.here(ctx, p)
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context, Package, registry.PackageDetail) error{m.moveFiles, m.tell, m.yank, m.prove} {
		if err := errors.Join(ctx.Err(), step(ctx, p, d)); err != nil {
			return err
		}
		if d, err = m.Package(ctx, m.Actor, m.to, p.Name); err != nil {
			return err
		}
	}
	return m.close(ctx, p, d)
}

// here returns the package here. One that is missing is made empty first, so that
// nobody sees of it what may not be seen.
func (m *mover) here(ctx context.Context, p Package) (registry.PackageDetail, error) {
	d, err := m.Package(ctx, m.Actor, m.to, p.Name)
	if model.CodeOf(err) != model.NotFound {
		return d, err
	}
	in := registry.PackageChange{Types: p.Types}
	if p.Access != "" {
		in.Access = &p.Access
	}
	d, err = m.CreatePackage(ctx, m.Actor, m.to, p.Name, in)
	if err == nil {
		m.sheet.note(func(s *Sheet) { s.Packages.Made++ })
	}
	return d, err
}

// moveFiles copies the files that are not here, those with the same labels
// together, and puts missing labels on the others.
func (m *mover) moveFiles(ctx context.Context, p Package, d registry.PackageDetail) error {
	wanted := map[string][]File{}
	var order []string
	for _, f := range p.Files {
		missing, err := m.compare(ctx, p, f, d)
		if err != nil {
			m.refuse(p, f, err)
		}
		if !missing {
			continue
		}
		key := strings.Join(f.labels(), "\n")
		if wanted[key] == nil {
			order = append(order, key)
		}
		wanted[key] = append(wanted[key], f)
	}
	for _, key := range order {
		if err := errors.Join(ctx.Err(), m.copyFiles(ctx, p, wanted[key])); err != nil {
			return err
		}
	}
	return nil
}

// compare reports whether a file is to be copied. One that is here only gets the
// labels that it lacks; other bytes under its name are a Conflict.
func (m *mover) compare(ctx context.Context, p Package, f File, d registry.PackageDetail) (missing bool, err error) {
	have, ok := f.in(d.Files())
	if !ok {
		return true, nil
	}
	same, said := f.sameBytes(have)
	stored, err := m.Blobs.Has(have.SHA256)
	switch {
	case err != nil:
		return false, err
	case !said || same && !stored: // its bytes have to be looked at, or brought again
		return true, nil
	case !same:
		return false, registry.OtherBytes(have.SHA256)
	}
	m.sheet.note(func(s *Sheet) { s.Files.Present++ })
	return false, m.addLabels(ctx, f, have)
}

func (m *mover) addLabels(ctx context.Context, f File, have model.File) error {
	var lacks []string
	for _, name := range f.labels() {
		if !slices.Contains(have.Labels, model.FoldName(name)) {
			lacks = append(lacks, name)
		}
	}
	if len(lacks) == 0 {
		return nil
	}
	_, err := m.ChangeLabels(ctx, m.Actor, m.to, selectionOf(have), registry.LabelChange{Add: lacks})
	return err
}

func selectionOf(f model.File) registry.Selection { return registry.Selection{FileName: nameOf(f)} }

func nameOf(f model.File) registry.FileName {
	return registry.FileName{Package: f.Package, Version: f.Version, Basename: f.Basename}
}

// refuse notes why a file is not taken.
func (m *mover) refuse(p Package, f File, err error) {
	name := nameThere(p, f)
	m.refused[name] = true
	m.sheet.problem(name, err)
}

// nameThere is how people find a file of the source.
func nameThere(p Package, f File) string { return path.Join(p.Name, f.Version, f.Basename) }
