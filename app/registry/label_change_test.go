package registry_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
	"vivarium/app/store"
)

// shelf is labs with three files: a 1.0 (noarch, linux-64) and b 2.0, on dev.
type shelf struct {
	*registrytest.Site
	t     *testing.T
	brook model.Actor
}

func newShelf(t *testing.T) shelf {
	t.Helper()
	s := shelf{registrytest.New(t), t, model.Actor{}}
	s.brook = s.Actor(t, "brook")
	s.Publish(t, s.brook, "labs", condatest.Spec{Name: "a", Version: "1.0"}, "dev")
	s.Publish(t, s.brook, "labs", condatest.Spec{Name: "a", Version: "1.0", Subdir: "linux-64"}, "dev")
	s.Publish(t, s.brook, "labs", condatest.Spec{Name: "b", Version: "2.0"}, "dev")
	return s
}

// change changes labels and returns what was touched, by basename.
func (s shelf) change(sel registry.Selection, in registry.LabelChange) ([]string, error) {
	files, err := s.ChangeLabels(s.t.Context(), s.brook, "labs", sel, in)
	var names []string
	for _, f := range files {
		names = append(names, f.Basename)
	}
	return names, err
}

// on lists the files that carry a label, by basename.
func (s shelf) on(label string) []string {
	s.t.Helper()
	_, files, err := s.LabelFiles(s.t.Context(), s.brook, "labs", label)
	if err != nil && model.CodeOf(err) != model.NotFound {
		s.t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Basename)
	}
	return names
}

// indexed reports whether the index of a label names the file.
func (s shelf) indexed(label, subdir, file string) bool {
	s.t.Helper()
	return bytes.Contains(s.index(label, subdir), []byte(`"`+file+`":`))
}

