package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"vivarium/app/model"
	"vivarium/app/protocol/pypiindex"
)

const (
	simpleFolder = "simple"
	simplePage   = "index.html"
)

// simpleIndex writes the pages of a simple index, if there are Python packages or a
// list of them from before, and takes away the pages of projects that are gone.
func (e *exporter) simpleIndex(ctx context.Context) error {
	list, err := e.PythonProjects(ctx, e.actor, e.channel, e.label)
	if err != nil {
		return err
	}
	var names []string
	written := map[string]bool{}
	for _, name := range list.Names {
		p, err := e.PythonProject(ctx, e.actor, e.channel, e.label, name)
		if model.CodeOf(err) == model.NotFound { // removed in between
			continue
		}
		if err == nil {
			err = e.page(name, pypiindex.ProjectPage(p))
		}
		if err != nil {
			return err
		}
		names, written[name] = append(names, name), true
	}
	if len(names) == 0 && !isFile(filepath.Join(e.dir, simpleFolder, simplePage)) {
		return nil
	}
	if err := e.page("", pypiindex.ListPage(names)); err != nil {
		return err
	}
	return e.removePages(written)
}

func (e *exporter) page(project string, text []byte) error {
	if err := makeFolders(filepath.Join(e.dir, simpleFolder, project)); err != nil {
		return err
	}
	return e.index(filepath.Join(simpleFolder, project, simplePage), model.Document{Body: model.Bytes(text)})
}

// removePages removes the pages of all projects but those that were written. Their
// files stay. Folders that no project's page can be in are left alone.
func (e *exporter) removePages(written map[string]bool) error {
	there, err := os.ReadDir(filepath.Join(e.dir, simpleFolder))
	if err != nil {
		return err
	}
	for _, d := range there {
		name := d.Name()
		if !d.IsDir() || written[name] || name != model.NormalizePyPI(name) {
			continue
		}
		err := os.Remove(filepath.Join(e.dir, simpleFolder, name, simplePage))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
