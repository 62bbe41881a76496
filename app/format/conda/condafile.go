package conda

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// maxDirectory is what the zip directory of the three members of a .conda file
// may take, with room for long names.
const maxDirectory = 16 << 10

const formatName = "metadata.json"

func readConda(src *archive.Source, stem string, s *section) error {
	if !src.Starts("PK\x03\x04") {
		return model.Errorf(model.Invalid, "The file is not a zip archive, as its name says.")
	}
	info, pkg := "info-"+stem+".tar.zst", "pkg-"+stem+".tar.zst"
	members, err := condaMembers(src, formatName, info, pkg)
	if err != nil {
		return err
	}
	if err := checkFormat(members[formatName]); err != nil {
		return err
	}
	if err := walkMember(members[info], "The info archive", s.visit); err != nil {
		return err
	}
	return walkMember(members[pkg], "The package archive", refuseMetadata)
}

// condaMembers returns the members of the zip archive, which must be those wanted
// and no others.
func condaMembers(src *archive.Source, wanted ...string) (map[string]*zip.File, error) {
	files, err := archive.ReadZip(src, maxDirectory)
	if err != nil {
		return nil, err
	}
	members := map[string]*zip.File{}
	for _, f := range files {
		if !slices.Contains(wanted, f.Name) {
			return nil, model.Errorf(model.Invalid, "The zip archive holds %s. A package of this name holds only %s.", archive.Quote(f.Name), strings.Join(wanted, ", "))
		}
		members[f.Name] = f
	}
	for _, name := range wanted {
		if members[name] == nil {
			return nil, model.Errorf(model.Invalid, "The zip archive lacks its member %s.", archive.Quote(name))
		}
	}
	return members, nil
}

// refuseMetadata keeps the package archive from bringing other metadata than the
// info archive: clients unpack both into one folder.
func refuseMetadata(m archive.Member) error {
	if _, ok := metadata[m.Name]; ok || m.Name == "info" && !m.Folder {
		return model.Errorf(model.Invalid, "The package archive holds %s, which belongs into the info archive.", m.Name)
	}
	return nil
}

// checkFormat reads metadata.json, which must say that this is version 2 of the
// format.
func checkFormat(f *zip.File) error {
	const maxFormat = 64 << 10
	r, err := archive.OpenMember(f)
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(archive.LimitMember(r, maxFormat, f.Name))
	if err != nil {
		return archive.Refuse(f.Name, err)
	}
	o, err := parseObject(raw, f.Name)
	if err != nil {
		return err
	}
	if version := string(o.fields["conda_pkg_format_version"]); version != "2" {
		return model.Errorf(model.Invalid, "%s must give conda_pkg_format_version as 2.", f.Name)
	}
	return nil
}

// walkMember walks the tar archive in a zip member, which is a zstd stream, and
// reads both to their ends.
func walkMember(f *zip.File, part string, visit func(archive.Member) error) error {
	r, err := archive.OpenMember(f)
	if err != nil {
		return err
	}
	out, done, err := archive.Zstd(r, int64(f.CompressedSize64))
	if err != nil {
		return fmt.Errorf("open %s: %w", f.Name, err)
	}
	defer done()
	return archive.WalkTar(out, part, visit)
}
