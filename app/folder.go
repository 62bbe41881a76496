package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"vivarium/app/config"
	"vivarium/app/model"
)

// requireFolder fails unless there is a folder to read from.
func requireFolder(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s", dir)
	case err == nil && !info.IsDir():
		return errNoFolder(dir)
	}
	return err
}

func errNoFolder(path string) error { return fmt.Errorf("%s is a file, and should be a folder", path) }

// makeFolders makes a folder that others may read, with those above it.
func makeFolders(dir string) error {
	err := os.MkdirAll(dir, folderMode)
	var at *fs.PathError
	if errors.As(err, &at) && at.Err == syscall.ENOTDIR {
		return errNoFolder(at.Path)
	}
	return err
}

// folderMode is of folders that others may read.
const folderMode = 0o755

// databaseFile is the database's name in the data folder.
const databaseFile = "vivarium.db"

// makeFolder makes the data folder when it is missing.
func makeFolder(dir string) error {
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		return nil
	}
	return fmt.Errorf("make the data folder: %w; %s", err, otherFolder(err))
}

// otherFolder says what to do about a data folder that cannot be used.
func otherFolder(err error) string {
	const name = "name another folder with --" + config.FlagDataDir
	switch {
	case errors.Is(err, syscall.ENOTDIR):
		return "there is a file of that name, so " + name
	}
	return name
}

// requireDatabase fails unless the data folder has a database. In a folder that
// nobody uses, which is easily named by mistake, all would seem well and empty.
func requireDatabase(dir string) error {
	has, err := hasDatabase(dir)
	if err != nil {
		return fmt.Errorf("look into the data folder: %w; %s", err, otherFolder(err))
	}
	if has {
		return nil
	}
	whole, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	return model.Errorf(model.NotFound, "There is no database in the data folder %s. Name the one that the server uses with --%s, or the server's --%s.", whole, config.FlagDataDir, config.FlagConfig)
}

func hasDatabase(dir string) (bool, error) {
	_, err := os.Stat(filepath.Join(dir, databaseFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