// index is what anyone gets as the repodata.json of a label.
func (s shelf) index(label, subdir string) []byte {
	s.t.Helper()
	doc, err := s.OpenIndex(s.t.Context(), model.Actor{}, "labs", label, subdir, model.Repodata)
	if err != nil {
		s.t.Fatal(err)
	}
	body, err := model.ReadBody(doc.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return body
}

func (s shelf) want(what string, got []string, err error, want ...string) {
	s.t.Helper()
	if err != nil || !slices.Equal(got, want) {
		s.t.Errorf("%s: got %v, %v, want %v", what, got, err, want)
	}
}

func (s shelf) refused(what string, err error, code model.Code, sentence string) {
	s.t.Helper()
	if model.CodeOf(err) != code || err == nil || err.Error() != sentence {
		s.t.Errorf("%s: got %v (%v), want %s", what, err, model.CodeOf(err), sentence)
	}
}

const (
	aNoarch = "noarch/a-1.0-0.conda"
	aLinux  = "linux-64/a-1.0-0.conda"
	bNoarch = "noarch/b-2.0-0.conda"
)

func ofPackage(name string) registry.Selection {
	return registry.Selection{FileName: registry.FileName{Package: name}}
}

// TestChangeLabelsOfEverySelection puts a label on one file, a release, a package,
// a label's files, named ones and all.
func TestChangeLabelsOfEverySelection(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	for _, tt := range []struct {
		name string
		sel  registry.Selection
		want []string
	}{
		{"one file", registry.Selection{FileName: registry.FileName{Package: "a", Version: "1.0", Basename: aLinux}}, []string{aLinux}},
		{"release", registry.Selection{FileName: registry.FileName{Package: "A", Version: "1.0"}}, []string{aLinux, aNoarch}},
		{"package", ofPackage("b"), []string{bNoarch}},
		{"label", registry.Selection{Label: "DEV"}, []string{aLinux, aNoarch, bNoarch}},
		{"named", registry.Selection{Files: []registry.FileName{{"a", "1.0", aNoarch}, {"b", "2.0", bNoarch}}}, []string{aNoarch, bNoarch}},
		{"all", registry.Selection{}, []string{aLinux, aNoarch, bNoarch}},
	} {
		label := "to/" + tt.name
		if tt.name == "one file" {
			label = "to/one"
		}
		got, err := s.change(tt.sel, registry.LabelChange{Add: []string{strings.ToUpper(label)}})
		s.want(tt.name, got, err, tt.want...)
		on := s.on(label)
		slices.Sort(on)
		s.want(tt.name+", seen on the label", on, nil, slices.Sorted(slices.Values(tt.want))...)
		subdir, file, _ := strings.Cut(tt.want[0], "/")
		if !s.indexed(label, subdir, file) {
			t.Errorf("%s: the index of %s lacks %s", tt.name, label, file)
		}
		got, err = s.change(tt.sel, registry.LabelChange{Add: []string{label}})
		s.want(tt.name+" again", got, err)
	}
}

func TestMoveAndSetLabels(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	got, err := s.change(ofPackage("a"), registry.LabelChange{Add: []string{"qa"}, Remove: []string{"dev"}})
	s.want("move", got, err, aLinux, aNoarch)
	s.want("left on dev", s.on("dev"), nil, bNoarch)
	if s.indexed("dev", "noarch", "a-1.0-0.conda") || !s.indexed("qa", "noarch", "a-1.0-0.conda") {
		t.Error("the index shows the file where it was")
	}
	got, err = s.change(registry.Selection{}, registry.LabelChange{Add: []string{"main"}, Only: true})
	s.want("set", got, err, aLinux, aNoarch, bNoarch)
	s.want("left on qa", s.on("qa"), nil)
	got, err = s.change(ofPackage("b"), registry.LabelChange{Only: true})
	s.want("set none", got, err, bNoarch)
	f, err := s.File(t.Context(), s.brook, "labs", "b", "2.0", bNoarch)
	if err != nil || len(f.Labels) != 0 {
		t.Errorf("got labels %v, %v, want none", f.Labels, err)
	}
}

func TestChangeLabelsRefusals(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	_, err := s.change(ofPackage("a"), registry.LabelChange{Add: []string{"nolabel"}})
	s.refused("reserved", err, model.Invalid, `"nolabel" cannot be a label: the name is reserved.`)
	_, err = s.change(ofPackage("a"), registry.LabelChange{Remove: []string{"beta"}})
	s.refused("unknown", err, model.NotFound, `Label "beta" of labs does not exist.`)
	_, err = s.change(ofPackage("nope"), registry.LabelChange{Add: []string{"x"}})
	s.refused("no package", err, model.NotFound, `Package "labs/nope" does not exist.`)
	_, err = s.change(registry.Selection{FileName: registry.FileName{Package: "a", Version: "9"}}, registry.LabelChange{Add: []string{"x"}})
	s.refused("no release", err, model.NotFound, `There are no files in "labs/a/9".`)
	_, err = s.change(registry.Selection{Files: []registry.FileName{{"a", "1.0", aNoarch}, {"a", "1.0", "noarch/z.conda"}}}, registry.LabelChange{Add: []string{"x"}})
	s.refused("no file", err, model.NotFound, `File "labs/a/1.0/noarch/z.conda" does not exist.`)
	if _, err := s.Store.Label(t.Context(), 0, "x"); model.CodeOf(err) != model.NotFound || len(s.on("x")) > 0 {
		t.Error("a refused change left a label behind")
	}
	_, err = s.change(registry.Selection{Files: make([]registry.FileName, 20_001)}, registry.LabelChange{Add: []string{"x"}})
	s.refused("too many", err, model.Invalid, "Name at most 20000 files at once.")
}

// TestLabelRights lets people with a right on one package label that alone, and
// only owners lock.
func TestLabelRights(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx, casey := t.Context(), s.Actor(t, "casey")
	if err := s.SetCollaborator(ctx, s.brook, "labs", "a", "casey", model.Write); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ChangeLabels(ctx, casey, "labs", ofPackage("a"), registry.LabelChange{Add: []string{"qa"}}); err != nil {
		t.Errorf("collaborator: %v", err)
	}
	for what, err := range map[string]error{
		"another package": second(s.ChangeLabels(ctx, casey, "labs", ofPackage("b"), registry.LabelChange{Add: []string{"qa"}})),
		"one of both": second(s.ChangeLabels(ctx, casey, "labs", registry.Selection{Files: []registry.FileName{{"a", "1.0", aNoarch}, {"b", "2.0", bNoarch}}},
			registry.LabelChange{Add: []string{"x"}})),
		"all":    second(s.ChangeLabels(ctx, casey, "labs", registry.Selection{}, registry.LabelChange{Add: []string{"qa"}})),
		"create": second(s.CreateLabel(ctx, casey, "labs", "fresh")),
		"copy":   second(s.CopyLabel(ctx, casey, "labs", "dev", "main")),
		"delete": s.DeleteLabel(ctx, casey, "labs", "qa"),
		"lock":   second(s.LockLabel(ctx, casey, "labs", "qa", true)),
	} {
		if model.CodeOf(err) != model.Forbidden {
			t.Errorf("%s: got %v, want Forbidden", what, err)
		}
	}
}

// TestHiddenLabelIsAbsent asks a collaborator to take off a label that only hidden
// files have.
func TestHiddenLabelIsAbsent(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx, casey, hidden := t.Context(), s.Actor(t, "casey"), model.Private
	for _, err := range []error{
		s.SetCollaborator(ctx, s.brook, "labs", "a", "casey", model.Write),
		second(s.UpdatePackage(ctx, s.brook, "labs", "b", registry.PackageChange{Access: &hidden})),
		second(s.change(ofPackage("b"), registry.LabelChange{Add: []string{"secret"}})),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	takeOff := func(label string) error {
		return second(s.ChangeLabels(ctx, casey, "labs", ofPackage("a"), registry.LabelChange{Remove: []string{label}}))
	}
	for _, label := range []string{"secret", "absent"} {
		s.refused(label, takeOff(label), model.NotFound, `Label "`+label+`" of labs does not exist.`)
	}
	if err := s.SetCollaborator(ctx, s.brook, "labs", "b", "casey", model.Read); err != nil {
		t.Fatal(err)
	}
	if err := takeOff("secret"); err != nil {
		t.Errorf("a label that is seen elsewhere: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

// TestLockedLabelTakesNoChange tries every change that a locked label refuses.
func TestLockedLabelTakesNoChange(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx := t.Context()
	if _, err := s.change(ofPackage("a"), registry.LabelChange{Add: []string{"main"}}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // locking twice is no error
		if l, err := s.LockLabel(ctx, s.brook, "labs", "DEV", true); err != nil || !l.Locked {
			t.Fatalf("lock: %+v, %v", l, err)
		}
	}
	file := registry.FileName{Package: "a", Version: "1.0", Basename: aNoarch}
	one := registry.Selection{FileName: file}
	before := s.on("dev")
	for what, err := range map[string]error{
		"publish":        second(s.TryPublish(t, s.brook, "labs", condatest.Spec{Name: "c"}, "dev")),
		"add":            second(s.change(ofPackage("b"), registry.LabelChange{Add: []string{"dev"}})),
		"remove":         second(s.change(one, registry.LabelChange{Remove: []string{"dev"}})),
		"set others":     second(s.change(one, registry.LabelChange{Add: []string{"main"}, Only: true})),
		"copy into":      second(s.CopyLabel(ctx, s.brook, "labs", "main", "dev")),
		"delete label":   s.DeleteLabel(ctx, s.brook, "labs", "dev"),
		"delete file":    second(s.DeleteFile(ctx, s.brook, "labs", "a", "1.0", aNoarch)),
		"delete release": s.DeleteRelease(ctx, s.brook, "labs", "a", "1.0"),
		"delete package": s.DeletePackage(ctx, s.brook, "labs", "a"),
		"yank":           second(s.YankFiles(ctx, s.brook, "labs", one, "")),
		"patch":          second(s.PatchFile(ctx, s.brook, "labs", file, []byte(`{"license":"MIT"}`), "")),
	} {
		s.refused(what, err, model.Conflict, "Label dev of labs is locked. Unlock it first.")
	}
	if n, err := s.CopyLabel(ctx, s.brook, "labs", "dev", "qa"); err != nil || n != 3 {
		t.Errorf("copy from it: %d, %v", n, err)
	}
	if _, err := s.change(one, registry.LabelChange{Add: []string{"dev", "main", "set"}, Only: true}); err != nil {
		t.Errorf("set, with it among those that stay: %v", err)
	}
	if _, err := s.change(ofPackage("b"), registry.LabelChange{Add: []string{"dev"}, Only: true}); err != nil {
		t.Errorf("set what is so: %v", err)
	}
	if _, err := s.change(one, registry.LabelChange{Add: []string{"extra"}}); err != nil {
		t.Errorf("another label on a file of it: %v", err)
	}
	if after := s.on("dev"); !slices.Equal(before, after) {
		t.Errorf("got %v on dev, want %v", after, before)
	}
	if _, err := s.LockLabel(ctx, s.brook, "labs", "dev", false); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteLabel(ctx, s.brook, "labs", "dev"); err != nil {
		t.Errorf("delete once unlocked: %v", err)
	}
}

func TestCreateCopyAndDeleteLabels(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx := t.Context()
	if l, err := s.CreateLabel(ctx, s.brook, "labs", "Field/Test"); err != nil || l.Name != "field/test" {
		t.Errorf("create: %+v, %v", l, err)
	}
	_, err := s.CreateLabel(ctx, s.brook, "labs", "field/test")
	s.refused("create again", err, model.Conflict, "Label field/test of labs exists already.")
	n, err := s.CopyLabel(ctx, s.brook, "labs", "field/test", "empty")
	if err != nil || n != 0 {
		t.Errorf("copy of an empty label: %d, %v", n, err)
	}
	n, err = s.CopyLabel(ctx, s.brook, "labs", "dev", "release/2026")
	s.want("copied", s.on("release/2026"), err, aLinux, aNoarch, bNoarch)
	if n != 3 {
		t.Errorf("copied %d files, want 3", n)
	}
	_, err = s.CopyLabel(ctx, s.brook, "labs", "nolabel", "x")
	s.refused("copy nothing", err, model.NotFound, `Label "nolabel" of labs does not exist.`)
	if err := s.DeleteLabel(ctx, s.brook, "labs", "dev"); err != nil {
		t.Fatal(err)
	}
	if s.indexed("dev", "noarch", "b-2.0-0.conda") || !s.indexed("release/2026", "noarch", "b-2.0-0.conda") {
		t.Error("the index shows a deleted label, or lost another")
	}
	s.refused("delete again", s.DeleteLabel(ctx, s.brook, "labs", "dev"), model.NotFound, `Label "dev" of labs does not exist.`)
	labels, err := s.Labels(ctx, s.brook, "labs")
	var names []string
	for _, l := range labels {
		names = append(names, fmt.Sprintf("%s %d", l.Name, l.Files))
	}
	s.want("labels", names, err, "empty 0", "field/test 0", "release/2026 3")
}

// TestLabelAudit writes who put which label where, file by file.
func TestLabelAudit(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx := t.Context()
	if _, err := s.change(ofPackage("a"), registry.LabelChange{Add: []string{"qa"}, Remove: []string{"dev"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.LockLabel(ctx, s.brook, "labs", "qa", true); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteLabel(ctx, s.brook, "labs", "dev"); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"file.labels labs/a/1.0/linux-64/a-1.0-0.conda +qa -dev", "file.labels labs/a/1.0/noarch/a-1.0-0.conda +qa -dev",
		"label.lock labs/qa ", "file.labels labs/b/2.0/noarch/b-2.0-0.conda -dev", "label.delete labs/dev 1 files",
	}
	s.want("audit", auditLines(t, s.Site, "labs", "file.labels", "label"), nil, want...)
}

// auditLines are the lines about an account of some actions, oldest first.
func auditLines(t *testing.T, s *registrytest.Site, account string, actions ...string) []string {
	t.Helper()
	lines, err := s.Store.AuditPage(t.Context(), store.AuditQuery{Account: account})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, l := range slices.Backward(lines) {
		noun, _, _ := strings.Cut(l.Action, ".")
		if slices.Contains(actions, l.Action) || slices.Contains(actions, noun) {
			list = append(list, l.Action+" "+l.Subject+" "+l.Detail)
		}
	}
	return list
}
