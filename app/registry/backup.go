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
	"time"

	"vivarium/app/model"
)

// The members of a backup, which is a tar file: what it is, the rows, the bytes
// named by their digest, and at last what must have come, so that one that is cut
// off is known.
const (
	BackupHead     = "vivarium-backup.json"
	BackupDatabase = "vivarium.db"
	BackupBlobs    = "blobs/"
	BackupEnd      = "end.json"
	// BackupFormat is the form of all this.
	BackupFormat = 1
)

// BackupInfo is the first member of a backup.
type BackupInfo struct {
	Format  int       `json:"format"`
	Program string    `json:"program"`
	At      time.Time `json:"at"`
	Blobs   int       `json:"blobs"` // about: some come meanwhile
}

// BackupSums is the last member of a backup.
type BackupSums struct {
	DatabaseSHA256 string `json:"database_sha256"`
	Blobs          int    `json:"blobs"`
	Bytes          int64  `json:"bytes"`
}

// Backup writes all rows and bytes to out as they are together at one moment, while
// requests go on. scratch is a folder for a copy of the database. report is called
// for every blob with how many there are about.
func (r *Registry) Backup(ctx context.Context, actor model.Actor, program, scratch string, out io.Writer, report func(total int)) (BackupSums, error) {
	if err := requireOperator(actor); err != nil {
		return BackupSums{}, err
	}
	release, err := r.Blobs.KeepAll(ctx)
	if err != nil {
		return BackupSums{}, err
	}
	b := backup{Registry: r, tar: tar.NewWriter(out), info: BackupInfo{Format: BackupFormat, Program: program, At: r.Clock.Now().UTC()}, report: report}
	err = errors.Join(b.write(ctx, scratch), release())
	if err != nil {
		return b.sums, err
	}
	r.done(ctx, "backup made", actor, "blobs", b.sums.Blobs, "size_bytes", b.sums.Bytes)
	return b.sums, r.audit(ctx, r.Store, actor, "", "site.backup", "", fmt.Sprintf("%d blobs", b.sums.Blobs))
}

// backup is a backup under way.
type backup struct {
	*Registry
	tar    *tar.Writer
	info   BackupInfo
	sums   BackupSums
	report func(total int)
}

// write copies the rows first and the bytes after, so that every row has its bytes.
// No bytes go meanwhile: KeepAll.
func (b *backup) write(ctx context.Context, scratch string) error {
	for _, err := range b.Blobs.All(ctx) {
		if err != nil {
			return err
		}
		b.info.Blobs++
	}
	if err := b.addJSON(BackupHead, b.info); err != nil {
		return err
	}
	if err := b.addDatabase(ctx, scratch); err != nil {
		return err
	}
	for e, err := range b.Blobs.All(ctx) {
		if err == nil {
			err = b.addBlob(e.SHA256)
		}
		if err != nil {
			return err
		}
		b.report(max(b.info.Blobs, b.sums.Blobs))
	}
	if err := b.addJSON(BackupEnd, b.sums); err != nil {
		return err
	}
	return b.tar.Close()
}

func (b *backup) addDatabase(ctx context.Context, scratch string) (err error) {
	dir, err := os.MkdirTemp(scratch, backupScratch)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	copied := filepath.Join(dir, BackupDatabase)
	if err := b.Store.Copy(ctx, copied); err != nil {
		return err
	}
	f, err := os.Open(copied)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := b.add(BackupDatabase, f, sum); err != nil {
		return err
	}
	b.sums.DatabaseSHA256 = hex.EncodeToString(sum.Sum(nil))
	return nil
}

func (b *backup) addBlob(digest string) error {
	f, err := b.Blobs.Open(digest)
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := b.add(BackupBlobs+digest, f, io.Discard)
	b.sums.Blobs++
	b.sums.Bytes += n
	return err
}

// add writes a file as a member, and to beside.
func (b *backup) add(name string, f *os.File, beside io.Writer) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if err := b.tar.WriteHeader(b.header(name, info.Size())); err != nil {
		return 0, err
	}
	return io.Copy(io.MultiWriter(b.tar, beside), f)
}

func (b *backup) addJSON(name string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := b.tar.WriteHeader(b.header(name, int64(len(text)))); err != nil {
		return err
	}
	_, err = b.tar.Write(text)
	return err
}

func (b *backup) header(name string, size int64) *tar.Header {
	const mode = 0o600
	return &tar.Header{Name: name, Mode: mode, Size: size, ModTime: b.info.At, Typeflag: tar.TypeReg}
}
