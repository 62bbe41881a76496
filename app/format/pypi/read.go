package pypi

import (
	"io"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// Info is what a distribution says of itself, and what its name says.
type Info struct {
	FileName
	Metadata Metadata
	// RawMetadata is METADATA or PKG-INFO, byte by byte.
	RawMetadata []byte
	// MetadataServable says that an index may serve RawMetadata in place of the
	// file: always for wheels, and for sdists whose build cannot change what they
	// require.
	MetadataServable bool
}

// ReadInfo reads a whole wheel or sdist of size bytes and returns what it says.
// FileName is the name under which it was uploaded; what the file says of itself
// must match it. Memory stays flat and the output is bounded.
//
// It fails with Invalid, in a sentence that fits an HTTP reason phrase, on every
// file that is not sound in all of its parts; an error without a code is a failed
// read of r. It takes time in proportion to the size: end it early by letting r
// fail.
func ReadInfo(r io.ReaderAt, size int64, fileName string) (*Info, error) {
	name, err := ParseFileName(fileName)
	if err != nil {
		return nil, err
	}
	src := archive.NewSource(r, size)
	raw, err := readRaw(src, name, fileName)
	if err != nil {
		return nil, src.Blame(badFile(err))
	}
	info := &Info{FileName: name, RawMetadata: raw}
	if info.Metadata, err = ParseMetadata(raw); err != nil {
		return nil, err
	}
	if err := name.agrees(metadataName(name.Type), info.Metadata.Name, info.Metadata.Version); err != nil {
		return nil, err
	}
	info.MetadataServable = name.Type == Wheel || info.Metadata.servable()
	return info, nil
}

// readRaw returns the metadata of a file that is sound but for them.
func readRaw(src *archive.Source, name FileName, fileName string) ([]byte, error) {
	switch {
	case strings.HasSuffix(fileName, tarEnding):
		return readTarSdist(src)
	case !src.Starts("PK\x03\x04"):
		return nil, model.Errorf(model.Invalid, "It is not a zip archive, as its name says.")
	case name.Type == Sdist:
		return readZipSdist(src)
	}
	return readWheel(src, name)
}

func metadataName(t FileType) string {
	if t == Wheel {
		return "METADATA"
	}
	return "PKG-INFO"
}

// maxOutput returns how much a file of the given size may unpack to.
func maxOutput(size int64) int64 {
	const free, ratio = 64 << 20, 50
	return max(free, min(size, archive.MaxOutput/ratio)*ratio)
}

func errBomb(size int64) error {
	return model.Errorf(model.Invalid, "It unpacks to more than %d MiB, far more than a file of its size can hold.", maxOutput(size)>>20)
}
