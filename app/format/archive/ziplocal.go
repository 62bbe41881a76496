package archive

import (
	"archive/zip"
	"encoding/binary"
	"io"

	"vivarium/app/model"
)

const (
	localSize, localMagic = 30, "PK\x03\x04"
	descriptorMagic       = 0x08074b50
	hasDescriptor         = 8
)

// checkTiles walks the local headers from the first byte on and checks that they
// and the members' data fill the file up to the directory, without gap or overlap.
func checkTiles(src *Source, files []*zip.File, directory int64) error {
	at := int64(0)
	for _, f := range files {
		size, err := localLength(src, f, at)
		if err != nil {
			return err
		}
		if offset, err := f.DataOffset(); err != nil || offset != at+size {
			return misplaced(f)
		}
		at += size
		if f.CompressedSize64 > uint64(directory-at) {
			return misplaced(f)
		}
		at += int64(f.CompressedSize64)
		if f.Flags&hasDescriptor != 0 {
			size, err := descriptorLength(src, f, at)
			if err != nil {
				return err
			}
			at += size
		}
	}
	if at != directory {
		return model.Errorf(model.Invalid, "The zip archive holds data that belongs to none of its members.")
	}
	return nil
}

func misplaced(f *zip.File) error {
	return model.Errorf(model.Invalid, "The zip member %s overlaps another, or its two headers contradict each other.", Quote(f.Name))
}

// localLength returns the length of the local header at offset at, which must
// say the same of f as the directory.
func localLength(src *Source, f *zip.File, at int64) (int64, error) {
	header := make([]byte, localSize+len(f.Name))
	if _, err := io.ReadFull(src.Section(at, int64(len(header))), header); err != nil {
		return 0, err
	}
	le := binary.LittleEndian
	same := string(header[:4]) == localMagic && le.Uint16(header[6:]) == f.Flags && le.Uint16(header[8:]) == f.Method &&
		int(le.Uint16(header[26:])) == len(f.Name) && string(header[localSize:]) == f.Name
	if !same {
		return 0, misplaced(f)
	}
	extra := make([]byte, le.Uint16(header[28:]))
	if _, err := io.ReadFull(src.Section(at+int64(len(header)), int64(len(extra))), extra); err != nil {
		return 0, err
	}
	if !soundExtra(extra, f.Name) || f.Flags&hasDescriptor == 0 && !sameSizes(f, header, extra) {
		return 0, misplaced(f)
	}
	return int64(len(header) + len(extra)), nil
}

// sameSizes compares the checksum and both sizes of a local header with the
// directory's. Sizes beyond 32 bits stand in the extra field of id 1.
func sameSizes(f *zip.File, header, extra []byte) bool {
	le := binary.LittleEndian
	packed, full := uint64(le.Uint32(header[18:])), uint64(le.Uint32(header[22:]))
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			return false
		}
		if id == 1 && n >= 16 && packed == unset32 && full == unset32 {
			full, packed = le.Uint64(extra), le.Uint64(extra[8:])
		}
		extra = extra[n:]
	}
	return le.Uint32(header[14:]) == f.CRC32 && packed == f.CompressedSize64 && full == f.UncompressedSize64
}

// descriptorLength returns the length of the data descriptor at offset at. It may
// have a signature, and sizes of four or of eight bytes (APPNOTE 4.3.9).
func descriptorLength(src *Source, f *zip.File, at int64) (int64, error) {
	raw := make([]byte, 24)
	n, err := src.ReadAt(raw, at)
	if err != nil && n < 12 {
		return 0, err
	}
	le, signed := binary.LittleEndian, int64(0)
	if le.Uint32(raw) == descriptorMagic && le.Uint32(raw[4:]) == f.CRC32 {
		signed = 4
	}
	raw = raw[signed:]
	switch {
	case le.Uint32(raw) != f.CRC32:
	case uint64(le.Uint32(raw[4:])) == f.CompressedSize64 && uint64(le.Uint32(raw[8:])) == f.UncompressedSize64:
		return signed + 12, nil
	case le.Uint64(raw[4:]) == f.CompressedSize64 && le.Uint64(raw[12:]) == f.UncompressedSize64:
		return signed + 20, nil
	}
	return 0, misplaced(f)
}
