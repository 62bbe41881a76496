package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"vivarium/app/model"
)

// household is a world with one of each noun that the cache keeps.
type household struct {
	*world
	ada, brook, labs model.Account
	group            model.Group
	x                model.Package
	conda, python    model.File
	token            model.Token
}

func newHousehold(t testing.TB) *household {
	w := newWorld(t)
	h := &household{world: w, ada: w.user("ada"), brook: w.user("brook")}
	h.labs = w.organization("labs", h.ada)
	h.group = w.group(h.labs, "team", model.Read, h.ada)
	h.x = w.pkg(h.labs, "x", model.Private, model.Conda, model.PyPI)
	h.conda = w.conda(h.x, "1.0", "noarch", "main")
	h.python = w.file(h.x, "1.0", "x-1.0.tar.gz", model.PyPI, "main")
	h.token = model.Token{AccountID: h.ada.ID, Name: "ci", Hash: []byte("hash"), CreatedAt: noon}
	check(t, w.InsertToken(t.Context(), &h.token))
	check(t, w.SetCollaborator(t.Context(), h.x.ID, h.brook.ID, model.Write, noon))
	return h
}

// hot is everything that s may answer from its cache, errors in words.
func (h *household) hot(s *Store) map[string]any {
	all, ctx := map[string]any{}, h.t.Context()
	add := func(name string, row any, err error) {
		if err != nil {
			row = err.Error()
		}
		all[name] = row
	}
	for _, a := range []model.Account{h.ada, h.brook, h.labs} {
		row, err := s.Account(ctx, a.Login)
		add("account "+a.Login, row, err)
		row, err = s.AccountByID(ctx, a.ID)
		add("account by id "+a.Login, row, err)
		owner, err := s.IsOwner(ctx, h.labs.ID, a.ID)
		add("owner "+a.Login, owner, err)
		granted, err := s.GrantedOn(ctx, a.ID, h.labs.ID, h.x.ID)
		add("granted on x "+a.Login, granted, err)
		granted, err = s.GrantedOnAll(ctx, a.ID, h.labs.ID)
		add("granted on all "+a.Login, granted, err)
		granted, err = s.GrantedOnAny(ctx, a.ID, h.labs.ID)
		add("granted on any "+a.Login, granted, err)
		set, err := s.GrantSet(ctx, a.ID, h.labs.ID)
		add("granted packages "+a.Login, set, err)
	}
	token, err := s.TokenByHash(ctx, h.token.Hash)
	add("token", token, err)
	p, err := s.Package(ctx, h.labs.ID, "x")
	add("package", p, err)
	p, err = s.PythonProject(ctx, h.labs.ID, "x")
	add("project", p, err)
	f, err := s.CondaFile(ctx, h.labs.ID, h.conda.Basename)
	add("conda file", f, err)
	f, err = s.PythonFile(ctx, h.labs.ID, h.python.Basename)
	add("python file", f, err)
	return all
}

// truth is hot as the database has it, in a transaction that keeps nothing and uses
// nothing kept.
func (h *household) truth() (all map[string]any) {
	check(h.t, h.InTx(h.t.Context(), func(tx *Store) error {
		all = h.hot(tx)
		return nil
	}))
	return all
}

