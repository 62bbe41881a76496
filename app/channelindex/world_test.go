package channelindex_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/channelindex"
	"vivarium/app/format/conda"
	"vivarium/app/model"
	"vivarium/app/scaletest"
)

// world is a channel with labels, subdirs and packages that not all see, which a
// test changes at random. Its views are those of worldKeys.
type world struct {
	*source
	random *rand.Rand
	access map[string]channelindex.Visibility // of packages: the least that shows it
	files  map[string]*worldFile              // by subdir and name
}

type worldFile struct {
	channelindex.Record
	subdir, version string
	labels          map[string]bool
}

var (
	worldLabels  = []string{"main", "dev"}
	worldSubdirs = []string{"linux-64", "noarch"}
	grants       = channelindex.Visibility("grants 1") // shows some private packages
	worldSights  = []channelindex.Visibility{channelindex.Public, channelindex.Authenticated, grants, channelindex.Owner}
)

func worldKeys() (keys []channelindex.Key) {
	for _, label := range worldLabels {
		for _, sight := range worldSights {
			for _, subdir := range append(worldSubdirs, "") {
				keys = append(keys, channelindex.Key{AccountID: 1, Label: label, Subdir: subdir, Visibility: sight})
			}
		}
	}
	return keys
}

func newWorld(seed uint64) *world {
	w := &world{random: rand.New(rand.NewPCG(seed, 1)), source: newSource(0, nil), access: map[string]channelindex.Visibility{}, files: map[string]*worldFile{}}
	w.of = w.shown
	return w
}

// shows says whether somebody sees a package.
func (w *world) shows(v channelindex.Visibility, pkg string) bool {
	switch access := w.access[pkg]; v {
	case channelindex.Owner:
		return true
	case grants:
		return access != channelindex.Owner || strings.HasSuffix(pkg, "3")
	case channelindex.Authenticated:
		return access != channelindex.Owner
	default:
		return access == channelindex.Public
	}
}

// shown is what a view shows. all is not looked at: the state of the world is.
func (w *world) shown(key channelindex.Key, _ []channelindex.Record) (list []channelindex.Record) {
	packages := map[string][]channelindex.PackageFile{}
	for _, f := range w.files {
		switch {
		case !f.labels[key.Label] || !w.shows(key.Visibility, f.Package):
		case key.Subdir == f.subdir:
			list = append(list, f.Record)
		case key.Subdir == "" && !f.Removed:
			packages[f.Package] = append(packages[f.Package], channelindex.PackageFile{Subdir: f.subdir, FileName: f.FileName, Version: f.version, RunExports: f.RunExports})
		}
	}
	for name, files := range packages {
		r, err := channelindex.PackageRecord(channelindex.Package{Name: name, Files: files})
		if err != nil {
			panic(err)
		}
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b channelindex.Record) int { return cmp.Compare(a.FileName, b.FileName) })
	return list
}

// log adds lines to the change log.
func (w *world) log(lines ...model.IndexChange) {
	next := *w.state
	next.log = slices.Clip(next.log)
	for _, line := range lines {
		next.at.Seq++
		line.AccountID, line.Seq, line.At = 1, next.at.Seq, time.Unix(next.at.Seq, 0)
		next.log = append(next.log, line)
	}
	next.at.ModTime = next.at.ModTime.Add(time.Second)
	w.state = &next
}

func lineOf(f *worldFile) model.IndexChange {
	return model.IndexChange{Subdir: f.subdir, Package: f.Package, File: f.FileName}
}

// name makes the name of a package. Many begin with the names of others.
func (w *world) name() string {
	name := []string{"a", "ab", "a-b", "a.b", "zlib", "r", "r-base", "py"}[w.random.IntN(8)]
	if w.random.IntN(3) > 0 {
		name += fmt.Sprintf("-%d", w.random.IntN(40))
	}
	return name
}

// publish adds a file, or replaces one.
func (w *world) publish() *worldFile {
	name, version := w.name(), fmt.Sprintf("%d.%d", w.random.IntN(3), w.random.IntN(12))
	file := fmt.Sprintf("%s-%s-h%d_0", name, version, w.random.IntN(3)) + []string{".conda", ".tar.bz2"}[w.random.IntN(2)]
	if w.random.IntN(50) == 0 {
		file = strings.ToUpper(file[:1]) + file[1:] // a name from before names were checked
	}
	subdir := worldSubdirs[w.random.IntN(2)]
	f := &worldFile{subdir: subdir, version: version, labels: map[string]bool{}}
	f.FileName, f.Package = file, name
	f.JSON = fmt.Appendf(nil, `{"build":"%d","depends":["x >=%d"],"name":%q,"sha256":"%064x","subdir":%q,"version":%q}`, w.random.IntN(9), w.random.IntN(9), name, w.random.Uint64(), subdir, version)
	f.RunExports = []json.RawMessage{nil, json.RawMessage(`{}`), json.RawMessage(`["y"]`), json.RawMessage(`{"strong":["z >=1"]}`)}[w.random.IntN(4)]
	f.labels[worldLabels[w.random.IntN(2)]] = true
	w.files[subdir+"/"+file] = f
	if _, known := w.access[name]; !known {
		w.access[name] = []channelindex.Visibility{channelindex.Public, channelindex.Public, channelindex.Authenticated, channelindex.Owner}[w.random.IntN(4)]
	}
	return f
}

