package store

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"vivarium/app/model"
)

// otherProcess is the variable that turns TestOtherProcess into a writer of the
// database it names.
const otherProcess = "STORE_TEST_DATABASE"

// TestOtherProcess raises cleo's number time and again and says each when it is
// committed, until its input ends.
func TestOtherProcess(t *testing.T) {
	path := os.Getenv(otherProcess)
	if path == "" {
		t.Skip("other tests run this one as a process of its own")
	}
	s := openAt(t, path)
	cleo := get(s.Account(t.Context(), "cleo"))(t)
	var stop atomic.Bool
	go func() {
		_, _ = os.Stdin.Read(make([]byte, 1))
		stop.Store(true)
	}()
	for !stop.Load() {
		cleo.AuthVersion++
		check(t, s.UpdateAccount(t.Context(), &cleo, "auth_version"))
		get(os.Stdout.WriteString(strconv.FormatInt(cleo.AuthVersion, 10) + "\n"))(t)
	}
}

// startOther runs TestOtherProcess on s; what it commits arrives at committed.
func startOther(t *testing.T, s *Store, committed func(int64)) (stop func()) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), get(os.Executable())(t), "-test.run=^TestOtherProcess$")
	cmd.Env = append(os.Environ(), otherProcess+"="+s.db.path)
	in, out := get(cmd.StdinPipe())(t), get(cmd.StdoutPipe())(t)
	check(t, cmd.Start())
	var reading sync.WaitGroup
	reading.Go(func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if n, err := strconv.ParseInt(lines.Text(), 10, 64); err == nil {
				committed(n)
			}
		}
	})
	return func() {
		check(t, in.Close())
		reading.Wait()
		check(t, cmd.Wait())
	}
}

// TestReadsAreMonotonic has two Stores and another process commit, each to a row
// of its own, while readers demand of either Store what was committed before they
// asked.
func TestReadsAreMonotonic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stores := []*Store{w.Store, openAt(t, w.db.path)}
	accounts := []model.Account{w.user("ada"), w.user("brook"), w.user("cleo")}
	var committed [3]atomic.Int64
	var stop atomic.Bool
	stopOther := startOther(t, w.Store, committed[2].Store)

	var readers, writers sync.WaitGroup
	for i := range 2 * len(accounts) {
		s, a, least := stores[i%2], accounts[i%3], &committed[i%3]
		readers.Go(func() {
			for !stop.Load() {
				demand(t, s, a, least)
			}
		})
	}
	for i, s := range stores {
		a := accounts[i]
		writers.Go(func() {
			for range 40 {
				a.AuthVersion++
				if err := s.UpdateAccount(context.Background(), &a, "auth_version"); err != nil {
					t.Error(err)
				}
				committed[i].Store(a.AuthVersion)
			}
		})
	}
	writers.Wait()
	stopOther()
	stop.Store(true)
	readers.Wait()
	if committed[2].Load() == 0 {
		t.Error("the other process wrote nothing")
	}
}

func demand(t *testing.T, s *Store, a model.Account, least *atomic.Int64) {
	want := least.Load()
	byID, err := s.AccountByID(context.Background(), a.ID)
	if err != nil || byID.AuthVersion < want {
		t.Errorf("got %d, %v, when %d was committed before", byID.AuthVersion, err, want)
	}
	byLogin, err := s.Account(context.Background(), a.Login)
	if err != nil || byLogin.AuthVersion < byID.AuthVersion {
		t.Errorf("got %d, %v, after %d was read", byLogin.AuthVersion, err, byID.AuthVersion)
	}
}

