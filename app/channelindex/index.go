// Package channelindex makes and keeps the index that conda clients read: one
// view of a channel for each label, subdir and set of packages that may be seen.
// A view is right by its sequence number, never by its age: whoever opens one says
// how new it has to be. Equal content gives equal bytes and equal ETags in every
// process and after every restart.
//
// A view is made from all records once. After that the change log tells which files
// were touched, and only the chunks of records that they are in are made anew: a
// change costs the same in a channel of a thousand files as in one of a million.
// Where the log cannot tell, a view is made from all records again.
package channelindex

import (
	"container/list"
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

// Index keeps the views of all channels. Its methods may be called by many
// goroutines at once.
type Index struct {
	clock    model.Clock
	memory   int64
	folder   Folder
	renewals singleflight.Group
	chunks   *pool
	shelf    *shelf
	spool    *spool // nil without a folder
	// keepShard is how a shard is kept that was made.
	keepShard func(place, *shard) error

	saving sync.Mutex
	swept  time.Time // guarded by saving

	mu     sync.Mutex
	views  map[Key]*list.Element // of *view
	recent *list.List            // most recently used first
	bytes  int64                 // of all views, as if they shared nothing
	fits   int64                 // up to how many bytes it is known that they fit
}

// Option changes how an Index is made.
type Option func(*Index)

// DefaultMemory bounds the bytes of the views that an Index keeps unless Memory
// says otherwise. A view of 100,000 records takes about 40 MB when all formats of
// it have been asked for.
const DefaultMemory = 512 << 20

// idleAfter is how long a view is kept that nobody asks for.
const idleAfter = time.Hour

// Memory bounds what is kept of views, what several share counted once. The view
// used last is kept whatever its size.
func Memory(bytes int64) Option { return func(x *Index) { x.memory = bytes } }

// In has the Index keep its views and shards in a folder too, so that another
// process can go on with them.
func In(f Folder) Option { return func(x *Index) { x.folder = f } }

// New makes an empty Index.
func New(clock model.Clock, options ...Option) *Index {
	x := &Index{clock: clock, memory: DefaultMemory, chunks: newPool(), views: map[Key]*list.Element{}, recent: list.New()}
	for _, option := range options {
		option(x)
	}
	x.shelf = newShelf(clock, x.folder)
	x.keepShard = x.shelf.put
	if x.folder != nil {
		x.spool = newSpool(x.folder)
	}
	return x
}
