package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"vivarium/app/model"
)

// walkFiles calls visit with every file in a folder and below it, until it returns
// false. Links are followed, those to folders too, and no folder is walked twice. What
// cannot be looked at is given to fail, and the rest goes on.
func walkFiles(dir string, visit func(path string, info fs.FileInfo) bool, fail func(path string, err error)) {
	w := walk{visit: visit, fail: fail, walked: map[string]bool{}}
	w.folder(dir)
}

// walk is a walk under way.
type walk struct {
	visit func(path string, info fs.FileInfo) bool
	fail  func(path string, err error)
	// walked has the folders so far, by the path that has no links in it: a link may
	// lead to a folder that is walked anyway, or to one that holds the link.
	walked map[string]bool
}

// folder walks a folder and reports whether the walk goes on.
func (w *walk) folder(path string) bool {
	place, err := placeOf(path)
	if err != nil {
		w.fail(path, reasonOf(path, err))
		return true
	}
	if w.walked[place] {
		return true
	}
	w.walked[place] = true
	entries, err := os.ReadDir(path)
	if err != nil {
		w.fail(path, reasonOf(path, err))
	}
	for _, e := range entries {
		if !w.entry(filepath.Join(path, e.Name())) {
			return false
		}
	}
	return true
}

func (w *walk) entry(path string) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		w.fail(path, reasonOf(path, err))
		return true
	case info.IsDir():
		return w.folder(path)
	}
	return !info.Mode().IsRegular() || w.visit(path, info)
}

// placeOf returns the absolute path without links.
func placeOf(path string) (string, error) {
	whole, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(whole)
}

// reasonOf is why a path cannot be looked at, without the path.
func reasonOf(path string, err error) error {
	if target, bad := os.Readlink(path); bad == nil && errors.Is(err, fs.ErrNotExist) {
		return model.Errorf(model.NotFound, "It is a link to %s, which is not there.", target)
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
