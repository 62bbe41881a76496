package registry

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// backupScratch begins the name of the folder that a backup copies the database to.
const backupScratch = "backup-"

// SweepBackups takes away what backups that were killed have left in scratch, unless
// one is being made.
func (r *Registry) SweepBackups(scratch string) error {
	release, ok, err := r.Blobs.MayRemove()
	if err != nil || !ok {
		return err
	}
	all, err := os.ReadDir(scratch)
	errs := []error{err}
	for _, e := range all {
		if strings.HasPrefix(e.Name(), backupScratch) {
			errs = append(errs, os.RemoveAll(filepath.Join(scratch, e.Name())))
		}
	}
	return errors.Join(append(errs, release())...)
}
