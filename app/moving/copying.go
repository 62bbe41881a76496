package moving

import (
	"context"
	"errors"
	"io"
	"iter"
	"path"

	"vivarium/app/registry"
)

// copyFiles brings files with the same labels. Those that say themselves what they
// are go in together, the others one by one.
func (m *mover) copyFiles(ctx context.Context, p Package, files []File) error {
	var together []File
	for _, f := range files {
		if registry.SaysVersion(f.Type) {
			together = append(together, f)
		} else if err := m.publish(ctx, p, f); err != nil {
			m.refuse(p, f, err)
		}
	}
	if len(together) == 0 {
		return nil
	}
	labels := together[0].labels()
	byPath := map[string]File{}
	err := m.Import(ctx, m.Actor, registry.ImportRequest{
		Channel: m.to, Package: p.Name, Labels: labels, Unlabelled: len(labels) == 0,
		Files:  toImport(ctx, p, together, byPath),
		Report: func(got registry.Imported) { m.report(p, byPath[got.Path], got) },
	})
	if err != nil && ctx.Err() == nil { // as a whole: a label is locked, or a name no label's
		for _, f := range together {
			m.refuse(p, f, err)
		}
		return nil
	}
	return err
}

func toImport(ctx context.Context, p Package, files []File, byPath map[string]File) iter.Seq[registry.ImportFile] {
	list := make([]registry.ImportFile, len(files))
	for i, f := range files {
		list[i] = registry.ImportFile{
			Path: nameThere(p, f), Subdir: f.subdir(), Size: f.Size,
			Open: func() (io.ReadCloser, error) { return f.Open(ctx) },
			Said: registry.Said{Type: f.Type, SHA256: f.SHA256, MD5: f.MD5, Description: f.Description, UploadedAt: f.UploadedAt, Downloads: f.Downloads},
		}
		byPath[list[i].Path] = f
	}
	return func(yield func(registry.ImportFile) bool) {
		for _, f := range list {
			if !yield(f) {
				return
			}
		}
	}
}

func (m *mover) report(p Package, f File, got registry.Imported) {
	switch {
	case got.Err != nil:
		m.refuse(p, f, got.Err)
	case got.Made:
		m.copied(f.Size)
	default:
		m.sheet.note(func(s *Sheet) { s.Files.Present++ })
	}
}

func (m *mover) copied(size int64) {
	m.sheet.note(func(s *Sheet) {
		s.Files.Copied++
		s.Files.Bytes += size
	})
}

// publish brings a file that does not say itself which version it is.
func (m *mover) publish(ctx context.Context, p Package, f File) (err error) {
	in, err := m.Receive(ctx, m.Actor, m.to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	source, err := f.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	size, err := in.ReadFrom(source)
	if err != nil {
		return err
	}
	labels := f.labels()
	_, made, err := m.Publish(ctx, m.Actor, m.to, in, registry.Upload{
		FileName: path.Base(f.Basename), Type: f.Type, Name: p.Name, Version: f.Version, Labels: labels, Unlabelled: len(labels) == 0,
		SHA256: f.SHA256, MD5: f.MD5,
	})
	if err != nil {
		return err
	}
	if !made {
		m.sheet.note(func(s *Sheet) { s.Files.Present++ })
		return nil
	}
	m.copied(size)
	return nil
}
