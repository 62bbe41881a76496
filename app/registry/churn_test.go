package registry_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
	"vivarium/app/scaletest"
)

// churn is a channel in which anything may happen.
type churn struct {
	*registrytest.Site
	t      *testing.T
	random *rand.Rand
	brook  model.Actor
	files  []model.File // that were published, gone ones too
	serial int
}

func newChurn(t *testing.T, seed uint64) *churn {
	s := registrytest.New(t)
	c := &churn{Site: s, t: t, random: rand.New(rand.NewPCG(seed, 7)), brook: s.Actor(t, "brook")}
	s.FillChannel(t, "labs", "linux-64", 600)
	for i := range 6 {
		c.publish(fmt.Sprint("p", i), "1.0")
	}
	// casey sees a few packages whatever their access.
	for _, name := range []string{"p1", "p2"} {
		if err := s.SetCollaborator(t.Context(), c.brook, "labs", name, "casey", model.Read); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func pick[T any](c *churn, list ...T) T { return list[c.random.IntN(len(list))] }

// publish uploads a package that is never the same twice, under one of few names.
func (c *churn) publish(name, version string) error {
	c.serial++
	spec := condatest.Spec{
		Name: name, Version: version, Subdir: pick(c, "noarch", "linux-64"), TarBz2: c.random.IntN(3) == 0,
		Files: map[string]string{"serial": fmt.Sprint(c.serial)}, Depends: []string{fmt.Sprint("x >=", c.serial)},
	}
	if c.random.IntN(2) == 0 {
		spec.RunExports = map[string]any{"weak": []string{name + " >=" + version}}
	}
	f, err := c.TryPublish(c.t, c.brook, "labs", spec, pick(c, "main", "dev"))
	if err == nil {
		c.files = append(c.files, f)
	}
	return err
}

// some selects one file that there was, or all of its package.
func (c *churn) some() registry.Selection {
	f := pick(c, c.files...)
	sel := registry.Selection{FileName: registry.FileName{Package: f.Package}}
	if c.random.IntN(3) > 0 {
		sel.FileName = registry.FileName{Package: f.Package, Version: f.Version, Basename: f.Basename}
	}
	return sel
}

// step does something, which the registry may refuse, and says what.
func (c *churn) step() (what string, err error) {
	ctx, f := c.t.Context(), pick(c, c.files...)
	label := pick(c, "main", "dev")
	switch c.random.IntN(14) {
	case 0, 1, 2:
		return "publish", c.publish(fmt.Sprint("p", c.random.IntN(6)), fmt.Sprint("1.", c.random.IntN(5)))
	case 3: // force
		if _, err := c.DeleteFile(ctx, c.brook, "labs", f.Package, f.Version, f.Basename); err != nil {
			return "force", err
		}
		return "force", c.publish(f.Package, f.Version)
	case 4:
		_, err = c.ChangeLabels(ctx, c.brook, "labs", c.some(), registry.LabelChange{Add: []string{label}})
		return "label", err
	case 5:
		_, err = c.ChangeLabels(ctx, c.brook, "labs", c.some(), registry.LabelChange{Remove: []string{label}})
		return "unlabel", err
	case 6:
		_, err = c.LockLabel(ctx, c.brook, "labs", label, c.random.IntN(4) == 0)
		return "lock", err
	case 7:
		_, err = c.DeleteFile(ctx, c.brook, "labs", f.Package, f.Version, f.Basename)
		return "remove file", err
	case 8:
		return "remove package", c.DeletePackage(ctx, c.brook, "labs", pick(c, "p3", fmt.Sprintf("filled-%06d", c.random.IntN(30))))
	case 9:
		_, err = c.YankFiles(ctx, c.brook, "labs", c.some(), "broken")
		return "yank", err
	case 10:
		_, err = c.UnyankFiles(ctx, c.brook, "labs", c.some())
		return "unyank", err
	case 11:
		return "access", c.SetAccess(ctx, c.brook, "labs", []string{f.Package}, pick(c, model.Public, model.Authenticated, model.Private))
	case 12:
		_, err = c.PatchFile(ctx, c.brook, "labs", registry.FileName{Package: f.Package, Version: f.Version, Basename: f.Basename}, fmt.Appendf(nil, `{"depends":["y >=%d"]}`, c.random.IntN(99)), "mend")
		return "patch", err
	default:
		summary := fmt.Sprint("about ", c.random.IntN(99))
		_, err = c.UpdatePackage(ctx, c.brook, "labs", f.Package, registry.PackageChange{Summary: &summary})
		return "describe", err
	}
}

// TestIndexIsAsRebuilt changes a channel through the registry, at random, restarts
// among it, and compares all that is served, for several people and labels, with
// what a process serves that makes its index from nothing, byte by byte.
func TestIndexIsAsRebuilt(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			c := newChurn(t, seed)
			done := map[string]int{}
			for range scaletest.Count(t, 2000, 40) {
				what, err := c.step()
				switch model.CodeOf(err) {
				case model.Conflict, model.NotFound: // a locked label, a file that is gone
					continue
				}
				if err != nil {
					t.Fatalf("%s: %v", what, err)
				}
				done[what]++
				switch c.random.IntN(8) {
				case 0:
					c.Site = c.Restarted()
				case 1:
					if err := c.Index.Save(t.Context()); err != nil {
						t.Fatal(err)
					}
					c.Site = c.Restarted()
				}
				if c.random.IntN(3) == 0 {
					c.compare(c.Later(0))
				}
			}
			c.compare(c.Later(0))
			t.Log(done)
		})
	}
}

