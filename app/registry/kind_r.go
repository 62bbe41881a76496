package registry

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"vivarium/app/blob"
	"vivarium/app/format/cran"
	"vivarium/app/model"
)

// rRecord is what is kept of an R package, beside its file.
type rRecord struct {
	Built cran.Built `json:"built"`
	Entry cran.Entry `json:"entry"`
}

// checkRBasename compares the name of an R package's file with what the URL
// announced.
func checkRBasename(_ *Registry, pkg, version, basename string) error {
	n, err := cran.ParseFileName(basename)
	if err != nil {
		return err
	}
	if !sameName(model.RPackage, n.Name, pkg) || n.Version != version {
		return model.Errorf(model.Invalid, "The file %s belongs to %s %s, not to %s %s.", shorten(basename), n.Name, n.Version, shorten(pkg), shorten(version))
	}
	return nil
}

func namedR(fileName string) (string, error) {
	n, err := cran.ParseFileName(fileName)
	return n.Name, err
}

func readR(f io.ReaderAt, fileName string, digest blob.Digest) (archive, error) {
	info, err := cran.ReadInfo(f, digest.Size, fileName)
	if err != nil {
		return archive{}, err
	}
	record, err := json.Marshal(rRecord{Built: info.Built, Entry: info.Entry(digest.MD5)})
	if err != nil {
		return archive{}, fmt.Errorf("write record of %s: %w", fileName, err)
	}
	return archive{name: info.Package, version: info.Version, file: model.File{Record: record}, about: aboutR(info)}, nil
}

// aboutR is what a DESCRIPTION says of the package. URL may list several addresses.
func aboutR(info *cran.Info) PackageChange {
	field := func(name string) *string { value := info.Get(name); return &value }
	home, _, _ := strings.Cut(strings.ReplaceAll(info.Get("URL"), ",", " "), " ")
	return PackageChange{Summary: field("Title"), Description: field("Description"), License: field("License"), Home: &home, DevURL: field("BugReports")}
}
