package pypi

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"hash"
	"io"
	"strconv"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// hashes are those that PEP 427 allows: sha256 or better.
var hashes = map[string]func() hash.Hash{"sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

// digest is what RECORD says of a member.
type digest struct {
	algorithm string
	sum       []byte
}

// checkRecord reads every member and checks that RECORD lists all of them, with
// their hashes and sizes, and nothing else. RECORD itself and its signatures have
// none.
func (w *wheel) checkRecord() error {
	digests, err := w.readRecord()
	if err != nil {
		return err
	}
	buffer := make([]byte, 64<<10)
	for i, f := range w.files {
		signed := w.isSignature(f.Name) || strings.HasSuffix(f.Name, "/")
		if digests[i].algorithm == "" && !signed {
			return model.Errorf(model.Invalid, "RECORD does not list %s.", quote(f.Name))
		}
		if err := digests[i].check(f, buffer); err != nil {
			return err
		}
	}
	return nil
}

func (w *wheel) isSignature(name string) bool {
	name, ok := strings.CutPrefix(name, w.distInfo)
	return ok && (name == "RECORD" || name == "RECORD.jws" || name == "RECORD.p7s")
}

// readRecord returns what RECORD says of each of files.
func (w *wheel) readRecord() ([]digest, error) {
	raw, err := w.read("RECORD")
	if err != nil {
		return nil, err
	}
	lines := csv.NewReader(bytes.NewReader(raw))
	lines.FieldsPerRecord, lines.ReuseRecord = 3, true
	digests, listed := make([]digest, len(w.files)), make([]bool, len(w.files))
	for {
		line, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return digests, nil
		}
		if err != nil {
			return nil, model.Errorf(model.Invalid, "RECORD is not a list of path, hash and size.")
		}
		i, ok := w.members[line[0]]
		switch {
		case !ok:
			return nil, model.Errorf(model.Invalid, "RECORD lists %s, which is not there.", quote(line[0]))
		case listed[i]:
			return nil, model.Errorf(model.Invalid, "RECORD lists %s twice.", quote(line[0]))
		}
		listed[i] = true
		if digests[i], err = w.parseDigest(w.files[i], line[1], line[2]); err != nil {
			return nil, err
		}
	}
}

func (w *wheel) parseDigest(f *zip.File, sum, size string) (digest, error) {
	if w.isSignature(f.Name) && sum == "" {
		return digest{}, nil
	}
	if size != "" && size != strconv.FormatUint(f.UncompressedSize64, 10) {
		return digest{}, model.Errorf(model.Invalid, "RECORD gives %s bytes for %s, which has %d.", quote(size), quote(f.Name), f.UncompressedSize64)
	}
	algorithm, text, _ := strings.Cut(sum, "=")
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if hashes[algorithm] == nil || err != nil {
		return digest{}, model.Errorf(model.Invalid, "RECORD gives no sha256 hash for %s.", quote(f.Name))
	}
	return digest{algorithm, raw}, nil
}

// check reads f to its end and compares its hash.
func (d digest) check(f *zip.File, buffer []byte) error {
	r, err := archive.OpenMember(f)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	sum := sha256.New()
	if d.algorithm != "" {
		sum = hashes[d.algorithm]()
	}
	if _, err := io.CopyBuffer(sum, r, buffer); err != nil {
		return archive.Refuse("The member "+quote(f.Name), err)
	}
	if d.algorithm != "" && !bytes.Equal(sum.Sum(nil), d.sum) {
		return model.Errorf(model.Invalid, "The member %s is not what RECORD says by its hash.", quote(f.Name))
	}
	return nil
}
