// Package channelindex makes and keeps the index that conda clients read: one
// view of a channel for each label, subdir and set of packages that may be seen.
// A view is right by its sequence number, never by its age: whoever opens one says
// how new it has to be. Equal content gives equal bytes and equal ETags in every
// process and after every restart.
//
// A view is built whole when it is asked for and what is kept is too old. What
// stands behind Open may change; what comes out of it may not, for shards are
// known to clients by the hash of their bytes.
package channelindex

import (
	"container/list"
	"context"
	"encoding/json"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"vivarium/app/model"
)

// Visibility is the set of packages that a view shows.
type Visibility string

// The visibilities that every channel has. Others are the hash of a set of
// grants.
const (
	Public        Visibility = "public"        // what anyone sees
	Authenticated Visibility = "authenticated" // what every valid credential sees
	Owner         Visibility = "owner"         // all there is
)

// Key names a view: of a subdir, or with an empty Subdir of a whole channel, whose
// records are those of PackageRecord.
type Key struct {
	AccountID     int64
	Label, Subdir string
	Visibility    Visibility
}

// Record is one file of a view, or one package in the view of a whole channel.
type Record struct {
	FileName string
	Package  string
	// JSON is the canonical package record: keys sorted, no blanks. It is served
	// as it is.
	JSON json.RawMessage
	// RunExports is the canonical run_exports.json: nil when it is not known, {}
	// when the package has none.
	RunExports json.RawMessage
	// Patch is what of the record is served otherwise than its archive has it, as
	// canonical JSON; nil when nothing is. JSON is with the patch.
	Patch json.RawMessage
	// Subdirs is where a package has files, sorted, in the view of a whole channel.
	Subdirs []string
	// Removed marks a yanked file: it is named under removed, without a record.
	Removed bool
}

// Snapshot is what a view is made from: the records and the sequence number at
// which they were true, read in one transaction. ModTime is when the channel last
// changed, or was created. The index takes the records over and reorders them.
type Snapshot struct {
	Seq     int64
	ModTime time.Time
	Records []Record
}

// Loader reads the snapshot of a view. One call may serve many requests, so it
// must not depend on who asked; its context is not cancelled with the request.
type Loader func(ctx context.Context, key Key) (Snapshot, error)

// Index keeps the views of all channels. Its methods may be called by many
// goroutines at once.
type Index struct {
	clock  model.Clock
	memory int64
	builds singleflight.Group

	mu     sync.Mutex
	views  map[Key]*list.Element // of *view
	recent *list.List            // most recently used first
	bytes  int64                 // of all views
	old    *shelf
}

// Option changes how an Index is made.
type Option func(*Index)

// DefaultMemory bounds the bytes that an Index keeps unless Memory says
// otherwise. A view of 100,000 records takes about 80 MiB when all formats of it
// have been asked for.
const DefaultMemory = 256 << 20

// idleAfter is how long a view is kept that nobody asks for.
const idleAfter = time.Hour

// Memory bounds what is kept: three quarters for views, the rest for the shards
// of views that are gone. The view used last is kept whatever its size.
func Memory(bytes int64) Option { return func(x *Index) { x.memory = bytes } }

// New makes an empty Index.
func New(clock model.Clock, options ...Option) *Index {
	x := &Index{clock: clock, memory: DefaultMemory, views: map[Key]*list.Element{}, recent: list.New()}
	for _, option := range options {
		option(x)
	}
	x.old = newShelf(x.memory / 4)
	return x
}
