package registry_test

import (
	"fmt"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/cran/crantest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// dependents writes who needs a package, as actor sees it, and what of it they
// accept.
func dependents(t *testing.T, s *registrytest.Site, actor model.Actor, name string) string {
	t.Helper()
	list, total, err := s.Dependents(t.Context(), actor, "labs", name, 0, 0)
	if err != nil || total != len(list) {
		t.Fatalf("dependents of %s: %d of %d, %v", name, len(list), total, err)
	}
	var lines []string
	for _, d := range list {
		for _, n := range d.Needs {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", d.Name, n.Accepts, strings.Join(n.Platforms, "+"))))
		}
	}
	return strings.Join(lines, "; ")
}

// TestDependentsFollowTheNewestFiles changes what the newest version of a package
// is, and what its files say, in every way.
func TestDependentsFollowTheNewestFiles(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	ctx, brook := t.Context(), s.Actor(t, "brook")
	s.Publish(t, brook, "labs", condatest.Spec{Name: "tide", Depends: []string{"tide"}})
	publish := func(version, build, subdir string, depends ...string) {
		s.Publish(t, brook, "labs", condatest.Spec{Name: "reef", Version: version, Build: build, Subdir: subdir, Depends: depends})
	}
	is := func(after, want string) {
		t.Helper()
		if got := dependents(t, s, brook, "tide"); got != want {
			t.Errorf("after %s tide is needed by %q, want %q", after, got, want)
		}
	}
	only := func(version, basename string) registry.Selection {
		return registry.Selection{FileName: registry.FileName{Package: "reef", Version: version, Basename: basename}}
	}
	is("its own upload", "")
	publish("1.0", "0", "noarch", "Tide >=1", "other")
	is("an upload", "reef >=1")
	publish("1.1", "0", "linux-64", "tide >=2")
	is("a newer version", "reef >=2")
	publish("1.1", "0", "win-64", "other::tide >=2,<3", "tide >=2")
	is("another platform", "reef >=2; reef >=2,<3 win-64")
	publish("2.0rc1", "0", "noarch", "nothing")
	is("a pre-release", "reef >=2; reef >=2,<3 win-64")
	publish("0.9", "0", "noarch")
	is("an older version", "reef >=2; reef >=2,<3 win-64")
	if _, err := s.PatchFile(ctx, brook, "labs", only("1.1", "linux-64/reef-1.1-0.conda").FileName, []byte(`{"depends": ["tide 7"]}`), "pins it"); err != nil {
		t.Fatal(err)
	}
	is("a patch", "reef 7 linux-64; reef >=2 win-64; reef >=2,<3 win-64")
	if _, err := s.YankFiles(ctx, brook, "labs", only("1.1", "win-64/reef-1.1-0.conda"), "wrong"); err != nil {
		t.Fatal(err)
	}
	is("a yank of one", "reef 7")
	if _, err := s.YankFiles(ctx, brook, "labs", only("1.1", ""), "wrong"); err != nil {
		t.Fatal(err)
	}
	is("a yank of the version", "reef >=1")
	if _, err := s.UnyankFiles(ctx, brook, "labs", only("1.1", "linux-64/reef-1.1-0.conda")); err != nil {
		t.Fatal(err)
	}
	is("one taken back", "reef 7")
	if err := s.DeleteRelease(ctx, brook, "labs", "reef", "1.1"); err != nil {
		t.Fatal(err)
	}
	is("the version is deleted", "reef >=1")
	if _, err := s.DeleteFile(ctx, brook, "labs", "reef", "1.0", "noarch/reef-1.0-0.conda"); err != nil {
		t.Fatal(err)
	}
	is("the last stable file that needs it is deleted", "")
}

func TestDependentsAreThoseInSight(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	ctx, brook := t.Context(), s.Actor(t, "brook")
	s.Publish(t, brook, "labs", condatest.Spec{Name: "tide"})
	s.Publish(t, brook, "brook", condatest.Spec{Name: "elsewhere", Depends: []string{"tide"}})
	for name, access := range map[string]model.Access{"open": model.Public, "inside": model.Authenticated, "secret": model.Private} {
		s.Publish(t, brook, "labs", condatest.Spec{Name: name, Depends: []string{"tide"}})
		must(s.UpdatePackage(ctx, brook, "labs", name, registry.PackageChange{Access: &access}))
	}
	for who, test := range map[string]struct {
		actor model.Actor
		want  string
	}{"anybody": {model.Actor{}, "open"}, "casey": {s.Actor(t, "casey"), "inside; open"}, "its owner": {brook, "inside; open; secret"}} {
		if got := dependents(t, s, test.actor, "tide"); got != test.want {
			t.Errorf("%s sees %q, want %q", who, got, test.want)
		}
	}
	page, total, err := s.Dependents(ctx, brook, "labs", "tide", 1, 1)
	if err != nil || total != 3 || len(page) != 1 || page[0].Name != "open" {
		t.Errorf("the second page of one: %v of %d, %v", page, total, err)
	}
	_, _, err = s.Dependents(ctx, model.Actor{}, "labs", "secret", 0, 0)
	check(t, "of what is hidden", err, model.NotFound)
}

// TestDependentsOfPythonAndR are found by the names of their own kind.
func TestDependentsOfPythonAndR(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	mustPublishPython(t, s, "labs", pypitest.Spec{Name: "Tide.Model"})
	mustPublishPython(t, s, "labs", pypitest.Spec{Name: "reef", Requires: []string{"tide_model[fast] (>=2)", "tide-model; extra == 'x'"}, Extras: []string{"x"}})
	s.Publish(t, brook, "labs", condatest.Spec{Name: "conda-reef", Depends: []string{"tide-model", "matrix"}})
	for _, spec := range []crantest.Spec{{Name: "Matrix", Version: "1.0"}, {Name: "mapper", Version: "1.0", Fields: []string{"Imports: stats, Matrix (>= 1.5-0)"}}} {
		name, data := crantest.Build(t, spec)
		_, err := s.Upload(t, brook, registry.StageRequest{Owner: "labs", Package: spec.Name, Version: spec.Version, Basename: name, Type: model.RPackage}, data)
		check(t, "upload of "+name, err, model.Internal)
	}
	for name, want := range map[string]string{"tide.model": "reef ; extra == 'x'; reef [fast] (>=2)", "matrix": "mapper >= 1.5-0"} {
		if got := dependents(t, s, brook, name); got != want {
			t.Errorf("%s is needed by %q, want %q", name, got, want)
		}
	}
}

func TestRequirements(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	ctx, brook := t.Context(), s.Actor(t, "brook")
	private := model.Private
	for name, version := range map[string]string{"tide": "3.1", "hidden": "1.0"} {
		s.Publish(t, brook, "labs", condatest.Spec{Name: name, Version: version})
	}
	must(s.UpdatePackage(ctx, brook, "labs", "hidden", registry.PackageChange{Access: &private}))
	s.Publish(t, brook, "labs", condatest.Spec{Name: "reef", Version: "1.0", Subdir: "linux-64", Depends: []string{"tide >=3", "__glibc >=2.17", "hidden"}})
	s.Publish(t, brook, "labs", condatest.Spec{Name: "reef", Version: "1.0", Subdir: "win-64", Depends: []string{"tide >=3", "vc 14.*", "hidden"}})
	mustPublishPython(t, s, "labs", pypitest.Spec{Name: "reef", Version: "1.0", Requires: []string{"Tide>2"}})

	for who, actor := range map[string]model.Actor{"brook": brook, "anybody": {}} {
		d := must(s.Package(ctx, actor, "labs", "reef"))
		var lines []string
		for _, r := range must(s.Requirements(ctx, actor, d, must(d.Release("1.0")))) {
			line := fmt.Sprintf("%s %s", r.Type, r.Name)
			for _, n := range r.Needs {
				line += fmt.Sprintf(" %s%v", n.Accepts, n.Platforms)
			}
			if r.Here != nil {
				line += " here " + r.Here.LatestVersion
			}
			lines = append(lines, line)
		}
		want := "conda __glibc >=2.17[linux-64]\nconda hidden []HIDDEN\nconda tide >=3[] here 3.1\nconda vc 14.*[win-64]\npypi tide >2[]"
		want = strings.Replace(want, "HIDDEN", map[string]string{"brook": " here 1.0"}[who], 1)
		if got := strings.Join(lines, "\n"); got != want {
			t.Errorf("%s sees\n%s\nwant\n%s", who, got, want)
		}
	}
	empty := must(s.Package(ctx, brook, "labs", "tide"))
	if got := must(s.Requirements(ctx, brook, empty, empty.Releases[0])); got != nil {
		t.Errorf("tide needs %v", got)
	}
}

// TestNoteDependencies reads what was there before its needs were kept, when the
// indexes are made anew.
func TestNoteDependencies(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	ctx, brook := t.Context(), s.Actor(t, "brook")
	s.Publish(t, brook, "labs", condatest.Spec{Name: "numpy"})
	s.FillChannel(t, "labs", "linux-64", 800) // whose rows are made without noting anything
	check(t, "with nothing to read", s.NoteDependencies(ctx), model.Internal)
	if got := dependents(t, s, brook, "numpy"); got != "" {
		t.Fatalf("numpy is needed by %q", got)
	}
	must(s.Reindex(ctx, model.LocalOperator(), registry.ReindexRequest{Channel: "labs"}))
	if got, want := strings.Count(dependents(t, s, brook, "numpy"), " >=1.23,<3"), 40; got != want {
		t.Errorf("numpy is needed by %d, want %d", got, want)
	}
}
