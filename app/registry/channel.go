package registry

import (
	"context"
	"slices"

	"vivarium/app/channelindex"
	"vivarium/app/model"
	"vivarium/app/store"
)

// OpenIndex returns the index of a subdir as actor sees it, never older than the
// last change. A label nobody used and a subdir without files are empty and
// valid; a malformed one is NotFound.
func (r *Registry) OpenIndex(ctx context.Context, actor model.Actor, channel, label, subdir string, f model.IndexFormat) (model.Document, error) {
	a, key, sight, err := r.view(ctx, actor, channel, label, subdir)
	if err != nil {
		return model.Document{}, err
	}
	return r.Index.Open(ctx, key, a.Seq, r.indexSource(sight), f)
}

// OpenShard returns the shard of that SHA-256 (hex) if it holds a package that
// actor may see in this view now.
func (r *Registry) OpenShard(ctx context.Context, actor model.Actor, channel, label, subdir, sha256 string) (model.Document, error) {
	a, key, sight, err := r.view(ctx, actor, channel, label, subdir)
	if err != nil {
		return model.Document{}, err
	}
	return r.Index.Shard(ctx, key, a.Seq, r.indexSource(sight), sha256)
}

// view finds the view of a subdir that actor gets, and what it shows.
func (r *Registry) view(ctx context.Context, actor model.Actor, channel, label, subdir string) (model.Account, channelindex.Key, store.Sight, error) {
	a, key, sight, err := r.channelView(ctx, r.Store, actor, channel, label)
	if err == nil && !r.subdirCould(subdir) {
		err = errNoView(a)
	}
	key.Subdir = subdir
	return a, key, sight, err
}

// channelView finds the view of a whole channel that actor gets, and what it
// shows.
func (r *Registry) channelView(ctx context.Context, tx *store.Store, actor model.Actor, channel, label string) (model.Account, channelindex.Key, store.Sight, error) {
	a, err := r.account(ctx, tx, actor, channel)
	if err != nil {
		return a, channelindex.Key{}, store.Sight{}, err
	}
	name, err := model.ParseLabel(label)
	if err != nil {
		return a, channelindex.Key{}, store.Sight{}, errNoView(a)
	}
	sight, visibility, err := sightIn(ctx, tx, actor, a)
	return a, channelindex.Key{AccountID: a.ID, Label: name, Visibility: visibility}, sight, err
}

// subdirCould reports whether a channel could have a subdir of that name.
func (r *Registry) subdirCould(name string) bool {
	return model.WellFormedSubdir(name) || slices.Contains(r.ExtraSubdirs, name)
}

func errNoView(a model.Account) error {
	return model.Errorf(model.NotFound, "There is no such label or subdir in %s.", a.Login)
}

// OpenCondaFile opens a file of a channel for a download. With a label it must
// carry it; an empty label means any file. Absent and hidden are NotFound in the
// same words.
func (r *Registry) OpenCondaFile(ctx context.Context, actor model.Actor, channel, label, subdir, file string) (OpenedFile, error) {
	a, err := r.account(ctx, r.Store, actor, channel)
	if err != nil {
		return OpenedFile{}, err
	}
	absent := model.Errorf(model.NotFound, "There is no file %s/%s in %s.", shorten(subdir), shorten(file), a.Login)
	f, err := r.Store.CondaFile(ctx, a.ID, subdir+"/"+file)
	if model.CodeOf(err) == model.NotFound || err == nil && label != "" && !slices.Contains(f.Labels, model.FoldName(label)) {
		return OpenedFile{}, r.missingFile(ctx, actor, a, absent)
	}
	if err != nil {
		return OpenedFile{}, err
	}
	p, err := r.Store.Package(ctx, a.ID, model.FoldName(f.Package))
	if err != nil {
		return OpenedFile{}, err
	}
	have, err := r.requirePackage(ctx, r.Store, actor, a, p, model.Read, absent)
	if err != nil {
		return OpenedFile{}, err
	}
	return r.openFile(f, PackageDetail{Package: p, Account: a, Permission: have})
}

// missingFile is missing for a file, whose package is looked up when there is one.
func (r *Registry) missingFile(ctx context.Context, actor model.Actor, account model.Account, absent error) error {
	if _, err := r.Store.Package(ctx, account.ID, ""); err != nil && model.CodeOf(err) != model.NotFound {
		return err
	}
	return r.missing(ctx, r.Store, actor, account, absent)
}

// CheckChannel fails as any request below a channel does that actor may not use,
// or that does not exist.
func (r *Registry) CheckChannel(ctx context.Context, actor model.Actor, channel string) error {
	_, err := r.account(ctx, r.Store, actor, channel)
	return err
}
