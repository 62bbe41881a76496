package pypi

import (
	"archive/zip"
	"io"
	"path"
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
	if err := w.checkPaths(); err != nil {
		return nil, err
	}
	if err := w.checkDistInfo(name); err != nil {
		return nil, err
	}
	if err := w.checkWheelFile(); err != nil {
		return nil, err
	}
	if err := w.checkRecord(); err != nil {
		return nil, err
	}
	return w.read("METADATA")
}

// checkPaths checks where the members would go, finds the dist-info folder, and
// adds up what all of it unpacks to.
func (w *wheel) checkPaths() error {
	folders := map[string]bool{}
	left := uint64(maxOutput(w.size))
	for i, f := range w.files {
		if f.UncompressedSize64 > left {
			return errBomb(w.size)
		}
		left -= f.UncompressedSize64
		name, isFolder := strings.CutSuffix(f.Name, "/")
		if err := checkPath(name); err != nil {
			return err
		}
		if !isFolder {
			w.members[name] = i
			name = path.Dir(name)
		}
		addFolders(folders, name)
	}
	for folder := range folders {
		if _, ok := w.members[folder]; ok {
			return model.Errorf(model.Invalid, "The member %s is a file and a folder.", quote(folder))
		}
		if err := w.noteDistInfo(folder); err != nil {
			return err
		}
	}
	return nil
}

func checkPath(name string) error {
	clean, err := archive.CleanPath(name)
	if err == nil && (clean != name || strings.Contains(name, `\`)) {
		err = model.Errorf(model.Invalid, "The member %s has a path that systems read differently.", quote(name))
	}
	return err
}

func addFolders(folders map[string]bool, folder string) {
	for folder != "." && !folders[folder] {
		folders[folder] = true
		folder = path.Dir(folder)
	}
}

func (w *wheel) noteDistInfo(folder string) error {
	if strings.Contains(folder, "/") || !strings.HasSuffix(strings.ToLower(folder), ".dist-info") {
		return nil
	}
	if w.distInfo != "" {
		return model.Errorf(model.Invalid, "It has two .dist-info folders.")
	}
	w.distInfo = folder + "/"
	return nil
}

// read returns a member of the dist-info folder.
func (w *wheel) read(member string) ([]byte, error) {
	i, ok := w.members[w.distInfo+member]
	if !ok {
		return nil, model.Errorf(model.Invalid, "It has no %s.", w.distInfo+member)
	}
	r, err := archive.OpenMember(w.files[i])
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	raw, err := io.ReadAll(archive.LimitMember(r, MaxMetadata, member))
	return raw, archive.Refuse("The member "+member, err)
}
