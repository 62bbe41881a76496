package archive

import (
	"bytes"
	"encoding/binary"
	"io"

	"vivarium/app/model"
)

// Sizes of the records at the end of a zip archive (APPNOTE 4.3.14 to 4.3.16).
const (
	endSize, endMagic         = 22, "PK\x05\x06"
	end64Size, end64Magic     = 56, "PK\x06\x06"
	locatorSize, locatorMagic = 20, "PK\x06\x07"
	directoryHeaderSize       = 46
	unset16                   = 1<<16 - 1
	unset32                   = 1<<32 - 1
)

// maxZipMembers bounds the memory that the list of members takes.
const maxZipMembers = 1 << 16

var errEnd = model.Errorf(model.Invalid, "The zip archive's end record is missing, ambiguous or wrong. Build or fetch the file again.")

// directory says where the central directory lies and how many members it lists.
type directory struct{ offset, size, count uint64 }

// findDirectory reads the end of the archive. Readers differ in where they look
// for the end record and in what they do about gaps, so there must be one record,
// at the very end, and the directory right before it.
func findDirectory(src *Source, maxSize int64) (directory, error) {
	end, record, err := findEnd(src)
	if err != nil {
		return directory{}, err
	}
	d, err := parseEnd(record)
	if err == nil && hasLocator(src, end) {
		end -= end64Size + locatorSize
		d, err = readEnd64(src, end, d)
	}
	switch {
	case err != nil:
		return d, err
	case end < 0, d.offset > uint64(end), d.size != uint64(end)-d.offset:
		return d, errEnd
	case d.size > uint64(maxSize), d.count > d.size/directoryHeaderSize, d.count > maxZipMembers:
		return d, model.Errorf(model.Invalid, "The zip archive lists too many members.")
	}
	return d, nil
}

// findEnd returns the last end record and its offset. Its comment must reach
// exactly to the end of the file.
func findEnd(src *Source) (int64, []byte, error) {
	tail := make([]byte, min(src.Size(), endSize+unset16))
	start := src.Size() - int64(len(tail))
	if _, err := io.ReadFull(src.Section(start, int64(len(tail))), tail); err != nil {
		return 0, nil, err
	}
	at := bytes.LastIndex(tail, []byte(endMagic))
	if at < 0 || at+endSize > len(tail) {
		return 0, nil, errEnd
	}
	record := tail[at:]
	if int(binary.LittleEndian.Uint16(record[20:])) != len(record)-endSize {
		return 0, nil, errEnd
	}
	return start + int64(at), record, nil
}

func parseEnd(record []byte) (directory, error) {
	le := binary.LittleEndian
	d := directory{
		offset: uint64(le.Uint32(record[16:])), size: uint64(le.Uint32(record[12:])), count: uint64(le.Uint16(record[10:])),
	}
	if le.Uint32(record[4:]) != 0 || le.Uint16(record[8:]) != le.Uint16(record[10:]) {
		return d, errEnd
	}
	return d, nil
}

// hasLocator reports whether a 64-bit end record is announced before the end
// record. Some readers then use it always, others only when a field of the short
// one is full.
func hasLocator(src *Source, end int64) bool {
	magic := make([]byte, len(locatorMagic))
	n, _ := src.ReadAt(magic, end-locatorSize)
	return string(magic[:n]) == locatorMagic
}

// readEnd64 reads the 64-bit end record at offset, which its locator must follow.
// It may not contradict the short record, whose fields may be full.
func readEnd64(src *Source, offset int64, short directory) (directory, error) {
	if offset < 0 {
		return short, errEnd
	}
	record := make([]byte, end64Size+locatorSize)
	if _, err := io.ReadFull(src.Section(offset, int64(len(record))), record); err != nil {
		return short, err
	}
	le, locator := binary.LittleEndian, record[end64Size:]
	d := directory{offset: le.Uint64(record[48:]), size: le.Uint64(record[40:]), count: le.Uint64(record[32:])}
	agree := func(long, short, full uint64) bool { return short == full || short == long }
	sound := string(record[:4]) == end64Magic && le.Uint64(record[4:]) == end64Size-12 &&
		le.Uint64(record[16:]) == 0 && le.Uint64(record[24:]) == d.count &&
		string(locator[:4]) == locatorMagic && le.Uint32(locator[4:]) == 0 && le.Uint64(locator[8:]) == uint64(offset) &&
		agree(d.offset, short.offset, unset32) && agree(d.size, short.size, unset32) && agree(d.count, short.count, unset16)
	if !sound {
		return d, errEnd
	}
	return d, nil
}
