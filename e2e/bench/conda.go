package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// condaPackage is a .conda archive of the subdir noarch.
type condaPackage struct {
	name    string
	version string
	body    []byte
}

// firstVersion is what a package has whose other versions do not matter; build is
// what all have.
const (
	firstVersion = "1.0"
	build        = "0"
)

func (p condaPackage) fileName() string { return p.name + "-" + p.version + "-" + build + ".conda" }

// index is info/index.json of the package.
func (p condaPackage) index() map[string]any {
	return map[string]any{
		"name": p.name, "version": p.version, "build": build, "build_number": 0, "subdir": "noarch", "noarch": "python",
		"depends": []string{"python >=3.9", "numpy >=1.26,<3", "requests"}, "license": "MIT", "license_family": "MIT", "timestamp": 1700000000000,
	}
}

// textPackage returns a package as most are: many small files of text.
func textPackage(name, version string, size int) (condaPackage, error) {
	const fileSize = 8 << 10
	files := map[string][]byte{}
	for n := 0; n < size; n += fileSize {
		file := fmt.Sprintf("site-packages/%s/module%d.py", name, n/fileSize)
		files[file] = words(file, fileSize)
	}
	return makePackage(name, version, files)
}

// bulkPackage returns a package of about size bytes that do not compress.
func bulkPackage(name string, size int) (condaPackage, error) {
	noise := make([]byte, size)
	source := rand.NewChaCha8(sha256.Sum256([]byte(name)))
	_, _ = source.Read(noise) // it never fails
	return makePackage(name, firstVersion, map[string][]byte{"share/" + name + ".bin": noise})
}

// words returns text that compresses to about a third, as source code does.
func words(seed string, size int) []byte {
	const vocabulary, scatter = 1500, 2654435761
	source, text := rand.New(rand.NewChaCha8(sha256.Sum256([]byte(seed)))), make([]byte, 0, size+10)
	for len(text) < size {
		text = fmt.Appendf(text, "%x ", uint32(source.IntN(vocabulary))*scatter>>8)
	}
	return text[:size]
}

func makePackage(name, version string, files map[string][]byte) (condaPackage, error) {
	p := condaPackage{name: name, version: version}
	info, err := p.infoFiles(files)
	if err != nil {
		return p, err
	}
	stem := strings.TrimSuffix(p.fileName(), ".conda")
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	members := []struct {
		name  string
		files map[string][]byte
	}{{"pkg-" + stem, files}, {"info-" + stem, info}}
	if err := writeStored(w, "metadata.json", []byte(`{"conda_pkg_format_version": 2}`)); err != nil {
		return p, err
	}
	for _, m := range members {
		packed, err := tarZst(m.files)
		if err != nil {
			return p, err
		}
		if err := writeStored(w, m.name+".tar.zst", packed); err != nil {
			return p, err
		}
	}
	if err := w.Close(); err != nil {
		return p, err
	}
	p.body = out.Bytes()
	return p, nil
}

// infoFiles describes the files of the package, as build tools do.
func (p condaPackage) infoFiles(files map[string][]byte) (map[string][]byte, error) {
	paths := []map[string]any{}
	for file, body := range files {
		paths = append(paths, map[string]any{
			"_path": file, "path_type": "hardlink", "sha256": fmt.Sprintf("%x", sha256.Sum256(body)), "size_in_bytes": len(body),
		})
	}
	info := map[string][]byte{}
	for file, v := range map[string]any{
		"info/index.json": p.index(),
		"info/about.json": map[string]string{"summary": "A package to measure with", "home": "https://example.test/" + p.name},
		"info/paths.json": map[string]any{"paths": paths, "paths_version": 1},
		"info/link.json":  map[string]any{"noarch": map[string]string{"type": "python"}, "package_metadata_version": 1},
	} {
		text, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		info[file] = text
	}
	return info, nil
}

func writeStored(w *zip.Writer, name string, body []byte) error {
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	return err
}

// packer is one for all packages, since to make one costs more than what it packs.
var packer = sync.OnceValues(func() (*zstd.Encoder, error) {
	const window = 1 << 20
	return zstd.NewWriter(nil, zstd.WithWindowSize(window))
})

func tarZst(files map[string][]byte) ([]byte, error) {
	z, err := packer()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for name, body := range files {
		if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(body)), Mode: 0o644}); err != nil {
			return nil, err
		}
		if _, err := w.Write(body); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return z.EncodeAll(out.Bytes(), nil), nil
}
