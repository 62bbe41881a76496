package archive

import (
	"archive/zip"
	"encoding/binary"
	"io/fs"
	"strings"
	"unicode/utf8"

	"vivarium/app/model"
)

// checkMembers checks what the directory says of each member; check adds what
// differs between the kinds of archive and returns what is wrong, or nothing.
func checkMembers(files []*zip.File, check func(*zip.File) string) error {
	seen := make(map[string]bool, len(files))
	for _, f := range files {
		why := checkMember(f)
		if why == "" {
			why = check(f)
		}
		if seen[f.Name] {
			why = "is there twice"
		}
		if why != "" {
			return model.Errorf(model.Invalid, "The zip member %s %s.", Quote(f.Name), why)
		}
		seen[f.Name] = true
	}
	return nil
}

func checkMember(f *zip.File) string {
	const encrypted, patched, strong, masked = 1, 1 << 5, 1 << 6, 1 << 13
	switch {
	case !soundName(f):
		return "has a name with control characters, or one that is not marked as UTF-8"
	case f.Comment != "" || !soundExtra(f.Extra, f.Name):
		return "has a comment, or extra fields that programs read differently"
	case f.Flags&(encrypted|patched|strong|masked) != 0:
		return "is encrypted"
	case f.CRC32 == 0 && f.UncompressedSize64 > 0, f.Method == zip.Store && f.CompressedSize64 != f.UncompressedSize64:
		// The standard library takes a checksum of zero as none.
		return "contradicts itself about its size or checksum"
	}
	return ""
}

// checkStored allows plain files that are stored as they are.
func checkStored(f *zip.File) string {
	switch {
	case f.Method != zip.Store:
		return "is compressed by the zip archive, where it must be stored as it is"
	case !f.Mode().IsRegular():
		return "is not a plain file"
	}
	return ""
}

// checkPacked allows folders, and plain files that are stored or deflated. What
// is stored must give its size before the data: no program that reads from the
// front could find its end otherwise.
func checkPacked(f *zip.File) string {
	switch folder := strings.HasSuffix(f.Name, "/"); {
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return "is compressed by a method other than deflate"
	case folder && (f.Mode().Type() != fs.ModeDir || f.UncompressedSize64 > 0):
		return "is a folder by its name only"
	case !folder && !f.Mode().IsRegular():
		return "is not a plain file"
	case f.Method == zip.Store && f.Flags&hasDescriptor != 0 && f.UncompressedSize64 > 0:
		return "is stored without its size before it"
	}
	return ""
}

// soundName refuses names that programs decode or print differently: without the
// flag for UTF-8 they stand in code page 437.
func soundName(f *zip.File) bool {
	const isUTF8 = 1 << 11
	for i := range len(f.Name) {
		switch c := f.Name[i]; {
		case c < ' ', c == 0x7f, c >= utf8.RuneSelf && f.Flags&isUTF8 == 0:
			return false
		}
	}
	return f.Name != "" && utf8.ValidString(f.Name)
}

// soundExtra checks the framing of extra fields, that the one for long sizes comes
// once, and that one with another name gives the same name.
func soundExtra(extra []byte, name string) bool {
	const long, unicodePath = 0x0001, 0x7075
	le, longs := binary.LittleEndian, 0
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			return false
		}
		switch {
		case id == long:
			longs++
		case id == unicodePath && (n < 5 || string(extra[5:n]) != name):
			return false
		}
		extra = extra[n:]
	}
	return len(extra) == 0 && longs <= 1
}
