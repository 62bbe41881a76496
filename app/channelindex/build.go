package channelindex

import (
	"context"
	"slices"
	"strings"
)

// build makes a view from nothing, out of one stream of records in the order of
// their file names. What it holds of them at a time are those of few packages.
func (x *Index) build(ctx context.Context, key Key, r Reader) (*view, error) {
	v := &view{key: key, state: r.State(key.Visibility), subdirs: subdirCount{}, broken: map[string]error{}}
	err := withCodec(func(with *codec) error {
		b := newBuilder(x, v, with)
		for record, err := range r.Records(ctx, key) {
			if err == nil {
				err = b.add(record)
			}
			if err != nil {
				return err
			}
		}
		return b.end(ctx, r)
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

type builder struct {
	index   *Index
	view    *view
	codec   *codec
	weavers [listCount]*weaver
	// open are the packages whose files are still coming: the files of each are
	// among those of the one before, as those of a-b are among those of a.
	open []*openPackage
	// late has what depends on all files of a package, as far as it is ready, until
	// all before it is.
	late    []listed
	digests []entry
	// odd are packages with files that are not named after them, which stand
	// anywhere. They are put right at the end.
	odd touches
}

type openPackage struct {
	name    string
	records []Record
}

func newBuilder(x *Index, v *view, with *codec) *builder {
	b := &builder{index: x, view: v, codec: with, odd: touches{}}
	for l, k := range kinds {
		b.weavers[l] = weave(k, with, x.chunks)
	}
	return b
}

func (b *builder) add(r Record) error {
	if b.view.key.Subdir == "" {
		b.view.subdirs.add(r.Subdirs, 1)
		return b.weavers[inChannelData].add(member(r.FileName, r.JSON))
	}
	if err := b.put(listings(r.FileName, &r, false, nil)); err != nil {
		return err
	}
	for len(b.open) > 0 && !b.open[len(b.open)-1].has(r.FileName) {
		if err := b.closeLast(); err != nil {
			return err
		}
	}
	b.group(r)
	return nil
}

// put adds entries to their lists.
func (b *builder) put(entries []listed) error {
	for _, e := range entries {
		if e.text == nil {
			continue
		}
		if err := b.weavers[e.list].add(e.entry); err != nil {
			return err
		}
	}
	return nil
}

// has says that a file is named after the package, or after one whose name begins
// with its.
func (p *openPackage) has(fileName string) bool {
	rest, ok := strings.CutPrefix(fileName, p.name)
	return ok && strings.HasPrefix(rest, "-")
}

func (b *builder) group(r Record) {
	at := slices.IndexFunc(b.open, func(p *openPackage) bool { return p.name == r.Package })
	switch p := (&openPackage{name: r.Package}); {
	case !p.has(r.FileName):
		b.odd[r.Package] = nil
	case at >= 0:
		b.open[at].records = append(b.open[at].records, r)
	default:
		p.records = []Record{r}
		b.open = append(b.open, p)
	}
}

// closeLast makes what depends on all records of a package. Its late entries wait
// for those of packages that are still open, and may be before them.
func (b *builder) closeLast() error {
	p := b.open[len(b.open)-1]
	b.open = b.open[:len(b.open)-1]
	newest, patches := newestOf(p.records), patchesOf(p.records)
	for i, r := range p.records {
		b.late = append(b.late, listed{inCurrent.ofType(r.FileName), currentEntry(r, newest[i])}, patchListed(r, patches[i]))
	}
	if d, err := b.index.makeShard(b.codec, b.view, p.records); err != nil {
		return err
	} else if d.text != nil {
		b.digests = append(b.digests, d)
	}
	if len(b.open) > 0 {
		return nil
	}
	slices.SortFunc(b.late, func(a, b listed) int { return strings.Compare(a.key, b.key) })
	err := b.put(b.late)
	b.late = b.late[:0]
	return err
}

func (b *builder) end(ctx context.Context, r Reader) error {
	for len(b.open) > 0 {
		if err := b.closeLast(); err != nil {
			return err
		}
	}
	slices.SortFunc(b.digests, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	for _, d := range b.digests {
		if err := b.weavers[inShards].add(d); err != nil {
			return err
		}
	}
	for l, w := range b.weavers {
		var err error
		if b.view.lists[l], err = w.end(); err != nil {
			return err
		}
	}
	return b.putRight(ctx, r)
}

// putRight does over again what depends on all records of odd packages. Their
// files are right.
func (b *builder) putRight(ctx context.Context, r Reader) error {
	if len(b.odd) == 0 {
		return nil
	}
	return b.index.update(ctx, b.view, b.codec, r, b.odd)
}
