package moving_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/moving"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// source is a channel of another server that lies in memory.
type source struct {
	packages []moving.Package
	labels   []model.Label
	opened   []string // the files that were read
}

func (s *source) channel() moving.Channel {
	c := moving.Channel{From: "memory", Labels: s.labels}
	for _, p := range s.packages {
		c.Packages = append(c.Packages, moving.Listed{Name: p.Name, Read: func(context.Context) (moving.Package, error) { return p, nil }})
	}
	return c
}

// file is a file with all its digests.
func (s *source) file(t model.PackageType, version, basename string, data []byte, labels ...string) moving.File {
	short, long := md5.Sum(data), sha256.Sum256(data)
	return moving.File{
		Type: t, Version: version, Basename: basename, Size: int64(len(data)), Labels: labels, Unlabelled: len(labels) == 0,
		MD5: hex.EncodeToString(short[:]), SHA256: hex.EncodeToString(long[:]),
		Open: func(context.Context) (io.ReadCloser, error) {
			s.opened = append(s.opened, basename)
			return io.NopCloser(bytes.NewReader(data)), nil
		},
	}
}

func (s *source) conda(t testing.TB, spec condatest.Spec, labels ...string) moving.File {
	t.Helper()
	name, data := condatest.Build(t, spec)
	subdir, version := spec.Subdir, spec.Version
	if subdir == "" {
		subdir = "noarch"
	}
	if version == "" {
		version = "1.0"
	}
	return s.file(model.Conda, version, subdir+"/"+name, data, labels...)
}

// into moves the source into labs.
func (s *source) into(t testing.TB, site *registrytest.Site) *moving.Sheet {
	t.Helper()
	moved := 0
	van := moving.Van{Registry: site.Registry, Actor: model.LocalOperator(), Parallel: 1, Moved: func() { moved++ }}
	sheet, err := van.Move(t.Context(), s.channel(), "labs")
	if err != nil {
		t.Fatal(err)
	}
	if moved != len(s.packages) {
		t.Errorf("%d of %d packages were reported", moved, len(s.packages))
	}
	return sheet
}

