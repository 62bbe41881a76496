package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"vivarium/app/registry"
)

const backupHelp = `Writes everything, rows and bytes, to one tar file, while the server runs: as it was
at one moment. FILE may be - for stdout. The file holds password hashes and private
packages: nobody but its owner can read it. Restore it with "app admin restore".`

func newBackup() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: firstSentence(backupHelp), Long: backupHelp, Args: wants("FILE"),
		RunE: doing("backing up to", func(cmd *cobra.Command, args []string) error {
			return asOperator(cmd, func(ctx context.Context, op operator) error {
				if args[0] == "-" {
					_, err := backUp(ctx, cmd, op, cmd.OutOrStdout())
					return err
				}
				return backUpTo(ctx, cmd, op, args[0])
			})
		}),
	}
}

func backUpTo(ctx context.Context, cmd *cobra.Command, op operator, path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("that is a folder; name a file in it, such as %s", filepath.Join(path, "vivarium.tar"))
	}
	if err := requireFolder(filepath.Dir(path)); err != nil {
		return err
	}
	var sums registry.BackupSums
	err := writeWhole(path, func(f *os.File) (err error) {
		sums, err = backUp(ctx, cmd, op, f)
		return err
	})
	if err != nil {
		return err
	}
	return say(cmd, "backed up the database and %d blobs (%d bytes)", sums.Blobs, sums.Bytes)
}

func backUp(ctx context.Context, cmd *cobra.Command, op operator, out io.Writer) (registry.BackupSums, error) {
	bar := newProgress(cmd, "blobs", 0)
	defer bar.end()
	version, _ := buildVersion()
	return op.Backup(ctx, op.actor, version, op.config.DataDir, out, bar.of)
}

// writeWhole makes a file, for its owner's eyes alone, of what fill writes, durably.
// When fill fails there is none; one that was there is replaced in the end.
func writeWhole(path string, fill func(*os.File) error) error {
	const mode = 0o600
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return nil
}
