package pypi

import (
	"archive/zip"
	"bytes"
	"cmp"
	"slices"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// maxDirectory is what the zip directory may take: room for some ten thousand
// members.
const maxDirectory = 8 << 20

// wheel is a wheel while it is read.
type wheel struct {
	size     int64
	files    []*zip.File
	distInfo string // the folder of the metadata, with a slash
	// members has the index in files of each plain file by its name.
	members map[string]int
}

// readWheel returns the METADATA of a wheel. It checks that everything in the file
// stands in RECORD, and the other way round.
func readWheel(src *archive.Source, name FileName) ([]byte, error) {
	files, err := archive.ReadPackedZip(src, maxDirectory)
	if err != nil {
		return nil, err
	}
	w := &wheel{size: src.Size(), files: files, members: make(map[string]int, len(files))}
	checks := []func() error{w.checkSizes, w.checkPaths, func() error { return w.checkDistInfo(name) }, w.checkWheelFile, w.checkRecord}
	for _, check := range checks {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return w.read("METADATA")
}

// checkSizes adds up what all of it unpacks to.
func (w *wheel) checkSizes() error {
	left := uint64(maxOutput(w.size))
	for _, f := range w.files {
		if f.UncompressedSize64 > left {
			return errBomb(w.size)
		}
		left -= f.UncompressedSize64
	}
	return nil
}

// checkPaths checks where the members would go, and finds the dist-info folder.
func (w *wheel) checkPaths() error {
	names := make([]string, 0, len(w.files))
	for i, f := range w.files {
		name, isFolder := strings.CutSuffix(f.Name, "/")
		if err := checkPath(name); err != nil {
			return err
		}
		if err := w.noteDistInfo(f.Name); err != nil {
			return err
		}
		names = append(names, name)
		if !isFolder {
			w.members[name] = i
		}
	}
	slices.SortFunc(names, comparePaths)
	for i := 1; i < len(names); i++ {
		file, inside := names[i-1], names[i]
		_, isFile := w.members[file]
		if isFile && strings.HasPrefix(inside, file) && (inside == file || inside[len(file)] == '/') {
			return model.Errorf(model.Invalid, "The member %s is a file and a folder.", quote(file))
		}
	}
	return nil
}

func checkPath(name string) error {
	clean, err := archive.CleanPath(name)
	if err == nil && (clean != name || name == "." || strings.Contains(name, `\`)) {
		err = model.Errorf(model.Invalid, "The member %s has a path that systems read differently.", quote(name))
	}
	return err
}

// comparePaths puts what is in a folder right behind what has the folder's name.
func comparePaths(a, b string) int {
	for i := range min(len(a), len(b)) {
		switch {
		case a[i] == b[i]:
		case a[i] == '/':
			return -1
		case b[i] == '/':
			return 1
		default:
			return cmp.Compare(a[i], b[i])
		}
	}
	return cmp.Compare(len(a), len(b))
}

func (w *wheel) noteDistInfo(name string) error {
	top, _, inside := strings.Cut(name, "/")
	if !inside || !strings.HasSuffix(strings.ToLower(top), ".dist-info") || w.distInfo == top+"/" {
		return nil
	}
	if w.distInfo != "" {
		return model.Errorf(model.Invalid, "It has two .dist-info folders.")
	}
	w.distInfo = top + "/"
	return nil
}

// read returns a member of the dist-info folder.
func (w *wheel) read(member string) ([]byte, error) {
	i, ok := w.members[w.distInfo+member]
	if !ok {
		return nil, model.Errorf(model.Invalid, "It has no %s.", w.distInfo+member)
	}
	size := w.files[i].UncompressedSize64
	if size > MaxMetadata {
		return nil, model.Errorf(model.Invalid, "%s is larger than %d KiB.", member, MaxMetadata>>10)
	}
	r, err := archive.OpenMember(w.files[i])
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	raw := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	_, err = raw.ReadFrom(r)
	return raw.Bytes(), archive.Refuse("The member "+member, err)
}
