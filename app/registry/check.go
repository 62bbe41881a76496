package registry

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"vivarium/app/model"
)

// CheckRequest says how closely the site is looked at.
type CheckRequest struct {
	// Deep reads every byte and every archive again.
	Deep bool
	// Repair puts right what can be.
	Repair bool
	Report func(Flaw)
	// Looked is called for every file with how many there are.
	Looked func(total int)
}

// Flaw is something that is not as it should be.
type Flaw struct {
	Name     string `json:"name"`
	Problem  string `json:"problem"`
	Repaired bool   `json:"repaired"`
}

// CheckSums counts what CheckSite looked at and found.
type CheckSums struct {
	Files, Blobs, Indexes, Flaws, Repaired int
	// Garbage is blobs that nothing refers to, for the collection of garbage.
	Garbage      int
	GarbageBytes int64
}

// CheckSite compares the database, the bytes and the indexes with each other, while
// requests go on.
func (r *Registry) CheckSite(ctx context.Context, actor model.Actor, in CheckRequest) (CheckSums, error) {
	if err := requireOperator(actor); err != nil {
		return CheckSums{}, err
	}
	c := checker{Registry: r, actor: actor, CheckRequest: in}
	for _, step := range []func(context.Context) error{c.database, c.files, c.garbage, c.indexes} {
		if err := step(ctx); err != nil {
			return c.sums, err
		}
	}
	r.done(ctx, "site checked", actor, "files", c.sums.Files, "flaws", c.sums.Flaws)
	return c.sums, r.audit(ctx, r.Store, actor, "", "site.check", "", "")
}

// checker is a check under way.
type checker struct {
	*Registry
	CheckRequest
	actor model.Actor
	sums  CheckSums
}

// finding is a flaw with what would put it right, nil for nothing.
type finding struct {
	Flaw
	repair func(context.Context) error
}

// tell reports what was found, after it was put right if that is wanted.
func (c *checker) tell(ctx context.Context, found ...finding) error {
	for _, f := range found {
		if c.Repair && f.repair != nil {
			if err := f.repair(ctx); err != nil {
				return err
			}
			f.Repaired = true
			c.sums.Repaired++
		}
		c.sums.Flaws++
		c.Report(f.Flaw)
	}
	return nil
}

func (c *checker) database(ctx context.Context) error {
	problems, err := c.Store.Integrity(ctx)
	for _, p := range problems {
		err = errors.Join(err, c.tell(ctx, finding{Flaw: Flaw{Name: "database", Problem: p + ". Restore a backup."}}))
	}
	return err
}

// garbage counts the bytes, and those of nobody.
func (c *checker) garbage(ctx context.Context) error {
	for e, err := range c.Blobs.All(ctx) {
		if err != nil {
			return err
		}
		used, err := c.Store.BlobInUse(ctx, e.SHA256)
		if err != nil {
			return err
		}
		c.sums.Blobs++
		if !used {
			c.sums.Garbage++
			c.sums.GarbageBytes += e.Size
		}
	}
	return nil
}

// filePage is how many files are looked at together.
const filePage = 256

// eachFile looks at all files of a channel, or of all (0), with all processors, and
// then takes what came out in their order.
func eachFile[T any](ctx context.Context, r *Registry, accountID int64, look func(model.File) T, take func(model.File, T) error) error {
	for last := int64(0); ; {
		page, err := r.Store.FilesAfter(ctx, accountID, last, filePage)
		if err != nil {
			return err
		}
		results := lookAll(page, look)
		for i, f := range page {
			if err := errors.Join(ctx.Err(), take(f, results[i])); err != nil {
				return err
			}
			last = f.ID
		}
		if len(page) < filePage {
			return nil
		}
	}
}

func lookAll[T any](page []model.File, look func(model.File) T) []T {
	results, queue := make([]T, len(page)), make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range queue {
				results[i] = look(page[i])
			}
		})
	}
	for i := range page {
		queue <- i
	}
	close(queue)
	workers.Wait()
	return results
}