// changes are the writes that hot rows depend on, in an order in which each
// changes something.
func (h *household) changes() []struct {
	name string
	do   func(*Store) error
} {
	ctx := h.t.Context()
	return []struct {
		name string
		do   func(*Store) error
	}{
		{"disable", func(s *Store) error {
			return s.UpdateAccount(ctx, &model.Account{ID: h.ada.ID, Disabled: true}, "disabled")
		}},
		{"change log", func(s *Store) error {
			_, err := s.AppendChanges(ctx, h.labs.ID, noon, []model.IndexChange{{}})
			return err
		}},
		{"touch token", func(s *Store) error { return s.TouchToken(ctx, h.token.ID, noon, "here") }},
		{"change collaborator", func(s *Store) error { return s.SetCollaborator(ctx, h.x.ID, h.brook.ID, model.Read, noon) }},
		{"remove collaborator", func(s *Store) error { return s.RemoveCollaborator(ctx, h.x.ID, h.brook.ID) }},
		{"add owner", func(s *Store) error {
			g, err := s.Group(ctx, h.labs.ID, model.OwnersGroup)
			check(h.t, err)
			return s.AddMember(ctx, g.ID, h.brook.ID, noon)
		}},
		{"remove owner", func(s *Store) error {
			g, err := s.Group(ctx, h.labs.ID, model.OwnersGroup)
			check(h.t, err)
			return s.RemoveMember(ctx, g.ID, h.ada.ID)
		}},
		{"add to group", func(s *Store) error { return s.AddGroupPackage(ctx, h.group.ID, h.x.ID, noon) }},
		{"set level", func(s *Store) error { return s.SetGroupPackage(ctx, h.group.ID, h.x.ID, model.Write, noon) }},
		{"change group", func(s *Store) error {
			return s.UpdateGroup(ctx, &model.Group{ID: h.group.ID, Permission: model.Admin, AllPackages: true})
		}},
		{"remove from group", func(s *Store) error { return s.RemoveGroupPackage(ctx, h.group.ID, h.x.ID) }},
		{"delete group", func(s *Store) error { return s.DeleteGroup(ctx, h.group.ID) }},
		{"change access", func(s *Store) error {
			return s.UpdatePackage(ctx, &model.Package{ID: h.x.ID, Access: model.Public}, "access")
		}},
		{"label", func(s *Store) error {
			l, err := s.EnsureLabel(ctx, h.labs.ID, "dev", noon)
			check(h.t, err)
			return s.AddFileLabel(ctx, h.conda.ID, l.ID)
		}},
		{"count", func(s *Store) error { return s.AddDownloads(ctx, map[int64]int64{h.python.ID: 3}, time.Now()) }},
		{"delete python file", func(s *Store) error { return s.DeleteFile(ctx, h.python.ID) }},
		{"delete conda file", func(s *Store) error { return s.DeleteFile(ctx, h.conda.ID) }},
		{"insert another", func(s *Store) error { f := h.conda; f.ID = 0; return s.InsertFile(ctx, &f) }},
		{"move package", func(s *Store) error {
			return s.MovePackage(ctx, h.x.ID, h.brook.ID, get(s.Files(ctx, h.x.ID))(h.t), noon)
		}},
		{"move it back", func(s *Store) error {
			return s.MovePackage(ctx, h.x.ID, h.labs.ID, get(s.Files(ctx, h.x.ID))(h.t), noon)
		}},
		{"delete package", func(s *Store) error { return s.DeletePackage(ctx, h.x.ID) }},
		{"delete token", func(s *Store) error { return s.DeleteToken(ctx, h.token.ID) }},
		{"delete account", func(s *Store) error { return s.DeleteAccount(ctx, h.labs.ID) }},
	}
}

// TestNothingStale lets each kind of write happen here and in another Store, and
// asks for everything before and after.
func TestNothingStale(t *testing.T) {
	t.Parallel()
	for _, elsewhere := range []bool{false, true} {
		for _, pragma := range []bool{false, true} {
			t.Run(fmt.Sprintf("elsewhere %t, without header %t", elsewhere, pragma), func(t *testing.T) {
				t.Parallel()
				h := newHousehold(t)
				writer := h.Store
				if elsewhere {
					writer = openAt(t, h.db.path)
				}
				if pragma {
					h.db.walIndex = nil
				}
				for _, c := range h.changes() {
					before := h.truth()
					same(t, "before "+c.name, h.hot(h.Store), before)
					same(t, "before "+c.name+", from the cache", h.hot(h.Store), before)
					check(t, c.do(writer))
					after := h.truth()
					same(t, "after "+c.name, h.hot(h.Store), after)
					if reflect.DeepEqual(before, after) {
						t.Errorf("%s changes nothing that is cached", c.name)
					}
				}
			})
		}
	}
}

