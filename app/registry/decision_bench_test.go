package registry_test

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
	"vivarium/app/store"
)

// crowd is an organization with 10,000 private packages, 1,000 groups and 1,000
// users. member is in 50 groups, each with ten packages; helper is a collaborator
// on 5,000 packages, and both may read the package.
type crowd struct {
	*registrytest.Site
	org model.Account
	pkg model.Package
}

func newCrowd(b *testing.B) *crowd {
	b.Helper()
	c := &crowd{Site: registrytest.New(b)}
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	var err error
	c.org, err = c.Store.Account(b.Context(), "labs")
	must(err)
	member, helper := c.User(b, "member"), c.User(b, "helper")
	must(c.Store.InTx(b.Context(), func(tx *store.Store) error {
		packages := make([]model.Package, 10_000)
		for i := range packages {
			name := fmt.Sprintf("package-%d", i)
			packages[i] = model.Package{
				AccountID: c.org.ID, Name: name, LookupName: name, NormalizedName: name, Access: model.Private, CreatedAt: time.Now(), ModifiedAt: time.Now(),
			}
			must(tx.InsertPackage(b.Context(), &packages[i]))
			if i%2 == 0 {
				must(tx.SetCollaborator(b.Context(), packages[i].ID, helper.UserID, model.Read, time.Now()))
			}
		}
		users := make([]model.Account, 1_000)
		for i := range users {
			users[i] = model.Account{Login: fmt.Sprintf("user-%d", i), Kind: model.User, CreatedAt: time.Now()}
			must(tx.InsertAccount(b.Context(), &users[i]))
		}
		for i := range 1_000 {
			g := model.Group{OrganizationID: c.org.ID, Name: fmt.Sprintf("group-%d", i), Permission: model.Read, CreatedAt: time.Now()}
			must(tx.InsertGroup(b.Context(), &g))
			for n := range 10 {
				must(tx.AddGroupPackage(b.Context(), g.ID, packages[i*10+n].ID, time.Now()))
				must(tx.AddMember(b.Context(), g.ID, users[(i+n*100)%1000].ID, time.Now()))
			}
			if i%20 == 0 {
				must(tx.AddMember(b.Context(), g.ID, member.UserID, time.Now()))
			}
		}
		c.pkg = packages[0]
		return nil
	}))
	return c
}

// BenchmarkDecision measures what asking who may do it adds to a request: where the
// answer is remembered, where the database has just been written to, and for an index
// where somebody's grants have just changed.
func BenchmarkDecision(b *testing.B) {
	c := newCrowd(b)
	people := []struct {
		name  string
		actor model.Actor
		sees  bool
	}{
		{"anonymous", model.Actor{}, false}, {"stranger", c.Actor(b, "casey"), false}, {"member", c.Actor(b, "member"), true},
		{"helper", c.Actor(b, "helper"), true}, {"owner", c.Actor(b, "brook"), true}, {"token", c.TokenActor(b, c.Token(b, "member"), readDoor), true},
	}
	for _, who := range people {
		for what, decide := range registry.Decisions {
			b.Run(who.name+"/"+what+"/remembered", measured(func(b *testing.B) {
				for b.Loop() {
					if err := decide(b.Context(), c.Registry, c.Store, who.actor, c.org, c.pkg); (err == nil) != (who.sees || what != "package") {
						b.Fatal(err)
					}
				}
			}))
			if what == "list" { // is a statement itself
				continue
			}
			again := func(b *testing.B, within func(context.Context, func(*store.Store) error) error) {
				err := within(b.Context(), func(tx *store.Store) error {
					for b.Loop() {
						_ = decide(b.Context(), c.Registry, tx, who.actor, c.org, c.pkg)
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.Run(who.name+"/"+what+"/read", measured(func(b *testing.B) { again(b, c.Store.InReadTx) }))
			if what == "index" {
				b.Run(who.name+"/"+what+"/granted", measured(func(b *testing.B) { again(b, c.Store.InTx) }))
			}
		}
	}
}

// BenchmarkAuthenticate measures what a token costs to look at.
func BenchmarkAuthenticate(b *testing.B) {
	c := newCrowd(b)
	secret := c.Token(b, "member")
	b.Run("token", measured(func(b *testing.B) {
		for b.Loop() {
			c.TokenActor(b, secret, readDoor)
		}
	}))
}

// measured adds the processor time of a benchmark to its report: it is the same on a
// machine that does other things besides.
func measured(run func(*testing.B)) func(*testing.B) {
	return func(b *testing.B) {
		before := processorTime(b)
		run(b)
		b.ReportMetric(float64(processorTime(b)-before)/float64(b.N), "cpu-ns/op")
	}
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
