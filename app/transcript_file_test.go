package main

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"path"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/vmihailenco/msgpack/v5"
	"golang.org/x/crypto/blake2b"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
)

// ofFile is what a transcript says of a file's bytes: <sha256 NAME> and so on.
func (p *player) ofFile(name string) (string, bool) {
	what, file, ok := strings.Cut(name, " ")
	if !ok || !strings.Contains(" bytes size sha256 blake2 md5 md5-base64 ", " "+what+" ") {
		return "", false
	}
	data := p.file(file)
	long, short, other := sha256.Sum256(data), md5.Sum(data), blake2b.Sum256(data)
	return map[string]string{
		"bytes": string(data), "size": strconv.Itoa(len(data)), "sha256": hex.EncodeToString(long[:]), "blake2": hex.EncodeToString(other[:]),
		"md5": hex.EncodeToString(short[:]), "md5-base64": base64.StdEncoding.EncodeToString(short[:]),
	}[what], true
}

// file builds the package that a file name means. Names in another folder get
// other bytes.
func (p *player) file(name string) []byte {
	p.t.Helper()
	if data, ok := p.files[name]; ok {
		return data
	}
	fileName, base := "", path.Base(name)
	var data []byte
	switch {
	case strings.HasSuffix(base, ".whl"):
		parts := strings.Split(base, "-")
		fileName, data = pypitest.Wheel(p.t, pypitest.Spec{Name: parts[0], Version: parts[1], Summary: name})
	case strings.HasSuffix(base, ".tar.gz"):
		pkg, version, _ := strings.Cut(strings.TrimSuffix(base, ".tar.gz"), "-")
		fileName, data = pypitest.Sdist(p.t, pypitest.Spec{Name: pkg, Version: version, Summary: name})
	default:
		fileName, data = condatest.Build(p.t, condaSpec(name))
	}
	if fileName != base {
		p.t.Fatalf("built %s for %s", fileName, name)
	}
	p.files[name] = data
	return data
}

// condaSpec is the package that folder/…/subdir/name-version-build.ext names.
func condaSpec(name string) condatest.Spec {
	base := path.Base(name)
	stem, tarBz2 := strings.CutSuffix(base, ".tar.bz2")
	parts := strings.Split(strings.TrimSuffix(stem, ".conda"), "-")
	n := len(parts)
	return condatest.Spec{
		Name: strings.Join(parts[:n-2], "-"), Version: parts[n-2], Build: parts[n-1], BuildNumber: buildNumber(parts[n-1]),
		Subdir: path.Base(path.Dir(name)), TarBz2: tarBz2, Summary: name,
	}
}

// buildNumber is what stands last in a build string.
func buildNumber(build string) int64 {
	n, err := strconv.ParseInt(build[strings.LastIndex(build, "_")+1:], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// learnShards names the files that a shard index lists.
func (p *player) learnShards(subdir string, body []byte) {
	p.t.Helper()
	r, err := zstd.NewReader(bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Close()
	var index struct {
		Shards map[string][]byte `msgpack:"shards"`
	}
	if err := msgpack.NewDecoder(r).Decode(&index); err != nil {
		p.t.Fatalf("read the shard index of %s: %v", subdir, err)
	}
	for name, sum := range index.Shards {
		p.values["shard "+subdir+"/"+name] = hex.EncodeToString(sum)
	}
}
