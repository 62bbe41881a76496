package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"vivarium/app/config"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/store"
)

const restoreHelp = `Puts a backup into an empty data folder, which it makes when it is missing, and looks
at every byte. FILE may be - for stdin. The folder of an older version is brought up
to date when the server starts.`

func newRestore() *cobra.Command {
	return &cobra.Command{
		Use: "restore FILE", Short: firstSentence(restoreHelp), Long: restoreHelp, Args: wants("FILE"),
		RunE: doing("restoring", func(cmd *cobra.Command, args []string) error {
			loaded, err := loadConfig(cmd)
			if err != nil {
				return err
			}
			if args[0] == "-" {
				return restore(cmd, loaded.Config, cmd.InOrStdin())
			}
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			return restore(cmd, loaded.Config, f)
		}),
	}
}

// restore fills the data folder from a backup. When that fails the folder is as
// empty as before.
func restore(cmd *cobra.Command, c config.Config, from io.Reader) error {
	if err := makeFolder(c.DataDir); err != nil {
		return err
	}
	there, err := os.ReadDir(c.DataDir)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return model.Errorf(model.Conflict, "The data folder %s is not empty. Name another one, or move what is in it away.", c.DataDir)
	}
	bar := newProgress(cmd, "blobs", 0)
	info, sums, err := registry.ReadBackup(cmd.Context(), from, c.DataDir, bar.of)
	bar.end()
	if err == nil {
		err = looksSound(cmd.Context(), c)
	}
	if err != nil {
		return errors.Join(err, emptyFolder(c.DataDir))
	}
	return say(cmd, "restored the database and %d blobs (%d bytes) as they were at %s", sums.Blobs, sums.Bytes, info.At.Format("2006-01-02 15:04:05 UTC"))
}

// looksSound opens the restored database: it must be whole, and not of a newer
// program.
func looksSound(ctx context.Context, c config.Config) error {
	s, err := store.Open(ctx, store.Options{Path: filepath.Join(c.DataDir, registry.BackupDatabase)})
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.Pending(ctx); err != nil {
		return err
	}
	problems, err := s.Integrity(ctx)
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("the database in the backup is damaged: %s", problems[0])
	}
	return err
}

func emptyFolder(dir string) error {
	there, err := os.ReadDir(dir)
	for _, e := range there {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return err
}
