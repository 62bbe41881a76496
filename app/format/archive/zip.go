package archive

import (
	"archive/zip"
	"cmp"
	"io"
	"slices"
)

// ReadZip returns the members of the zip archive in src in the order of their
// data. It accepts no archive that two programs could read differently: members
// are stored, plain files, the data lie one behind the other from the first
// byte to the directory, each local header repeats what the directory says, and
// no name comes twice. The directory may have maxDirectory bytes, which also
// bounds the memory that this takes.
func ReadZip(src *Source, maxDirectory int64) ([]*zip.File, error) {
	files, err := readZip(src, maxDirectory, checkStored)
	return files, src.Blame(Refuse("The zip archive", err))
}

// ReadPackedZip is ReadZip for archives whose members may also be compressed with
// deflate, and which may list folders.
func ReadPackedZip(src *Source, maxDirectory int64) ([]*zip.File, error) {
	files, err := readZip(src, maxDirectory, checkPacked)
	return files, src.Blame(Refuse("The zip archive", err))
}

func readZip(src *Source, maxDirectory int64, check func(*zip.File) string) ([]*zip.File, error) {
	d, err := findDirectory(src, maxDirectory)
	if err != nil {
		return nil, err
	}
	r, err := zip.NewReader(src, src.Size())
	if err != nil {
		return nil, errEnd
	}
	r.RegisterDecompressor(zip.Deflate, inflate)
	listed := 0
	for _, f := range r.File {
		listed += directoryHeaderSize + len(f.Name) + len(f.Extra) + len(f.Comment)
	}
	if uint64(len(r.File)) != d.count || uint64(listed) != d.size {
		return nil, errEnd
	}
	if err := checkMembers(r.File, check); err != nil {
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

// OpenMember returns the bytes of a member of ReadZip or ReadPackedZip. At its end
// the reader fails when the length or the checksum is wrong.
func OpenMember(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	return r, Refuse("The zip member "+Quote(f.Name), err)
}
