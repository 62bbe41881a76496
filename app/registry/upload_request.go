package registry

import (
	"context"
	"encoding/hex"
	"path"
	"strings"

	"vivarium/app/blob"
	"vivarium/app/model"
)

// Upload is what one request says of the file that it carries. What is empty was
// not said; all that was must agree with the file.
type Upload struct {
	FileName string
	Subdir   string            // of a conda file
	Type     model.PackageType // empty: what the name tells
	Labels   []string          // none: main
	// Unlabelled puts no label on the file.
	Unlabelled bool
	// Replace lets the file take the place of another of its name.
	Replace     bool
	SHA256, MD5 string // hex
	// Name and Version are of the package and the release; where the file says
	// neither, what is not said here is found (upload_dated.go).
	Name, Version string
	// Summary is of a package that does not say its own.
	Summary string

	// once says that a name means the same bytes for ever, as on PyPI.
	once bool
}

// CheckUpload fails as Publish would for what is known before the bytes have
// come: that actor may write to the package that the file's name says, and that
// names are as they have to be.
func (r *Registry) CheckUpload(ctx context.Context, actor model.Actor, channel string, up Upload) error {
	_, err := r.checkUpload(ctx, actor, channel, &up)
	return err
}

// checkUpload is CheckUpload; it fills in the type.
func (r *Registry) checkUpload(ctx context.Context, actor model.Actor, channel string, up *Upload) (model.Account, error) {
	a, err := r.account(ctx, r.Store, actor, channel)
	if err != nil {
		return a, err
	}
	if up.Type == "" {
		up.Type = TypeOfName(up.FileName)
	}
	name, err := up.announced(r)
	if err != nil {
		return a, err
	}
	if err := r.checkPlace(*up); err != nil {
		return a, err
	}
	if name == "" { // the bytes say it, and Receive has asked for a right to write
		return a, nil
	}
	// Whether a name is taken is for those alone who may write there.
	_, err = r.requireTarget(ctx, r.Store, actor, a, up.Type, name)
	return a, err
}

// announced returns the package that is known before the bytes have come, or nothing.
func (up Upload) announced(r *Registry) (string, error) {
	if k := kindOf(up.Type); k.named != nil {
		return k.named(up.FileName)
	}
	if up.Version != "" {
		if err := model.CheckVersion(up.Version); err != nil {
			return "", err
		}
	}
	name := up.Name
	if up.Type != model.Environment {
		name = up.packageOf(archive{})
	}
	if err := kindOf(up.Type).check(r, name, up.Version, up.FileName); err != nil || name == "" {
		return "", err
	}
	return name, model.CheckPackageName(name)
}

// checkPlace refuses a subdir that is not conda's, and digests that are none.
func (r *Registry) checkPlace(up Upload) error {
	if up.Subdir != "" && up.Type != model.Conda {
		return model.Errorf(model.Invalid, "%s is no conda package: only those have a subdir.", shorten(up.FileName))
	}
	if up.Subdir != "" {
		if err := r.checkSubdir(up.Subdir); err != nil {
			return err
		}
	}
	if up.SHA256 != "" {
		if err := checkSHA256(up.SHA256); err != nil {
			return err
		}
	}
	if _, err := hex.DecodeString(up.MD5); err != nil {
		return model.Errorf(model.Invalid, "md5_digest must be hexadecimal.")
	}
	return nil
}

func checkSHA256(digest string) error {
	const size = 32
	if raw, err := hex.DecodeString(digest); err != nil || len(raw) != size {
		return model.Errorf(model.Invalid, "The SHA-256 must be 64 hexadecimal digits.")
	}
	return nil
}

// basename is the file's name in the channel, empty as long as only the archive
// knows its subdir.
func (up Upload) basename() string {
	if up.Type == model.Conda && up.Subdir == "" {
		return ""
	}
	return path.Join(up.Subdir, up.FileName)
}

// compare fails unless the bytes are those that were announced.
func (up Upload) compare(got blob.Digest) error {
	if err := refuseEmpty(up.FileName, got.Size); err != nil {
		return err
	}
	sum, err := hex.DecodeString(up.MD5)
	if err != nil || len(sum) == 0 {
		sum = nil
	}
	return compare(got, strings.ToLower(up.SHA256), sum, -1)
}

// refuseEmpty fails for a file without bytes.
func refuseEmpty(fileName string, size int64) error {
	if size == 0 {
		return model.Errorf(model.Invalid, "The file %s is empty.", shorten(fileName))
	}
	return nil
}

// agrees fails unless the archive is what was announced.
func (up Upload) agrees(a archive) error {
	switch {
	case up.Subdir != "" && up.Subdir != a.file.Subdir:
		return otherSubdir(a.file.Subdir, up.Subdir)
	case up.Name != "" && a.name != "" && !sameName(up.Type, up.Name, a.name):
		return model.Errorf(model.Invalid, "The form says the project is %s, the file says %s.", shorten(up.Name), a.name)
	case up.Version != "" && a.version != "" && !sameVersion(up.Type, up.Version, a.version):
		return model.Errorf(model.Invalid, "The form says the version is %s, the file says %s.", shorten(up.Version), a.version)
	}
	return nil
}

func otherSubdir(archive, announced string) error {
	return model.Errorf(model.Invalid, "The archive says its subdir is %q, but it was uploaded to %s.", shorten(archive), announced)
}