// compare compares what is served with what another process serves.
func (c *churn) compare(other *registrytest.Site) {
	c.t.Helper()
	type open func(*registrytest.Site, model.Actor, string, model.IndexFormat) (model.Document, error)
	ofSubdir := func(subdir string) open {
		return func(s *registrytest.Site, who model.Actor, label string, f model.IndexFormat) (model.Document, error) {
			return s.OpenIndex(c.t.Context(), who, "labs", label, subdir, f)
		}
	}
	ofChannel := func(s *registrytest.Site, who model.Actor, label string, f model.IndexFormat) (model.Document, error) {
		return s.OpenChannelIndex(c.t.Context(), who, "labs", label, f)
	}
	people := []model.Actor{{}, c.Actor(c.t, "mallory"), c.Actor(c.t, "casey"), c.brook}
	c.random.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	for _, who := range people {
		for _, label := range []string{"main", "dev"} {
			for _, subdir := range []string{"noarch", "linux-64"} {
				for _, f := range []model.IndexFormat{model.Repodata, model.CurrentRepodata, model.RunExports, model.PatchInstructions} {
					c.compareForms(other, who, label, f, ofSubdir(subdir))
				}
				c.compareOne(other, who, label, model.ShardIndex, ofSubdir(subdir))
			}
			c.compareForms(other, who, label, model.ChannelData, ofChannel)
		}
	}
}

func (c *churn) compareForms(other *registrytest.Site, who model.Actor, label string, f model.IndexFormat, open func(*registrytest.Site, model.Actor, string, model.IndexFormat) (model.Document, error)) {
	c.t.Helper()
	for _, form := range []model.IndexFormat{f, f.Gzip(), f.Zstd()} {
		c.compareOne(other, who, label, form, open)
	}
}

func (c *churn) compareOne(other *registrytest.Site, who model.Actor, label string, f model.IndexFormat, open func(*registrytest.Site, model.Actor, string, model.IndexFormat) (model.Document, error)) {
	c.t.Helper()
	got, err := open(c.Site, who, label, f)
	if err != nil {
		c.t.Fatal(err)
	}
	want, err := open(other, who, label, f)
	if err != nil {
		c.t.Fatal(err)
	}
	if a, b := read(c.t, got.Body), read(c.t, want.Body); !slices.Equal(a, b) || got.ETag != want.ETag || !got.ModTime.Equal(want.ModTime) {
		c.t.Fatalf("%s of label %s for %q: got %s with %d bytes, want %s with %d", f, label, who.Name(), got.ETag, len(a), want.ETag, len(b))
	}
}
