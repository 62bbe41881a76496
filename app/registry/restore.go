package registry

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"vivarium/app/blob"
	"vivarium/app/model"
)

// What of a backup is made durable at once.
const (
	restoreBlobs = 256
	restoreBytes = 64 << 20
)

// ReadBackup unpacks a backup into an empty folder: the database and the folder
// blobs. Each byte is compared with its digest; what is cut off or altered is
// Invalid, and leaves half a folder behind. report is called for every blob with
// how many there are about.
func ReadBackup(ctx context.Context, from io.Reader, dir string, report func(total int)) (BackupInfo, BackupSums, error) {
	blobs, err := blob.OpenDisk(filepath.Join(dir, strings.TrimSuffix(BackupBlobs, "/")))
	if err != nil {
		return BackupInfo{}, BackupSums{}, err
	}
	r := restoration{tar: tar.NewReader(from), dir: dir, blobs: blobs, report: report}
	err = r.read(ctx)
	r.dropPending()
	return r.info, r.got, errors.Join(err, blobs.Close())
}

// restoration is a backup being read.
type restoration struct {
	tar     *tar.Reader
	dir     string
	blobs   *blob.Disk
	report  func(total int)
	info    BackupInfo
	got     BackupSums // so far
	pending []*blob.Writer
	size    int64 // of pending
}

func damaged(format string, args ...any) error {
	return model.Errorf(model.Invalid, "This is no whole backup: "+format, args...)
}

// read takes the members in their order.
func (r *restoration) read(ctx context.Context) error {
	if err := r.head(); err != nil {
		return err
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, err := r.next()
		if err != nil {
			return err
		}
		digest, isBlob := strings.CutPrefix(h.Name, BackupBlobs)
		switch {
		case isBlob:
			err = r.blob(digest, h.Size)
		case h.Name == BackupDatabase && r.got.DatabaseSHA256 == "":
			err = r.database()
		case h.Name == BackupEnd:
			return r.end()
		default:
			err = damaged("it has an unknown member.")
		}
		if err != nil {
			return err
		}
	}
}

func (r *restoration) next() (*tar.Header, error) {
	h, err := r.tar.Next()
	if err != nil {
		return nil, damaged("it is cut off, or no backup at all (%v).", err)
	}
	return h, nil
}

func (r *restoration) head() error {
	h, err := r.next()
	if err != nil {
		return err
	}
	if h.Name != BackupHead {
		return damaged("it does not begin as one.")
	}
	if err := json.NewDecoder(r.tar).Decode(&r.info); err != nil {
		return damaged("its first lines cannot be read.")
	}
	if r.info.Format != BackupFormat {
		return model.Errorf(model.Invalid, "The backup has format %d, this program reads %d. It was made by version %s.", r.info.Format, BackupFormat, r.info.Program)
	}
	return nil
}

// database writes the rows' file.
func (r *restoration) database() error {
	const mode = 0o600
	f, err := os.OpenFile(filepath.Join(r.dir, BackupDatabase), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, sum), r.tar)
	r.got.DatabaseSHA256 = hex.EncodeToString(sum.Sum(nil))
	return errors.Join(r.cut(err), f.Sync(), f.Close())
}

// cut words the end of a tar file in the middle of a member.
func (r *restoration) cut(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("it is cut off.")
	}
	return err
}

func (r *restoration) blob(digest string, size int64) error {
	w, err := r.blobs.Create()
	if err != nil {
		return err
	}
	r.pending = append(r.pending, w)
	if _, err := w.ReadFrom(r.tar); err != nil {
		return r.cut(err)
	}
	if got := w.Digest().SHA256; got != digest {
		return damaged("the bytes named %s have the digest %s.", shorten(digest), got)
	}
	r.got.Blobs++
	r.got.Bytes += size
	r.report(max(r.info.Blobs, r.got.Blobs))
	if r.size += size; len(r.pending) < restoreBlobs && r.size < restoreBytes {
		return nil
	}
	return r.commit()
}

// commit makes the blobs that wait durable.
func (r *restoration) commit() error {
	err := r.blobs.CommitAll(r.pending...)
	r.pending, r.size = nil, 0
	return err
}

func (r *restoration) dropPending() {
	for _, w := range r.pending {
		_ = w.Abort() // the folder goes as well
	}
}

// end compares what came with what was to come.
func (r *restoration) end() error {
	var want BackupSums
	if err := json.NewDecoder(r.tar).Decode(&want); err != nil {
		return damaged("its end cannot be read.")
	}
	if want != r.got {
		return damaged("%s came, %s were to come.", r.got, want)
	}
	return r.commit()
}

// String is the counts, for a sentence.
func (s BackupSums) String() string {
	return fmt.Sprintf("%d blobs of %d bytes (database %.12s)", s.Blobs, s.Bytes, s.DatabaseSHA256)
}
