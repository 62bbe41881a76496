package channelindex_test

import (
	"cmp"
	"context"
	"iter"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

// source is a channel whose state a test changes. It counts how often it is read,
// and how often from the start.
type source struct {
	mu           sync.Mutex
	state        *channelState
	loads, whole atomic.Int64
	// of changes what a view shows.
	of func(key channelindex.Key, all []channelindex.Record) []channelindex.Record
}

// channelState is never changed.
type channelState struct {
	at      channelindex.State
	log     []model.IndexChange
	records []channelindex.Record
	source  *source
}

func newSource(seq int64, records []channelindex.Record) *source {
	s := &source{state: &channelState{at: channelindex.State{ModTime: march, Created: march}}}
	s.state.source = s
	s.set(seq, records)
	return s
}

// set changes all records, and logs what was touched in lines up to seq.
func (s *source) set(seq int64, records []channelindex.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := *s.state
	next.at.Seq, next.records = seq, byName(records)
	next.log = slices.Clip(next.log)
	touched := differing(s.state.records, next.records)
	for n := s.state.at.Seq + 1; n <= seq; n++ {
		line := model.IndexChange{AccountID: 1, Seq: n, At: time.Unix(n, 0)}
		switch {
		case n == seq && len(touched) > 1: // anything
		case len(touched) > 0:
			line.Subdir, line.Package, line.File = "linux-64", touched[0].Package, touched[0].FileName
			touched = touched[1:]
		default:
			line.Subdir, line.Package = "other-64", "other"
		}
		next.log = append(next.log, line)
	}
	s.state = &next
}

func (s *source) now() *channelState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

func byName(records []channelindex.Record) []channelindex.Record {
	return slices.SortedFunc(slices.Values(records), func(a, b channelindex.Record) int { return cmp.Compare(a.FileName, b.FileName) })
}

// differing lists the records that only one of two lists has, both by name.
func differing(a, b []channelindex.Record) (list []channelindex.Record) {
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].FileName < b[0].FileName:
			list, a = append(list, a[0]), a[1:]
		case len(a) == 0 || b[0].FileName < a[0].FileName:
			list, b = append(list, b[0]), b[1:]
		default:
			if !reflect.DeepEqual(a[0], b[0]) {
				list = append(list, b[0])
			}
			a, b = a[1:], b[1:]
		}
	}
	return list
}

// load is a channelindex.Source.
func (s *source) load(_ context.Context, _ int64, read func(channelindex.Reader) error) error {
	s.loads.Add(1)
	return read(s.now())
}

func (c *channelState) State(channelindex.Visibility) channelindex.State { return c.at }

func (c *channelState) Changes(_ context.Context, after int64) ([]model.IndexChange, error) {
	return c.log[min(after, int64(len(c.log))):], nil
}

func (c *channelState) shown(key channelindex.Key) []channelindex.Record {
	if c.source.of != nil {
		return c.source.of(key, c.records)
	}
	return c.records
}

func (c *channelState) Records(_ context.Context, key channelindex.Key) iter.Seq2[channelindex.Record, error] {
	c.source.whole.Add(1)
	return func(yield func(channelindex.Record, error) bool) {
		for _, r := range c.shown(key) {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (c *channelState) PackageRecords(_ context.Context, key channelindex.Key, packages []string) ([]channelindex.Record, error) {
	return slices.DeleteFunc(slices.Clone(c.shown(key)), func(r channelindex.Record) bool { return !slices.Contains(packages, r.Package) }), nil
}

func (c *channelState) Beyond(_ context.Context, key channelindex.Key, less channelindex.Visibility, most int) ([]string, error) {
	base := key
	base.Visibility = less
	var names []string
	for _, r := range differing(c.shown(base), c.shown(key)) {
		names = append(names, r.Package)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	return names[:min(len(names), most)], nil
}
