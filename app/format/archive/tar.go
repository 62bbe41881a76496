package archive

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"strings"

	"vivarium/app/model"
)

// MaxMembers is how many members a tar archive may have.
const MaxMembers = 1 << 18

// Member is one member of a tar archive. Reading yields its content.
type Member struct {
	io.Reader
	// Name is the path, cleaned and checked.
	Name string
	// Regular says that it is a plain file, Folder that it is a folder; otherwise
	// it is a link.
	Regular, Folder bool
	// Link is the target of a link as written. That of a symbolic link counts from
	// the member's folder and was not checked; that of a hard link, which HardLink
	// marks, counts from the top.
	Link     string
	HardLink bool
}

// WalkTar calls visit for each member of the archive in r and reads it to its very
// end, beyond what visit leaves. It fails with Invalid on what CleanPath refuses,
// on sparse and special files, on a missing end mark and on data after it; part
// names the archive in those sentences, as in "The package archive". The
// first error of visit ends the walk.
func WalkTar(r *Limited, part string, visit func(Member) error) error {
	t := tar.NewReader(r)
	for count := 0; ; count++ {
		before := r.Count()
		header, err := t.Next()
		if errors.Is(err, io.EOF) {
			return Refuse(part, endTar(r, before))
		}
		if err == nil && count >= MaxMembers {
			err = model.Errorf(model.Invalid, "%s has more than %d members.", part, MaxMembers)
		}
		if err == nil {
			err = visitMember(t, header, visit)
		}
		if err != nil {
			return Refuse(part, err)
		}
	}
}

func visitMember(t *tar.Reader, header *tar.Header, visit func(Member) error) error {
	if header.Typeflag == tar.TypeXGlobalHeader {
		return nil
	}
	name, err := checkHeader(header)
	if err != nil {
		return err
	}
	m := Member{
		Reader: t, Name: name, Regular: header.Typeflag == tar.TypeReg, Folder: header.Typeflag == tar.TypeDir,
		Link: header.Linkname, HardLink: header.Typeflag == tar.TypeLink,
	}
	if err := visit(m); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, t)
	return err
}

func checkHeader(h *tar.Header) (string, error) {
	name, err := CleanPath(h.Name)
	if err != nil {
		return "", err
	}
	if isSparse(h) {
		return "", model.Errorf(model.Invalid, "The archive stores %s as a sparse file. Pack it without sparse files.", Quote(name))
	}
	switch h.Typeflag {
	case tar.TypeReg, tar.TypeDir, tar.TypeSymlink:
	case tar.TypeLink:
		_, err = CleanPath(h.Linkname)
	default:
		err = model.Errorf(model.Invalid, "The archive member %s is neither a file, a folder nor a link.", Quote(name))
	}
	return name, err
}

// isSparse must be asked before reading: a sparse file of a few bytes can yield
// petabytes of zeros.
func isSparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return h.Typeflag == tar.TypeGNUSparse
}

// endTar checks the end mark, a block of zeros within what was read since
// position before, and that nothing is hidden after it.
func endTar(r *Limited, before int64) error {
	const block = 512
	padding := (block - before%block) % block
	if r.Count()-before-padding < block {
		return io.ErrUnexpectedEOF
	}
	rest := make([]byte, 32<<10)
	for {
		n, err := r.Read(rest)
		if len(bytes.TrimLeft(rest[:n], "\x00")) > 0 {
			return model.Errorf(model.Invalid, "The archive has data after its end mark.")
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