// TestHeaderTellsWhatDataVersionTells compares the two ways to know the version
// while two processes write: one header is never of two data versions.
func TestHeaderTellsWhatDataVersionTells(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.user("cleo")
	ada := w.user("ada")
	var theirs atomic.Int64
	stopOther := startOther(t, w.Store, theirs.Store)
	seen := map[walHeader]int64{}
	for n := int64(0); n < 100 || theirs.Load() < 50; n++ {
		if n%10 == 0 {
			ada.AuthVersion++
			check(t, w.UpdateAccount(ctx, &ada, "auth_version"))
		}
		before, ok := readWALHeader(w.db.walIndex)
		data := get(w.DataVersion(ctx))(t)
		after, _ := readWALHeader(w.db.walIndex)
		if !ok || before != after {
			continue
		}
		if was, known := seen[before]; known && was != data {
			t.Fatalf("the data version went from %d to %d under one header", was, data)
		}
		seen[before] = data
	}
	stopOther()
	if len(seen) < 2 {
		t.Errorf("saw %d headers that stood still", len(seen))
	}
}

// TestHeaderSurvivesCheckpoints writes over the log from its start, whose headers
// look alike but for the salts.
func TestHeaderSurvivesCheckpoints(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	seen := map[version]bool{}
	for range 20 {
		ada.AuthVersion++
		check(t, w.UpdateAccount(ctx, &ada, "auth_version"))
		v := get(w.db.version(ctx))(t)
		if seen[v] || v.data != 0 {
			t.Fatalf("after a commit: version %v, seen before %t", v, seen[v])
		}
		seen[v] = true
		get(w.db.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"))(t)
		same(t, "number", get(w.Account(ctx, "ada"))(t).AuthVersion, ada.AuthVersion)
	}
}

// TestOddHeaders hands out WAL indexes that no SQLite of this format has made, or
// is done with.
func TestOddHeaders(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	good := get(os.ReadFile(s.db.path + walIndexSuffix))(t)[:2*len(walHeader{})]
	tests := []struct {
		name  string
		spoil func(b []byte) []byte
		ok    bool
	}{
		{"as it is", func(b []byte) []byte { return b }, true},
		{"short", func(b []byte) []byte { return b[:len(b)-1] }, false},
		{"being written", func(b []byte) []byte { b[60]++; return b }, false},
		{"blank", func(b []byte) []byte { clear(b); return b }, false},
		{"another format", func(b []byte) []byte { b[0]++; b[48]++; return b }, false},
		{"not set up", func(b []byte) []byte { b[12], b[60] = 0, 0; return b }, false},
		{"another checksum", func(b []byte) []byte { b[20]++; b[68]++; return b }, false},
	}
	for _, test := range tests {
		path := filepath.Join(t.TempDir(), "index")
		check(t, os.WriteFile(path, test.spoil(append([]byte{}, good...)), 0o600))
		f := get(os.Open(path))(t)
		if _, ok := readWALHeader(f); ok != test.ok {
			t.Errorf("%s: got %t", test.name, ok)
		}
		check(t, f.Close())
	}
	if _, ok := readWALHeader(nil); ok {
		t.Error("read the header of no file")
	}
}

// TestWALIndexIsSharedAndFollowed closes and opens Stores of one database in turns.
func TestWALIndexIsSharedAndFollowed(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "vivarium.db")
	first, second := openAt(t, path), openAt(t, path)
	if first.db.walIndex == nil || first.db.walIndex != second.db.walIndex {
		t.Error("two Stores of one database do not share the file")
	}
	get(first.Migrate(ctx))(t)
	check(t, first.Close())
	if _, ok := readWALHeader(second.db.walIndex); !ok {
		t.Error("the file was closed with the first Store")
	}

	// As if a third had opened after the connections of the second were closed, and
	// before it let go of the file.
	release := holdWALIndex(path)
	check(t, second.Close())
	third := openAt(t, path)
	if _, ok := readWALHeader(third.db.walIndex); !ok || third.db.walIndex == second.db.walIndex {
		t.Error("the third Store reads the index that the second left behind")
	}
	check(t, release())
	before := get(third.db.version(ctx))(t)
	check(t, third.RetireLogin(ctx, "ada", "", noon))
	if after := get(third.db.version(ctx))(t); after == before {
		t.Error("a commit went unnoticed")
	}
	check(t, third.Close())
	walIndexes.Lock()
	defer walIndexes.Unlock()
	if walIndexes.open[path] != nil {
		t.Error("the file stays open after the last Store")
	}
}
