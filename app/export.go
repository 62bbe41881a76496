package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"vivarium/app/model"
)

// exporter writes a channel into a folder.
type exporter struct {
	operator
	channel, label, dir  string
	link                 bool
	bar                  *progress
	made, there, indexes int
	// subdirs have conda files, or had some when the folder was written before.
	subdirs map[string]bool
}

// files writes the files themselves.
func (e *exporter) files(ctx context.Context) error {
	if err := e.findSubdirs(); err != nil {
		return err
	}
	for f, err := range e.ExportFiles(ctx, e.actor, e.channel, e.label) {
		if err == nil {
			err = errors.Join(ctx.Err(), e.file(f))
		}
		if err != nil {
			return err
		}
		e.bar.add()
	}
	return nil
}

// findSubdirs finds the subdirs that have an index in the folder already: what has
// left the channel must leave that too. Other folders are none of an export's.
func (e *exporter) findSubdirs() error {
	e.subdirs = map[string]bool{"noarch": true} // which every channel has
	there, err := os.ReadDir(e.dir)
	if err != nil {
		return err
	}
	for _, d := range there {
		name := d.Name()
		if model.KnownSubdir(name, e.config.ExtraSubdirs) && isFile(filepath.Join(e.dir, name, string(model.Repodata))) {
			e.subdirs[name] = true
		}
	}
	return nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func (e *exporter) file(f model.File) error {
	target := filepath.Join(e.dir, filepath.FromSlash(f.Basename))
	if f.Type == model.PyPI {
		target = filepath.Join(e.dir, "simple", f.Package, f.SHA256, f.Basename)
	} else {
		e.subdirs[f.Subdir] = true
	}
	if err := makeFolders(filepath.Dir(target)); err != nil {
		return err
	}
	if f.MetadataSHA256 != "" {
		if _, err := e.give(f.MetadataSHA256, target+".metadata", f.UploadedAt); err != nil {
			return err
		}
	}
	made, err := e.give(f.SHA256, target, f.UploadedAt)
	if made {
		e.made++
	} else {
		e.there++
	}
	return err
}

func (e *exporter) give(sha256, target string, at time.Time) (made bool, err error) {
	if e.link {
		return e.Blobs.LinkOut(sha256, target)
	}
	return e.Blobs.CopyOut(sha256, target, at)
}

// condaFormats are the indexes of a subdir. That of shards comes last: what it lists
// must be there.
var condaFormats = []model.IndexFormat{
	model.Repodata, model.RepodataZstd, model.CurrentRepodata, model.CurrentRepodata.Zstd(), model.RunExports, model.RunExports.Zstd(),
	model.PatchInstructions, model.PatchInstructions.Zstd(), model.ShardIndex,
}

func (e *exporter) condaIndexes(ctx context.Context) error {
	for subdir := range e.subdirs {
		if err := e.subdir(ctx, subdir); err != nil {
			return err
		}
	}
	for _, f := range []model.IndexFormat{model.ChannelData, model.ChannelData.Zstd()} {
		doc, err := e.OpenChannelIndex(ctx, e.actor, e.channel, e.label, f)
		if err == nil {
			err = e.index(string(f), doc)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *exporter) subdir(ctx context.Context, subdir string) error {
	if err := makeFolders(filepath.Join(e.dir, subdir, "shards")); err != nil {
		return err
	}
	err := e.EachShard(ctx, e.actor, e.channel, e.label, subdir, func(sha256 string, doc model.Document) error {
		path := filepath.Join(e.dir, subdir, "shards", sha256+".msgpack.zst")
		if info, err := os.Stat(path); err == nil && info.Size() == doc.Body.Size() {
			return nil
		}
		return writeBody(path, doc.Body)
	})
	if err != nil {
		return err
	}
	for _, f := range condaFormats {
		doc, err := e.OpenIndex(ctx, e.actor, e.channel, e.label, subdir, f)
		if err == nil {
			err = e.index(filepath.Join(subdir, string(f)), doc)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// index writes an index unless it is there as it should be.
func (e *exporter) index(name string, doc model.Document) error {
	path := filepath.Join(e.dir, name)
	same, err := holdsBody(path, doc.Body)
	if err != nil || same {
		return err
	}
	e.indexes++
	return writeBody(path, doc.Body)
}
