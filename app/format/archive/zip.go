package archive

import (
	"archive/zip"
	"cmp"
	"io"
	"slices"

	"vivarium/app/model"
)

// ReadZip returns the members of the zip archive in src in the order of their
// data. It accepts no archive that two programs could read differently: members
// are stored, regular files, the data lie one behind the other from the first
// byte to the directory, each local header repeats what the directory says, and
// no name comes twice. The directory may have maxDirectory bytes, which also
// bounds the memory that this takes.
func ReadZip(src *Source, maxDirectory int64) ([]*zip.File, error) {
	files, err := readZip(src, maxDirectory)
	return files, src.Blame(Refuse("The zip archive", err))
}

func readZip(src *Source, maxDirectory int64) ([]*zip.File, error) {
	d, err := findDirectory(src, maxDirectory)
	if err != nil {
		return nil, err
	}
	r, err := zip.NewReader(src, src.Size())
	if err != nil {
		return nil, errEnd
	}
	listed := 0
	for _, f := range r.File {
		listed += directoryHeaderSize + len(f.Name) + len(f.Extra) + len(f.Comment)
	}
	if uint64(len(r.File)) != d.count || uint64(listed) != d.size {
		return nil, errEnd
	}
	if err := checkMembers(r.File); err != nil {
		return nil, err
	}
	if err := sortByOffset(r.File); err != nil {
		return nil, err
	}
	return r.File, checkTiles(src, r.File, int64(d.offset))
}

func sortByOffset(files []*zip.File) error {
	offsets := make(map[*zip.File]int64, len(files))
	for _, f := range files {
		offset, err := f.DataOffset()
		if err != nil {
			return err
		}
		offsets[f] = offset
	}
	slices.SortStableFunc(files, func(a, b *zip.File) int { return cmp.Compare(offsets[a], offsets[b]) })
	return nil
}

func checkMembers(files []*zip.File) error {
	const encrypted = 1
	seen := make(map[string]bool, len(files))
	for _, f := range files {
		why := ""
		switch {
		case seen[f.Name]:
			why = "is there twice"
		case f.Flags&encrypted != 0:
			why = "is encrypted"
		case f.Method != zip.Store:
			why = "is compressed by the zip archive, where it must be stored as it is"
		case !f.Mode().IsRegular():
			why = "is not a plain file"
		case f.CompressedSize64 != f.UncompressedSize64, f.CRC32 == 0 && f.UncompressedSize64 > 0:
			// The standard library takes a checksum of zero as none.
			why = "contradicts itself about its size or checksum"
		}
		if why != "" {
			return model.Errorf(model.Invalid, "The zip member %s %s.", Quote(f.Name), why)
		}
		seen[f.Name] = true
	}
	return nil
}

// OpenMember returns the bytes of a member of ReadZip. At its end the reader fails
// when the checksum is wrong.
func OpenMember(f *zip.File) (io.Reader, error) {
	r, err := f.Open()
	return r, Refuse("The zip member "+Quote(f.Name), err)
}
