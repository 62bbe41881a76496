package channelindex

import (
	"context"
	"errors"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
)

// catchUp makes the view of what r reads from an older one, or from nothing when
// that is less work.
func (x *Index) catchUp(ctx context.Context, old *view, r Reader) (*view, error) {
	changes, stamp, ok, err := since(ctx, old, r)
	if err != nil {
		return nil, err
	}
	if !ok {
		return x.rebuild(ctx, old.key, r)
	}
	touched, ok := touchedIn(old.key, changes)
	if !ok || len(touched) > old.tooMany() {
		return x.rebuild(ctx, old.key, r)
	}
	v := &view{key: old.key, state: r.State(old.key.Visibility), stamp: stamp, saved: old.saved && len(touched) == 0}
	if v, err = x.with(ctx, old, v, r, touched); errors.Is(err, errUnknown) {
		return x.rebuild(ctx, old.key, r)
	}
	return v, err
}

// with completes v, which is as old but for packages that were touched.
func (x *Index) with(ctx context.Context, old, v *view, r Reader, touched touches) (*view, error) {
	v.lists, v.subdirs, v.broken = old.lists, maps.Clone(old.subdirs), maps.Clone(old.broken)
	if len(touched) > 0 {
		if err := withCodec(func(with *codec) error { return x.update(ctx, v, with, r, touched) }); err != nil {
			return nil, err
		}
	}
	return x.complete(v), nil
}

// A view is made from nothing when more than one package in tooMuch is touched,
// unless they are fewer than leastTouched.
const (
	tooMuch      = 4
	leastTouched = 100
)

// tooMany is how many packages may be touched.
func (v *view) tooMany() int {
	return max(leastTouched, (v.lists[inShards].count+v.lists[inChannelData].count)/tooMuch)
}

// muchGarbage is from how many entries on what a view was made with is given back
// to the system at once. It is as much as the view again, and the next collection
// may be far off.
const muchGarbage = 10_000

// rebuild makes a view from nothing.
func (x *Index) rebuild(ctx context.Context, key Key, r Reader) (*view, error) {
	v, err := x.build(ctx, key, r)
	if err != nil {
		return nil, err
	}
	if seq := v.state.Seq; seq > 0 {
		last, err := r.Changes(ctx, seq-1)
		if err != nil {
			return nil, err
		}
		if len(last) == 1 {
			v.stamp = stampOf(last[0])
		}
	}
	if v.entries() >= muchGarbage {
		debug.FreeOSMemory()
	}
	return x.complete(v), nil
}

// update puts right what of v's lists depends on packages that were touched.
func (x *Index) update(ctx context.Context, v *view, with *codec, r Reader, touched touches) error {
	records, err := r.PackageRecords(ctx, v.key, slices.Sorted(maps.Keys(touched)))
	if err != nil {
		return err
	}
	slices.SortFunc(records, func(a, b Record) int { return strings.Compare(a.FileName, b.FileName) })
	groups := map[string][]Record{}
	for _, r := range records {
		groups[r.Package] = append(groups[r.Package], r)
	}
	u := updater{index: x, view: v, codec: with}
	for name, files := range touched {
		put := u.putPackage
		if v.key.Subdir == "" {
			put = u.putEntry
		}
		if err := put(name, groups[name], files); err != nil {
			return err
		}
	}
	return u.apply()
}

// updater gathers the edits of a view's lists.
type updater struct {
	index *Index
	view  *view
	codec *codec
	edits [listCount]map[string]edit
}

func (u *updater) put(l listID, e edit) {
	if u.edits[l] == nil {
		u.edits[l] = map[string]edit{}
	}
	u.edits[l][e.key] = e
}

// putPackage takes in the records that there are of a package, of which files
// were touched.
func (u *updater) putPackage(name string, group []Record, files map[string]bool) error {
	if files[""] {
		files = maps.Clone(files)
		if err := u.addFiles(name, files); err != nil {
			return err
		}
	}
	newest, patches := newestOf(group), patchesOf(group)
	shown := map[string]bool{}
	for i, r := range group {
		shown[r.FileName] = true
		if files[r.FileName] || files[""] {
			u.putAll(listings(r.FileName, &r, newest[i], patches[i]))
			continue
		}
		// Another file may make it the newest, or keep it from being that.
		u.put(inCurrent.ofType(r.FileName), currentEntry(r, newest[i]))
		if files == nil || files[twinOf(r.FileName)] {
			u.putAll([]listed{patchListed(r, patches[i])})
		}
	}
	for file := range files {
		if file != "" && !shown[file] {
			u.putAll(listings(file, nil, false, nil))
		}
	}
	return u.putShard(name, group)
}

func (u *updater) putAll(entries []listed) {
	for _, e := range entries {
		u.put(e.list, e.entry)
	}
}

// addFiles adds the files that the view has had of a package, which its shard
// names.
func (u *updater) addFiles(name string, files map[string]bool) error {
	d, ok, err := u.view.lists[inShards].find(u.codec, name)
	if err != nil || !ok {
		return err
	}
	s, err := u.index.shelf.get(placeOf(u.view.key), d.hash())
	if err != nil {
		return errors.Join(errUnknown, err)
	}
	names, err := s.fileNames()
	for _, file := range names {
		files[file] = true
	}
	return err
}

// errUnknown says that the files which a view has of a package cannot be told.
var errUnknown = errors.New("update an index: a shard is absent")

func (u *updater) putShard(name string, group []Record) error {
	delete(u.view.broken, name)
	if len(group) == 0 {
		u.put(inShards, edit{key: name})
		return nil
	}
	d, err := u.index.makeShard(u.codec, u.view, group)
	u.put(inShards, d)
	return err
}

// putEntry takes in the record that there is of a package in the view of a whole
// channel.
func (u *updater) putEntry(name string, group []Record, _ map[string]bool) error {
	old, ok, err := u.view.lists[inChannelData].find(u.codec, name)
	if err != nil {
		return err
	}
	if ok {
		subdirs, err := subdirsOf(old)
		if err != nil {
			return err
		}
		u.view.subdirs.add(subdirs, -1)
	}
	e := edit{key: name}
	for _, r := range group {
		e = member(r.FileName, r.JSON)
		u.view.subdirs.add(r.Subdirs, 1)
	}
	u.put(inChannelData, e)
	return nil
}

func (u *updater) apply() error {
	for l, edits := range u.edits {
		if len(edits) == 0 {
			continue
		}
		sorted := slices.SortedFunc(maps.Values(edits), func(a, b edit) int { return strings.Compare(a.key, b.key) })
		made, err := u.view.lists[l].apply(u.codec, u.index.chunks, sorted)
		if err != nil {
			return err
		}
		u.view.lists[l] = made
	}
	return nil
}
