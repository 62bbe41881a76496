package registry_test

import (
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// fetch downloads brook's file of a package of labs n times.
func fetch(t *testing.T, s *registrytest.Site, name string, n int) {
	t.Helper()
	for range n {
		f, err := s.OpenFile(t.Context(), s.Actor(t, "brook"), "labs", name, "1.0", "noarch/"+name+"-1.0-0.conda")
		if err != nil {
			t.Fatal(err)
		}
		f.Bytes.Close()
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestDownloads counts by day and package what somebody sees.
func TestDownloads(t *testing.T) {
	t.Parallel()
	s, ctx := cabinet(t, model.Public), t.Context()
	fetch(t, s, "one", 2)
	fetch(t, s, "two", 3)
	tomorrow := s.Later(24 * time.Hour)
	fetch(t, tomorrow, "one", 1)
	first, last := s.Clock.Now(), tomorrow.Clock.Now()
	count := func(actor model.Actor, first, last time.Time) (sum int64) {
		t.Helper()
		list, err := s.Downloads(ctx, actor, "LABS", first, last)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			sum += d.Count
		}
		return sum
	}
	for what, got := range map[string][2]int64{
		"anybody, both days":         {count(model.Actor{}, first, last), 3},
		"anybody, the first":         {count(model.Actor{}, first, first), 2},
		"the owner, both days":       {count(s.Actor(t, "brook"), first, last), 6},
		"the owner, the second":      {count(s.Actor(t, "brook"), last, last), 1},
		"the owner, the wrong scope": {count(s.TokenActor(t, s.Token(t, "brook", "conda:download"), model.ScopeAPIRead), first, last), 3},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d, want %d", what, got[0], got[1])
		}
	}
	for what, days := range map[string][2]time.Time{"backwards": {last, first}, "ages": {first.AddDate(-4, 0, 0), last}} {
		_, err := s.Downloads(ctx, model.Actor{}, "labs", days[0], days[1])
		check(t, what, err, model.Invalid)
	}
	_, err := s.Downloads(ctx, model.Actor{}, "nowhere", first, last)
	check(t, "of nobody", err, model.NotFound)
}

// TestPublished is a word on a package that opens nothing.
func TestPublished(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s, ctx := cabinet(t, model.Public), t.Context()
	brook := s.Actor(t, "brook")
	check(t, "by a stranger, of a public one", s.SetPublished(ctx, s.Actor(t, "mallory"), "labs", "one", true), model.Forbidden)
	check(t, "by a stranger, of a private one", s.SetPublished(ctx, s.Actor(t, "mallory"), "labs", "two", true), model.NotFound)
	check(t, "by the owner", s.SetPublished(ctx, brook, "labs", "two", true), ok)
	d, err := s.Package(ctx, brook, "labs", "two")
	if err != nil || !d.Published || d.Access != model.Private {
		t.Errorf("it is %+v, %v", d.Package, err)
	}
	_, err = s.Package(ctx, model.Actor{}, "labs", "two")
	check(t, "to anybody, published or not", err, model.NotFound)
	check(t, "taken back", s.SetPublished(ctx, brook, "labs", "two", false), ok)
	if d := must(s.Package(ctx, brook, "labs", "two")); d.Published {
		t.Error("it is still published")
	}
	lines := must(s.AuditLines(ctx, brook, registry.AuditFilter{Account: "labs", Action: "package.update"}))
	if len(lines) != 3 || lines[0].Detail != "not published" || lines[1].Detail != "published" {
		t.Errorf("the log says %+v", lines)
	}
}