func TestCacheSavesStatements(t *testing.T) {
	t.Parallel()
	h := newHousehold(t)
	asked := listen(h.Store)
	want := h.hot(h.Store)
	first := len(asked.list)
	same(t, "again", h.hot(h.Store), want)
	same(t, "statements of the first and the second time", []int{first, len(asked.list) - first}, []int{len(want), 0})
}

// TestAbsenceIsRemembered asks twice for what there is not, and then makes it.
func TestAbsenceIsRemembered(t *testing.T) {
	t.Parallel()
	h, ctx := newHousehold(t), t.Context()
	asked := listen(h.Store)
	for range 2 {
		_, err := h.Package(ctx, h.labs.ID, "later")
		fails(t, err, model.NotFound, `Package "later" does not exist.`)
	}
	same(t, "statements", len(asked.list), 1)
	h.pkg(h.labs, "later", model.Public, model.Conda)
	if p, err := h.Package(ctx, h.labs.ID, "later"); err != nil || p.Name != "later" {
		t.Errorf("when it is there: %v, %v", p, err)
	}
}

// TestCacheIsNotForTransactions changes what is cached within a transaction.
func TestCacheIsNotForTransactions(t *testing.T) {
	t.Parallel()
	h, ctx := newHousehold(t), t.Context()
	before := h.hot(h.Store)
	check(t, h.InTx(ctx, func(tx *Store) error {
		check(t, tx.UpdateAccount(ctx, &model.Account{ID: h.ada.ID, Disabled: true}, "disabled"))
		same(t, "disabled within", get(tx.Account(ctx, "ada"))(t).Disabled, true)
		same(t, "outside", h.hot(h.Store), before)
		return nil
	}))
	same(t, "disabled", get(h.Account(ctx, "ada"))(t).Disabled, true)
}

// TestRowsAreTheCallersOwn changes every slice of what is handed out, the first
// time, which is what is kept, and the second.
func TestRowsAreTheCallersOwn(t *testing.T) {
	t.Parallel()
	h := newHousehold(t)
	want := h.truth()
	for _, round := range []string{"first", "second"} {
		for name, row := range h.hot(h.Store) {
			if n := scribble(reflect.ValueOf(row)); n == 0 && strings.Contains("token package conda file python file", name) {
				t.Errorf("%s has no slice to scribble on", name)
			}
		}
		same(t, "after scribbling on the "+round, h.hot(h.Store), want)
	}
}

// scribble overwrites the slices in v and returns how many it found.
func scribble(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return 0
		}
		for i := range v.NumField() {
			n += scribble(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			v.Index(i).SetZero()
			n = 1
		}
	}
	return n
}

// TestDetachCoversEverySlice fails when a noun gets a slice that detach forgets.
func TestDetachCoversEverySlice(t *testing.T) {
	t.Parallel()
	for _, p := range []any{&model.Account{}, &model.Token{}, &model.Package{}, &model.File{}, &GrantSet{}, &[]model.Notice{}} {
		row := reflect.ValueOf(p).Elem()
		growSlices(t, row)
		before := slicesOf(row)
		detach(p)
		for i, after := range slicesOf(row) {
			if before[i] == after {
				t.Errorf("%T: slice %d is shared", p, i)
			}
		}
	}
}

func growSlices(t *testing.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				growSlices(t, v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.Map, reflect.Pointer, reflect.Interface:
		t.Errorf("detach knows slices only, and here is a %s", v.Type())
	}
}

