package channelindex

import "context"

// nearest is the view from which another is made when it is not kept: it shows no
// package that the other does not.
func nearest(v Visibility) (Visibility, bool) {
	switch v {
	case Public:
		return "", false
	case Authenticated:
		return Public, true
	}
	return Authenticated, true
}

// begin makes a view of which nothing is kept: out of the nearest one that is kept,
// with the packages that only the new one shows, when they are few, or else from
// nothing.
func (x *Index) begin(ctx context.Context, key Key, r Reader) (*view, error) {
	for less, ok := nearest(key.Visibility); ok; less, ok = nearest(less) {
		base := key
		base.Visibility = less
		old := x.kept(base)
		if old == nil {
			continue
		}
		if v, err := x.derive(ctx, old, key, r); v != nil || err != nil {
			return v, err
		}
	}
	return x.rebuild(ctx, key, r)
}

// derive makes the view of key from one that shows less, or returns nil when it
// would take in too much.
func (x *Index) derive(ctx context.Context, base *view, key Key, r Reader) (*view, error) {
	most := base.tooMany()
	names, err := r.Beyond(ctx, key, base.key.Visibility, most+1)
	if err != nil || len(names) > most {
		return nil, err
	}
	if base, err = x.catchUp(ctx, base, r); err != nil {
		return nil, err
	}
	x.install(base)
	touched := touches{}
	for _, name := range names {
		touched.file(name, "")
	}
	return x.with(ctx, base, &view{key: key, state: r.State(key.Visibility), stamp: base.stamp}, r, touched)
}