func packageOf(t testing.TB, s *registrytest.Site, name string) registry.PackageDetail {
	t.Helper()
	d, err := s.Package(t.Context(), model.LocalOperator(), "labs", name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ptr[T any](v T) *T { return &v }

// varied is a channel with everything that can be said of packages.
func varied(t testing.TB) *source {
	s := &source{labels: []model.Label{{Name: "main"}, {Name: "Dev", Locked: true}, {Name: "empty"}}}
	said := s.conda(t, condatest.Spec{Name: "tiny", Summary: "As the file says"}, "main", "Dev")
	said.Description, said.Downloads, said.UploadedAt = "The file.", 41, time.Date(2015, 9, 21, 14, 21, 56, 0, time.UTC)
	bare := s.conda(t, condatest.Spec{Name: "tiny", Version: "2.0", Subdir: "linux-64"})
	bare.SHA256 = ""
	bad := s.conda(t, condatest.Spec{Name: "tiny", Version: "3.0"}, "main")
	bad.UploadedAt, bad.Downloads = time.Now().Add(24*time.Hour), -1 // nonsense
	bad.Yanked, bad.YankReason, bad.Patch, bad.PatchReason = true, "Broken.", json.RawMessage(`{"license":"MIT"}`), "Wrong."
	wheel, data := pypitest.Wheel(t, pypitest.Spec{Name: "Rec.Pkg", Version: "1.0"})
	s.packages = []moving.Package{
		{
			Name: "tiny", Access: model.Private, Types: []model.PackageType{model.Conda}, Files: []moving.File{said, bare, bad},
			Texts:         registry.PackageChange{Summary: ptr("As somebody wrote"), Home: ptr("https://tiny.test"), DocURL: ptr("no address")},
			Releases:      []moving.Release{{"1.0", "The first.", "Hear!"}, {"9.9", "Has no files.", ""}},
			Collaborators: []moving.Collaborator{{"casey", model.Read}, {"nobody", model.Write}},
			Status:        model.Deprecated, StatusReason: "Use huge.",
		},
		{Name: "Rec.Pkg", Types: []model.PackageType{model.PyPI}, Files: []moving.File{s.file(model.PyPI, "1.0", wheel, data, "main")}},
		{Name: "notes", Access: model.Authenticated, Types: []model.PackageType{model.GenericFile}, Files: []moving.File{
			s.file(model.GenericFile, "1", "some file.bin", []byte("one"), "main"), s.file(model.GenericFile, "2", "some file.bin", []byte("two")),
		}},
		{Name: "hollow", Types: []model.PackageType{model.Conda}},
	}
	return s
}

// TestMove takes everything over, and a second time nothing.
func TestMove(t *testing.T) {
	t.Parallel()
	site, from := registrytest.New(t), varied(t)
	sheet := from.into(t, site)
	want := []moving.Remark{{"tiny: collaborator nobody", `"nobody" is not a user here.`}}
	if !slices.Equal(sheet.Problems, want) || len(sheet.Skipped) != 1 || sheet.Skipped[0].Name != "tiny: doc_url" {
		t.Errorf("problems %v, skipped %v", sheet.Problems, sheet.Skipped)
	}
	if sheet.Packages != (moving.PackageCount{There: 4, Here: 4, Made: 4}) || sheet.Files.Copied != 6 || sheet.Files.Here != 6 || sheet.Digests != (moving.DigestCount{SHA256: 5, MD5: 1}) {
		t.Errorf("the sheet says %+v %+v %+v", sheet.Packages, sheet.Files, sheet.Digests)
	}
	if !reflect.DeepEqual(sheet.Labels, map[string]int{"main": 4, "dev": 1}) || !slices.Equal(sheet.Locked, []string{"dev"}) {
		t.Errorf("labels %v, locked %v", sheet.Labels, sheet.Locked)
	}
	if strings.Contains(site.Log.String(), "labels changed") {
		t.Errorf("what has no label had one for a moment: %s", site.Log)
	}
	before := site.Log.Len()
	again := from.into(t, site)
	if again.Files.Copied != 0 || again.Files.Present != 6 || again.Packages.Made != 0 || len(from.opened) != 6 || !reflect.DeepEqual(again.Labels, sheet.Labels) {
		t.Errorf("again: %+v, opened %v", again, from.opened)
	}
	if did := site.Log.String()[before:]; did != "" {
		t.Errorf("the second move did %s", did)
	}
}

// TestMovedPackageIsAsItWas, down to when its files were uploaded.
func TestMovedPackageIsAsItWas(t *testing.T) {
	t.Parallel()
	site := registrytest.New(t)
	varied(t).into(t, site)
	d := packageOf(t, site, "tiny")
	if d.Access != model.Private || d.Summary != "As somebody wrote" || d.Home != "https://tiny.test" || d.DocURL != "" || d.Status != model.Deprecated || d.StatusReason != "Use huge." {
		t.Errorf("tiny is %+v", d.Package)
	}
	if d.Releases[0].Description != "The first." || d.Releases[0].Announce != "Hear!" || len(d.Releases) != 3 {
		t.Errorf("releases %+v", d.Releases)
	}
	first, bare, bad := d.Releases[0].Files[0], d.Releases[1].Files[0], d.Releases[2].Files[0]
	if first.Description != "The file." || first.Downloads != 41 || first.UploadedAt.Year() != 2015 || !slices.Equal(first.Labels, []string{"dev", "main"}) {
		t.Errorf("the first file is %+v", first)
	}
	if bad.UploadedAt.After(time.Now()) || bad.Downloads != 0 {
		t.Errorf("uploaded at %v, %d downloads", bad.UploadedAt, bad.Downloads)
	}
	if len(bare.Labels) != 0 || !bad.Yanked() || bad.YankReason != "Broken." || string(bad.Patch) != `{"license":"MIT"}` {
		t.Errorf("bare has %v; bad is %+v", bare.Labels, bad)
	}
	if list, err := site.Collaborators(t.Context(), model.LocalOperator(), "labs", "tiny"); err != nil || len(list) != 1 || list[0].Permission != model.Read {
		t.Errorf("collaborators %+v, %v", list, err)
	}
	notes := packageOf(t, site, "notes")
	if notes.Access != model.Authenticated || len(notes.Releases) != 2 || len(notes.Releases[1].Files[0].Labels) != 0 {
		t.Errorf("notes is %+v", notes)
	}
	for _, l := range must(site.Labels(t.Context(), model.LocalOperator(), "labs")) {
		if l.Locked != (l.Name == "dev") {
			t.Errorf("label %+v", l)
		}
	}
}

// TestMoveRefusals leaves out what is not as it is said to be, and says why.
func TestMoveRefusals(t *testing.T) {
	t.Parallel()
	site := registrytest.New(t)
	taken := site.Publish(t, site.Actor(t, "brook"), "labs", condatest.Spec{Name: "taken"})
	from := &source{}
	other := from.conda(t, condatest.Spec{Name: "taken", Summary: "other bytes"}, "main")
	forged := from.conda(t, condatest.Spec{Name: "mixed"}, "main")
	forged.SHA256 = strings.Repeat("0", 64)
	stray := from.conda(t, condatest.Spec{Name: "elsewhere"}, "main")
	unnamed := from.conda(t, condatest.Spec{Name: "mixed", Version: "2.0"}, "no label")
	cut := from.conda(t, condatest.Spec{Name: "mixed", Version: "3.0"}, "main")
	cut.Open = func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("PK"), broken{})), nil
	}
	gone := from.file(model.GenericFile, "1", "gone.bin", []byte("x"))
	gone.Open = func(context.Context) (io.ReadCloser, error) { return nil, errors.New("it is gone") }
	from.packages = []moving.Package{
		{Name: "taken", Files: []moving.File{other}},
		{Name: "mixed", Access: model.Private, Types: []model.PackageType{model.Conda}, Files: []moving.File{forged, stray, unnamed, cut}},
		{Name: "gone", Files: []moving.File{gone}},
		{Name: "Bad Name/", Files: []moving.File{gone}},
	}
	sheet := from.into(t, site)
	want := map[string]string{
		"taken/1.0/noarch/taken-1.0-0.conda":     "other bytes (sha256 " + taken.SHA256 + "). Give it another version or build number, or remove the channel's file first.",
		"mixed/1.0/noarch/mixed-1.0-0.conda":     "was said of it",
		"mixed/1.0/noarch/elsewhere-1.0-0.conda": "belongs to the package elsewhere, not to mixed",
		"mixed/2.0/noarch/mixed-2.0-0.conda":     "label",
		"mixed/3.0/noarch/mixed-3.0-0.conda":     "broke off",
		"gone/1/gone.bin":                        "it is gone",
		"Bad Name/":                              "name",
	}
	for _, p := range sheet.Problems {
		if reason, ok := want[p.Name]; !ok || !strings.Contains(p.Reason, reason) {
			t.Errorf("%s: %s, want %q", p.Name, p.Reason, reason)
		}
		delete(want, p.Name)
	}
	if len(want) > 0 || sheet.Files.Copied != 0 {
		t.Errorf("nothing was said of %v; %+v", want, sheet.Files)
	}
	if _, err := site.Package(t.Context(), model.LocalOperator(), "labs", "elsewhere"); model.CodeOf(err) != model.NotFound {
		t.Errorf("a file of a private package made one of its own: %v", err)
	}
}

