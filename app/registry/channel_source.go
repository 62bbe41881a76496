package registry

import (
	"context"
	"iter"
	"slices"

	"vivarium/app/channelindex"
	"vivarium/app/model"
	"vivarium/app/store"
)

// indexSource reads what the index of channels is made of. A view that is none of
// those that every channel has shows what is in sight.
func (r *Registry) indexSource(sight store.Sight) channelindex.Source {
	return func(ctx context.Context, accountID int64, read func(channelindex.Reader) error) error {
		return r.Store.InReadTx(ctx, func(tx *store.Store) error {
			a, err := tx.AccountByID(ctx, accountID)
			if err != nil {
				return err
			}
			return read(channelReader{tx, a, sight})
		})
	}
}

// packagesAtOnce bounds the packages whose files are in memory at a time.
const packagesAtOnce = 200

// channelReader reads a channel in one transaction.
type channelReader struct {
	tx      *store.Store
	account model.Account
	sight   store.Sight
}

var _ channelindex.Reader = channelReader{}

// State implements channelindex.Reader.
func (r channelReader) State(v channelindex.Visibility) channelindex.State {
	return channelindex.State{Seq: r.account.Seq, ModTime: modifiedFor(r.account, v), Created: r.account.CreatedAt}
}

// Changes implements channelindex.Reader.
func (r channelReader) Changes(ctx context.Context, after int64) ([]model.IndexChange, error) {
	return r.tx.Changes(ctx, r.account.ID, after)
}

// sightOf is what a visibility stands for.
func (r channelReader) sightOf(v channelindex.Visibility) store.Sight {
	switch v {
	case channelindex.Public:
		return store.Sight{}
	case channelindex.Authenticated:
		return store.Sight{SignedIn: true}
	case channelindex.Owner:
		return store.Sight{SignedIn: true, Owns: []int64{r.account.ID}}
	}
	return r.sight
}

func (r channelReader) viewOf(key channelindex.Key) store.ChannelView {
	return store.ChannelView{AccountID: r.account.ID, Label: key.Label, Sight: r.sightOf(key.Visibility)}
}

// Records implements channelindex.Reader.
func (r channelReader) Records(ctx context.Context, key channelindex.Key) iter.Seq2[channelindex.Record, error] {
	return func(yield func(channelindex.Record, error) bool) {
		if key.Subdir == "" {
			r.wholeChannel(ctx, key, yield)
			return
		}
		for row, err := range r.tx.CondaRecords(ctx, r.viewOf(key), key.Subdir) {
			if !yield(recordOf(row), err) {
				return
			}
		}
	}
}

func (r channelReader) wholeChannel(ctx context.Context, key channelindex.Key, yield func(channelindex.Record, error) bool) {
	names, err := r.tx.CondaPackages(ctx, r.viewOf(key))
	if err != nil {
		yield(channelindex.Record{}, err)
		return
	}
	for some := range slices.Chunk(names, packagesAtOnce) {
		records, err := loadPackages(ctx, r.tx, r.viewOf(key), some)
		if err != nil {
			yield(channelindex.Record{}, err)
			return
		}
		for _, record := range records {
			if !yield(record, nil) {
				return
			}
		}
	}
}

// PackageRecords implements channelindex.Reader.
func (r channelReader) PackageRecords(ctx context.Context, key channelindex.Key, packages []string) ([]channelindex.Record, error) {
	var list []channelindex.Record
	if key.Subdir == "" {
		for some := range slices.Chunk(packages, packagesAtOnce) {
			records, err := loadPackages(ctx, r.tx, r.viewOf(key), some)
			if err != nil {
				return nil, err
			}
			list = append(list, records...)
		}
		return list, nil
	}
	rows, err := r.tx.CondaRecordsOf(ctx, r.viewOf(key), key.Subdir, packages)
	for _, row := range rows {
		list = append(list, recordOf(row))
	}
	return list, err
}

// Beyond implements channelindex.Reader.
func (r channelReader) Beyond(ctx context.Context, key channelindex.Key, less channelindex.Visibility, most int) ([]string, error) {
	return r.tx.PackagesBeyond(ctx, r.account.ID, r.sightOf(key.Visibility), r.sightOf(less), most)
}

func recordOf(row store.IndexRecord) channelindex.Record {
	return channelindex.Record{
		FileName: row.FileName, Package: row.Package, JSON: row.Record, RunExports: row.RunExports, Patch: row.Patch, Removed: row.Yanked,
	}
}
