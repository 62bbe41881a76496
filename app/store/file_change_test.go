package store

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// written counts the statements that a store's writer runs.
type written struct {
	mu sync.Mutex
	n  int
}

func (*written) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (c *written) AfterQuery(context.Context, *bun.QueryEvent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

// TestChangesOfManyFiles yanks, takes back and deletes more files than one statement
// takes, by few statements.
func TestChangesOfManyFiles(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	rel := w.release(w.pkg(w.user("ada"), "x", model.Public, model.Conda), "1.0")
	p := get(w.Package(ctx, 1, "x"))(t)
	files := make([]*model.File, 2*rowsAtOnce+1)
	for i := range files {
		f := newFile(rel, p.AccountID, "noarch/x-1.0-"+time.Duration(i).String()+".conda", model.Conda, i)
		files[i] = &f
	}
	check(t, w.InsertFiles(ctx, files))
	ids := make([]int64, len(files))
	for i, f := range files {
		ids[i] = f.ID
	}
	count := &written{}
	w.db.writer = w.db.writer.WithQueryHook(count)
	statements := func(what string, do func() error) {
		t.Helper()
		count.n = 0
		check(t, do())
		same(t, "statements to "+what, count.n, 5) // three, and the ends of the transaction
	}
	yanked := func() (n int) {
		for _, f := range get(w.Files(ctx, p.ID))(t) {
			if f.Yanked() && f.YankReason != "" {
				n++
			}
		}
		return n
	}
	check(t, w.YankFiles(ctx, ids[:1], "First.", noon))
	statements("yank", func() error { return w.YankFiles(ctx, ids, "Broken.", noon.Add(time.Hour)) })
	same(t, "yanked", yanked(), len(ids))
	first, last := get(w.FileByID(ctx, ids[0]))(t), get(w.FileByID(ctx, ids[len(ids)-1]))(t)
	same(t, "since", []any{first.YankedAt, first.YankReason, last.YankedAt}, []any{noon, "Broken.", noon.Add(time.Hour)})
	statements("take it back", func() error { return w.UnyankFiles(ctx, ids) })
	same(t, "yanked still", yanked(), 0)
	statements("delete", func() error { return w.DeleteFiles(ctx, ids) })
	same(t, "left", get(w.CountFiles(ctx, p.ID))(t), 0)
}