// broken is a connection that is cut.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the connection broke off") }

// TestMoveBreaksOff tells so, and goes on from there.
func TestMoveBreaksOff(t *testing.T) {
	t.Parallel()
	site, from := registrytest.New(t), varied(t)
	ctx, cancel := context.WithCancel(t.Context())
	van := moving.Van{Registry: site.Registry, Actor: model.LocalOperator(), Moved: cancel}
	sheet, err := van.Move(ctx, from.channel(), "labs")
	if !errors.Is(err, context.Canceled) || sheet.Packages.Here != 1 || len(sheet.Problems) > 1 {
		t.Fatalf("broken off: %v, %+v", err, sheet)
	}
	if again := from.into(t, site); again.Files.Here != 6 || again.Files.Present != 3 || len(from.opened) != 6 {
		t.Errorf("gone on: %+v, opened %v", again, from.opened)
	}
}

// TestMoveFromAServerThatGoesAway breaks off with the reason.
func TestMoveFromAServerThatGoesAway(t *testing.T) {
	t.Parallel()
	site, from := registrytest.New(t), varied(t).channel()
	for i := range from.Packages[1:] {
		from.Packages[1+i].Read = func(context.Context) (moving.Package, error) {
			return moving.Package{}, fmt.Errorf("old.test %w: no route", moving.ErrUnreachable)
		}
	}
	van := moving.Van{Registry: site.Registry, Actor: model.LocalOperator(), Moved: func() {}}
	sheet, err := van.Move(t.Context(), from, "labs")
	if err == nil || err.Error() != "the move broke off, and the same command goes on with it: old.test cannot be reached: no route" || sheet.Packages.Here != 1 || len(sheet.Locked) != 0 {
		t.Errorf("%v, %+v", err, sheet)
	}
}

// TestMoveKeepsWhatWasWrittenHere and adds labels that are missing.
func TestMoveKeepsWhatWasWrittenHere(t *testing.T) {
	t.Parallel()
	site, from, brook := registrytest.New(t), varied(t), model.LocalOperator()
	from.labels = nil
	from.into(t, site)
	if _, err := site.UpdatePackage(t.Context(), brook, "labs", "tiny", registry.PackageChange{Summary: ptr("Written here"), ByHand: true}); err != nil {
		t.Fatal(err)
	}
	sel := registry.Selection{FileName: registry.FileName{Package: "tiny"}}
	if _, err := site.ChangeLabels(t.Context(), brook, "labs", sel, registry.LabelChange{Add: []string{"ours"}, Only: true}); err != nil {
		t.Fatal(err)
	}
	from.into(t, site)
	d := packageOf(t, site, "tiny")
	if labels := d.Releases[0].Files[0].Labels; d.Summary != "Written here" || !slices.Equal(labels, []string{"dev", "main", "ours"}) {
		t.Errorf("summary %q, labels %v", d.Summary, labels)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
