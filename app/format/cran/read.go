package cran

import (
	"archive/zip"
	"compress/gzip"
	"io"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// Info is what an R package says of itself.
type Info struct {
	Description
	Built Built
}

// maxDirectory is how large the directory of a zip archive may be.
const maxDirectory = 16 << 20

// ReadInfo reads a whole R package of size bytes that was uploaded as fileName. It
// fails with Invalid on a file that is not sound, or says another name or version
// than its name does; an error without a code is a failed read of r.
func ReadInfo(r io.ReaderAt, size int64, fileName string) (*Info, error) {
	name, err := ParseFileName(fileName)
	if err != nil {
		return nil, err
	}
	src := archive.NewSource(r, size)
	found := finder{path: name.Name + "/DESCRIPTION"}
	if name.Ending == windowsEnding {
		err = found.inZip(src)
	} else {
		err = found.inTar(src)
	}
	if err != nil {
		return nil, src.Blame(err)
	}
	info := &Info{}
	if info.Description, err = ParseDescription(found.raw); err != nil {
		return nil, err
	}
	if info.Package != name.Name || info.Version != name.Version {
		return nil, model.Errorf(model.Invalid, "DESCRIPTION says %s %s, and the name of the file %s %s.", info.Package, info.Version, name.Name, name.Version)
	}
	info.Built, err = builtOf(info.Description, name.Ending)
	if err != nil {
		return nil, err
	}
	return info, nil
}

// finder looks for a package's DESCRIPTION.
type finder struct {
	path string
	raw  []byte
}

func (f *finder) inTar(src *archive.Source) error {
	if !src.Starts("\x1f\x8b") {
		return model.Errorf(model.Invalid, "It is not a gzip archive, as its name says.")
	}
	unzipped, err := gzip.NewReader(src.Section(0, src.Size()))
	if err != nil {
		return archive.Refuse("The archive", err)
	}
	err = archive.WalkTar(archive.LimitOutput(unzipped, src.Size()), "The archive", func(m archive.Member) error {
		if m.Name != f.path || !m.Regular {
			return nil
		}
		return f.take(m)
	})
	return firstError(err, f.missing())
}

func (f *finder) inZip(src *archive.Source) error {
	files, err := archive.ReadPackedZip(src, maxDirectory)
	if err != nil {
		return err
	}
	left := archive.OutputLimit(src.Size())
	for _, member := range files {
		if left -= int64(min(member.UncompressedSize64, archive.MaxOutput)); left < 0 {
			return model.Errorf(model.Invalid, "The archive unpacks to far more than a package of its size can hold.")
		}
		if err := f.readMember(member); err != nil {
			return err
		}
	}
	return f.missing()
}

// readMember reads a member of a zip archive to its end, so that its checksum
// counts.
func (f *finder) readMember(member *zip.File) error {
	if _, err := archive.CleanPath(member.Name); err != nil {
		return err
	}
	r, err := archive.OpenMember(member)
	if err != nil {
		return err
	}
	defer r.Close()
	if member.Name == f.path {
		if err := f.take(r); err != nil {
			return err
		}
	}
	_, err = io.Copy(io.Discard, r)
	return archive.Refuse("The member "+archive.Quote(member.Name), err)
}

func (f *finder) take(r io.Reader) error {
	if f.raw != nil {
		return model.Errorf(model.Invalid, "The archive has %s twice.", archive.Quote(f.path))
	}
	raw, err := io.ReadAll(archive.LimitMember(r, MaxDescription, "DESCRIPTION"))
	f.raw = raw
	return err
}

func (f *finder) missing() error {
	if len(f.raw) == 0 {
		return model.Errorf(model.Invalid, "The archive has no %s.", archive.Quote(f.path))
	}
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
