package registry

import (
	"context"
	"encoding/json"

	"vivarium/app/channelindex"
	"vivarium/app/model"
	"vivarium/app/store"
)

// OpenChannelIndex returns a document about a whole channel as actor sees it,
// never older than the last change. A label nobody used is empty and valid.
func (r *Registry) OpenChannelIndex(ctx context.Context, actor model.Actor, channel, label string, f model.IndexFormat) (model.Document, error) {
	a, key, sight, err := r.channelView(ctx, r.Store, actor, channel, label)
	if err != nil {
		return model.Document{}, err
	}
	return r.Index.Open(ctx, key, a.Seq, r.indexSource(sight), f)
}

// loadPackages reads what the view of a whole channel holds of packages, by lookup
// name, sorted.
func loadPackages(ctx context.Context, tx *store.Store, v store.ChannelView, names []string) ([]channelindex.Record, error) {
	packages, files, err := tx.PackageRecords(ctx, v, names)
	if err != nil {
		return nil, err
	}
	var records []channelindex.Record
	for _, p := range packages {
		record, err := channelindex.PackageRecord(packageOf(p, files[p.ID]))
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
	return records, nil
}

func packageOf(p model.Package, files []store.PackageFileRecord) channelindex.Package {
	out := channelindex.Package{
		Name: p.LookupName, Summary: p.Summary, Description: p.Description, License: p.License,
		Home: p.Home, DevURL: p.DevURL, DocURL: p.DocURL, SourceURL: p.SourceURL,
	}
	for _, f := range files {
		out.Files = append(out.Files, channelindex.PackageFile{
			Subdir: f.Subdir, FileName: f.FileName, Version: f.Version, BuildNumber: f.BuildNumber, Timestamp: f.Timestamp,
			RunExports: f.RunExports, Traits: traitsOf(f),
		})
	}
	return out
}

// traitsOf reads a file's traits. What is no list of texts was not written by
// withTraits, and says nothing.
func traitsOf(f store.PackageFileRecord) (list []string) {
	if json.Unmarshal(f.Traits, &list) != nil {
		return nil
	}
	return list
}

// shownInIndex is what of a package the channel's index depends on.
func shownInIndex(p model.Package) [8]string {
	return [...]string{string(p.Access), p.Summary, p.Description, p.License, p.Home, p.DevURL, p.DocURL, p.SourceURL}
}