// some returns up to n files.
func (w *world) some(n int) (list []*worldFile) {
	keys := slices.Sorted(maps.Keys(w.files))
	for range min(n, len(keys)) {
		list = append(list, w.files[keys[w.random.IntN(len(keys))]])
	}
	return list
}

// change does something to the world, and logs it. It returns what it did.
func (w *world) change() string {
	several := w.some(1 + w.random.IntN(1+w.random.IntN(30)))
	touch := func(what string, do func(*worldFile)) string {
		for _, f := range several {
			do(f)
			w.log(lineOf(f))
		}
		return fmt.Sprint(what, len(several))
	}
	switch w.random.IntN(12) {
	case 0, 1, 2, 3:
		f := w.publish()
		w.log(lineOf(f))
		return "publish " + f.FileName
	case 4:
		return touch("remove ", func(f *worldFile) { delete(w.files, f.subdir+"/"+f.FileName) })
	case 5:
		return touch("label ", func(f *worldFile) { f.labels[worldLabels[w.random.IntN(2)]] = true })
	case 6:
		return touch("unlabel ", func(f *worldFile) { delete(f.labels, worldLabels[w.random.IntN(2)]) })
	case 7:
		return touch("yank ", func(f *worldFile) { f.Removed = !f.Removed })
	case 8:
		return touch("patch ", w.patch)
	case 9, 10:
		name := w.name()
		w.access[name] = worldSights[w.random.IntN(4)]
		w.log(model.IndexChange{Package: name})
		return "access of " + name
	default:
		w.log(model.IndexChange{Package: w.name(), File: "x-1.0.whl"}) // of another kind of package
		return "wheel"
	}
}

func (w *world) patch(f *worldFile) {
	f.Patch = fmt.Appendf(nil, `{"depends":["patched %d"]}`, w.random.IntN(9))
	patched, err := conda.Patched(f.JSON, f.Patch)
	if err != nil {
		panic(err)
	}
	f.JSON = patched
}

// fill makes a world of many files.
func (w *world) fill(files int) {
	for range files {
		w.log(lineOf(w.publish()))
	}
}

// TestCaughtUpIsAsRebuilt compares views that were brought up to date with views
// of the same state that were made from nothing, byte by byte, after changes in any
// order and number.
func TestCaughtUpIsAsRebuilt(t *testing.T) {
	t.Parallel()
	for seed := range uint64(scaletest.Count(t, 50, 3)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(seed)
			w.fill(w.random.IntN(1500))
			c := newCache(t)
			x := c.start()
			var done []string
			for range 12 {
				if w.random.IntN(4) == 0 {
					if w.random.IntN(2) == 0 {
						save(t, x)
					}
					x = c.start()
					done = append(done, "restart")
				}
				for range 1 + w.random.IntN(6) {
					done = append(done, w.change())
				}
				keys := worldKeys()
				w.random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
				for _, key := range keys[:1+w.random.IntN(len(keys))] {
					if compareViews(t, x, w, key); t.Failed() {
						t.Fatalf("after %d files and %q", len(w.files), done)
					}
				}
			}
		})
	}
}

// compareViews compares every document of a view and its shards with those of an
// index that never saw it.
func compareViews(t *testing.T, x *channelindex.Index, w *world, key channelindex.Key) {
	t.Helper()
	fresh, seq := channelindex.New(model.Clock{}), w.now().State(channelindex.Public).Seq
	for _, f := range formatsOf(key) {
		got, want := open(t, x, key, seq, w.source, f), open(t, fresh, key, seq, w.source, f)
		if got.ETag != want.ETag || string(got.Body) != string(want.Body) || !got.ModTime.Equal(want.ModTime) {
			t.Errorf("%s of %v: %s with %d bytes, want %s with %d", f, key, got.ETag, len(got.Body), want.ETag, len(want.Body))
		}
	}
	if key.Subdir == "" {
		return
	}
	index := openShardIndex(t, x, key, seq, w.source)
	for name := range index.Shards {
		readShard(t, x, key, seq, w.source, index.hashOf(name))
	}
}

func formatsOf(key channelindex.Key) (all []model.IndexFormat) {
	bases := []model.IndexFormat{model.Repodata, model.CurrentRepodata, model.RunExports, model.PatchInstructions}
	if key.Subdir == "" {
		bases = []model.IndexFormat{model.ChannelData}
	} else {
		all = append(all, model.ShardIndex)
	}
	for _, f := range bases {
		all = append(all, f, f.Gzip(), f.Zstd())
	}
	return all
}
