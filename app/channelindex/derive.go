package channelindex

import "context"

// begin makes a view of which nothing is kept.
func (x *Index) begin(ctx context.Context, key Key, r Reader) (*view, error) {
	return x.rebuild(ctx, key, r)
}