func slicesOf(v reflect.Value) (all []uintptr) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			all = append(all, slicesOf(v.Field(i))...)
		}
	case reflect.Slice:
		all = append(all, v.Pointer())
	}
	return all
}

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	var c cache
	for i := range maxCachedRows + 100 {
		c.put(version{}, rowKey{id: int64(i)}, true)
	}
	same(t, "rows and bytes", sizeOf(&c), [2]int{maxCachedRows, weightOf(&c)})
	c.put(version{}, rowKey{id: -1}, absence{errNo})
	if _, ok := c.get(version{}, rowKey{id: -1}); ok {
		t.Error("what is absent pushed out what is there")
	}

	heavy := model.File{Record: make([]byte, heaviestCachedRow/2)}
	for i := range 1000 {
		c.put(version{}, rowKey{id: int64(i), of: 1}, heavy)
		if bytes := sizeOf(&c)[1]; bytes > maxCachedBytes {
			t.Fatalf("%d bytes are cached", bytes)
		}
	}
	same(t, "bytes of heavy rows", sizeOf(&c)[1], weightOf(&c))

	tooHeavy := rowKey{noun: condaFile}
	c.put(version{}, tooHeavy, model.File{Description: strings.Repeat("x", heaviestCachedRow)})
	if _, ok := c.get(version{}, tooHeavy); ok {
		t.Error("a row of a sixty-fourth of the cache was kept")
	}
}

func sizeOf(c *cache) [2]int {
	rows, bytes := c.size()
	return [2]int{rows, bytes}
}

func weightOf(c *cache) (total int) {
	for _, s := range c.shelves {
		for _, kept := range s.rows {
			total += kept.weight
		}
	}
	return total
}

func TestCacheIsOfOneVersion(t *testing.T) {
	t.Parallel()
	var c cache
	c.put(version{data: 1}, rowKey{}, "old")
	c.put(version{data: 1}, rowKey{}, "old again")
	same(t, "size", sizeOf(&c), [2]int{1, weightOf(&c)})
	if _, ok := c.get(version{data: 2}, rowKey{}); ok {
		t.Error("got a row of another version")
	}
	c.put(version{data: 2}, rowKey{id: 1}, "new")
	if _, ok := c.get(version{data: 2}, rowKey{}); ok {
		t.Error("a row outlived its version")
	}
	same(t, "size", sizeOf(&c), [2]int{1, weightOf(&c)})
}

// TestRowsReadDuringACommitAreNotKept commits between the two looks at the version.
func TestRowsReadDuringACommitAreNotKept(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	key := rowKey{noun: accountOfLogin, name: "ada"}
	got := get(remember(ctx, w.Store, key, func() (int, error) { return 1, w.RetireLogin(ctx, "ada", "", noon) }))(t)
	same(t, "the row", got, 1)
	same(t, "rows kept", sizeOf(&w.db.cache)[0], 0)
	get(remember(ctx, w.Store, key, func() (int, error) { return 2, nil }))(t)
	same(t, "rows kept when nothing is committed", sizeOf(&w.db.cache)[0], 1)
}

// TestOneLoadForAll lets several ask for a row while the first of them reads it.
func TestOneLoadForAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, key := t.Context(), rowKey{noun: accountOfLogin, name: "ada"}
		var loads atomic.Int32
		release, rows := make(chan struct{}), make(chan model.File)
		for range 5 {
			go func() {
				row, err := remember(ctx, w.Store, key, func() (model.File, error) {
					loads.Add(1)
					<-release
					return model.File{Labels: []string{"main"}}, nil
				})
				check(t, err)
				rows <- row
			}()
		}
		synctest.Wait()
		close(release)
		for range 5 {
			row := <-rows
			same(t, "labels", row.Labels, []string{"main"})
			row.Labels[0] = "written by its owner"
		}
		same(t, "loads", int(loads.Load()), 1)
	})
}

// TestLoadFailsForOneOnly cancels the request that reads for another one, too.
func TestLoadFailsForOneOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, key := t.Context(), rowKey{noun: accountOfLogin, name: "ada"}
		release, failed := make(chan struct{}), make(chan error)
		go func() {
			_, err := remember(ctx, w.Store, key, func() (int, error) {
				<-release
				return 0, context.Canceled
			})
			failed <- err
		}()
		synctest.Wait()
		row := make(chan int)
		go func() { row <- get(remember(ctx, w.Store, key, func() (int, error) { return 1, nil }))(t) }()
		synctest.Wait()
		close(release)
		same(t, "the one that was cancelled", errors.Is(<-failed, context.Canceled), true)
		same(t, "the other", <-row, 1)
	})
}
