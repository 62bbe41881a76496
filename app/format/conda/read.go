package conda

import (
	"io"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// ReadInfo reads a whole conda package of size bytes once and returns what its info
// section says. FileName is the name under which the package was announced,
// without subdir; what the archive says of itself must match it. Memory stays
// flat, but for the zstd window (archive.MaxWindow at most), and output is bounded
// by archive.OutputLimit.
//
// It fails with Invalid on every archive that is not sound in all of its parts; an
// error without a code is a failed read of r. It takes time in proportion to the
// size: end it early by letting r fail.
func ReadInfo(r io.ReaderAt, size int64, fileName string) (*Info, error) {
	_, _, _, t, err := CheckFileName(fileName)
	if err != nil {
		return nil, err
	}
	src, s := archive.NewSource(r, size), &section{}
	if t == TypeConda {
		err = readConda(src, strings.TrimSuffix(fileName, string(t)), s)
	} else {
		err = readTarBz2(src, s)
	}
	if err != nil {
		return nil, src.Blame(err)
	}
	info, err := s.info(t)
	if err != nil {
		return nil, err
	}
	if info.FileName() != fileName {
		return nil, model.Errorf(model.Invalid, "The archive holds %s, not %s as it is called. Give the file its own name.", archive.Quote(info.FileName()), archive.Quote(fileName))
	}
	return info, nil
}

func readTarBz2(src *archive.Source, s *section) error {
	if !src.Starts("BZh") {
		return model.Errorf(model.Invalid, "The file is not a bzip2 archive, as its name says.")
	}
	out := archive.Bzip2(src.Section(0, src.Size()), src.Size())
	return archive.WalkTar(out, "The archive", s.visit)
}
