package registry_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/cran/crantest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// transferSite has labs of brook with the private package one, which has a conda
// file and a wheel, is starred, and reached by a group and a collaborator.
func transferSite(t *testing.T) (*registrytest.Site, model.Actor) {
	t.Helper()
	s := privateLabs(t)
	brook := s.Actor(t, "brook")
	publishWheel(t, s, brook, "labs", "one", "1.0")
	group(t, s, registry.NewGroup{Name: "crew", Permission: model.Write}, "casey", "one")
	if err := s.SetCollaborator(t.Context(), brook, "labs", "one", "mallory", model.Read); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Star(t.Context(), brook, "labs", "one", true); err != nil {
		t.Fatal(err)
	}
	return s, brook
}

func publishWheel(t *testing.T, s *registrytest.Site, by model.Actor, owner, name, version string) model.File {
	t.Helper()
	fileName, data := pypitest.Wheel(t, pypitest.Spec{Name: name, Version: version})
	in, err := s.Receive(t.Context(), by, owner)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if _, err := in.ReadFrom(bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	f, _, err := s.PublishPython(t.Context(), by, owner, in, registry.Upload{FileName: fileName})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestTransferPackage gives a package away: it is gone where it was, in every index
// at once, and whole where it is.
func TestTransferPackage(t *testing.T) {
	t.Parallel()
	s, brook := transferSite(t)
	ctx := t.Context()
	before, err := s.Package(ctx, brook, "labs", "one")
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.TransferPackage(ctx, brook, "labs", "One", "Brook")
	if err != nil {
		t.Fatal(err)
	}
	if d.FullName() != "brook/one" || len(d.Files()) != 2 || d.Access != model.Private || d.Stars != 1 || d.Permission != model.Admin {
		t.Errorf("at its new place: %s, %d files, %s, %d stars, %s", d.FullName(), len(d.Files()), d.Access, d.Stars, d.Permission)
	}
	for i, f := range d.Files() {
		old := before.Files()[i]
		if f.SHA256 != old.SHA256 || !f.UploadedAt.Equal(old.UploadedAt) || !slices.Equal(f.Labels, old.Labels) {
			t.Errorf("the file is %+v, was %+v", f, old)
		}
		if f.Type == model.Conda && (f.IndexedAt.Equal(old.IndexedAt) || !strings.Contains(string(f.Record), "indexed_timestamp")) {
			t.Errorf("it stands in this index since %s, %s", f.IndexedAt, f.Record)
		}
	}
	for _, actor := range []model.Actor{brook, s.Actor(t, "casey"), s.Actor(t, "mallory"), {}} {
		_, err := s.Package(ctx, actor, "labs", "one")
		check(t, "the old address", err, model.NotFound)
		_, err = s.OpenCondaFile(ctx, actor, "labs", "", "noarch", "one-1.0-0.conda")
		check(t, "the old file", err, model.NotFound)
		_, err = s.PythonProject(ctx, actor, "labs", "main", "one")
		check(t, "the old project", err, model.NotFound)
	}
	if got := index(t, s, brook, "main", "noarch"); !slices.Equal(got, []string{"two-1.0-0.conda"}) {
		t.Errorf("the old index lists %v", got)
	}
	if got := indexOf(t, s, brook, "brook"); !slices.Equal(got, []string{"one-1.0-0.conda"}) {
		t.Errorf("the new index lists %v", got)
	}
	if p, err := s.PythonProject(ctx, brook, "brook", "main", "one"); err != nil || len(p.Files) != 1 {
		t.Errorf("the new project has %v, %v", p.Files, err)
	}
	f, err := s.OpenCondaFile(ctx, brook, "brook", "main", "noarch", "one-1.0-0.conda")
	if err != nil {
		t.Fatal(err)
	}
	f.Bytes.Close()
	report := func(f registry.Flaw) { t.Errorf("the check finds %+v", f) }
	if _, err := s.CheckSite(ctx, model.LocalOperator(), registry.CheckRequest{Deep: true, Report: report, Looked: func(int) {}}); err != nil {
		t.Error(err)
	}
}

// TestTransferLeavesRightsBehind (T9): groups and collaborators of the old place have
// nothing at the new one, also when the package comes back.
func TestTransferLeavesRightsBehind(t *testing.T) {
	t.Parallel()
	s, brook := transferSite(t)
	ctx := t.Context()
	for _, way := range [][2]string{{"labs", "brook"}, {"brook", "labs"}} {
		if _, err := s.TransferPackage(ctx, brook, way[0], "one", way[1]); err != nil {
			t.Fatal(err)
		}
		for _, login := range []string{"casey", "mallory"} {
			for _, owner := range []string{"labs", "brook"} {
				_, err := s.Package(ctx, s.Actor(t, login), owner, "one")
				check(t, login+" in "+owner, err, model.NotFound)
			}
			if got := indexOf(t, s, s.Actor(t, login), way[1]); len(got) > 0 {
				t.Errorf("%s sees %v in %s", login, got, way[1])
			}
		}
	}
	g, err := s.Group(ctx, brook, "labs", "crew")
	if err != nil || len(g.Packages) > 0 {
		t.Errorf("the group reaches %v, %v", g.Packages, err)
	}
}

// indexOf lists what actor sees in the noarch index of a channel.
func indexOf(t *testing.T, s *registrytest.Site, actor model.Actor, channel string) []string {
	t.Helper()
	list, err := s.SubdirFiles(t.Context(), actor, channel, "main", "noarch", "")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range list.Files {
		names = append(names, f.FileName())
	}
	doc, err := s.OpenIndex(t.Context(), actor, channel, "main", "noarch", model.Repodata)
	if err != nil {
		t.Fatal(err)
	}
	body, err := model.ReadBody(doc.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !bytes.Contains(body, []byte(name)) {
			t.Errorf("the page of %s lists %s, the index does not", channel, name)
		}
	}
	if n := bytes.Count(body, []byte(`"name":`)); n != len(names) {
		t.Errorf("the index of %s has %d records, its page %d", channel, n, len(names))
	}
	return names
}

// TestTransferIsRefused by one side or the other; nothing moves then.
func TestTransferIsRefused(t *testing.T) {
	t.Parallel()
	s, brook := transferSite(t)
	ctx, yes := t.Context(), true
	group(t, s, registry.NewGroup{Name: "managers", Permission: model.Admin}, "mallory", "two")
	for _, org := range []string{"vault", "full", "once"} {
		if _, err := s.CreateOrganization(ctx, brook, registry.NewOrganization{Login: org}); err != nil {
			t.Fatal(err)
		}
	}
	s.Publish(t, brook, "full", condatest.Spec{Name: "two"})
	s.Publish(t, brook, "vault", condatest.Spec{Name: "other"})
	if _, err := s.LockLabel(ctx, brook, "vault", "main", true); err != nil {
		t.Fatal(err)
	}
	give := func(actor model.Actor, owner, name, to string) error {
		_, planned := s.CheckTransfer(ctx, actor, owner, name, to)
		_, err := s.TransferPackage(ctx, actor, owner, name, to)
		if model.MessageOf(planned) != model.MessageOf(err) {
			t.Errorf("%s/%s to %s: announced %q, refused by %q", owner, name, to, model.MessageOf(planned), model.MessageOf(err))
		}
		return err
	}
	casey, mallory := s.Actor(t, "casey"), s.Actor(t, "mallory")
	check(t, "by a writer", give(casey, "labs", "one", "casey"), model.Forbidden)
	check(t, "by who does not see it", give(casey, "labs", "two", "casey"), model.NotFound)
	check(t, "by anybody", give(model.Actor{}, "labs", "two", "casey"), model.NotFound)
	check(t, "to an account of others", give(mallory, "labs", "two", "brook"), model.Forbidden)
	check(t, "to the same", give(brook, "labs", "two", "LABS"), model.Conflict)
	check(t, "to nobody", give(brook, "labs", "two", ""), model.Invalid)
	check(t, "to an unknown one", give(brook, "labs", "two", "nowhere"), model.NotFound)
	check(t, "to a taken name", give(brook, "labs", "two", "full"), model.Conflict)
	check(t, "under a locked label there", give(brook, "labs", "two", "vault"), model.Conflict)
	check(t, "under a locked label here", give(brook, "vault", "other", "brook"), model.Conflict)
	if _, err := s.UpdateChannel(ctx, brook, "full", registry.ChannelChange{Immutable: &yes}); err != nil {
		t.Fatal(err)
	}
	check(t, "out of an immutable channel", give(brook, "full", "two", "brook"), model.Conflict)
	check(t, "into an immutable channel", give(brook, "labs", "one", "full"), model.Internal)
	check(t, "by an admin of the package", give(mallory, "labs", "two", "mallory"), model.Internal)
}

// TestTransferOfPythonNames: a name of a Python file stays taken where it was, and is
// good for the same bytes alone.
func TestTransferOfPythonNames(t *testing.T) {
	t.Parallel()
	s, brook := transferSite(t)
	ctx := t.Context()
	give := func(from, name, to string) error {
		_, err := s.TransferPackage(ctx, brook, from, name, to)
		return err
	}
	publishWheel(t, s, brook, "brook", "o-ne", "1.0")
	publishWheel(t, s, brook, "labs", "o_ne", "2.0")
	check(t, "another spelling", give("labs", "o_ne", "brook"), model.Conflict)
	check(t, "away", give("labs", "one", "brook"), model.Internal)
	fileName, data := pypitest.Wheel(t, pypitest.Spec{Name: "one", Version: "1.0", Summary: "Other bytes"})
	in, err := s.Receive(ctx, brook, "labs")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if _, err := in.ReadFrom(bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	_, _, err = s.PublishPython(ctx, brook, "labs", in, registry.Upload{FileName: fileName})
	check(t, "other bytes under the old name", err, model.Invalid)
	check(t, "back", give("brook", "one", "labs"), model.Internal)
	check(t, "away again", give("labs", "one", "brook"), model.Internal)
}

// TestTransferOfEveryType gives what is no conda package away: notebooks, environments,
// R packages, any file.
func TestTransferOfEveryType(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	ctx, brook := t.Context(), s.Actor(t, "brook")
	rName, rData := crantest.Build(t, crantest.Spec{Name: "tinyr", Version: "1.0"})
	for _, one := range []struct {
		in   registry.StageRequest
		data string
	}{
		{registry.StageRequest{Package: "field", Basename: "field.ipynb", Type: model.Notebook}, `{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`},
		{registry.StageRequest{Package: "reefenv", Basename: "reefenv.yml", Type: model.Environment}, "name: reefenv\ndependencies: [python]\n"},
		{registry.StageRequest{Package: "tinyr", Basename: rName, Type: model.RPackage}, string(rData)},
		{registry.StageRequest{Package: "any", Basename: "any.txt", Type: model.GenericFile}, "any"},
	} {
		one.in.Owner, one.in.Version = "labs", "1.0"
		if _, err := s.Upload(t, brook, one.in, []byte(one.data)); err != nil {
			t.Fatal(err)
		}
		d, err := s.TransferPackage(ctx, brook, "labs", one.in.Package, "brook")
		if err != nil || len(d.Files()) != 1 || d.Files()[0].FullName() != "brook/"+one.in.Package+"/1.0/"+one.in.Basename {
			t.Errorf("%s: %v, %v", one.in.Package, d.Files(), err)
			continue
		}
		f, err := s.OpenFile(ctx, brook, "brook", one.in.Package, "1.0", one.in.Basename)
		if err != nil {
			t.Fatal(err)
		}
		f.Bytes.Close()
		_, err = s.OpenFile(ctx, brook, "labs", one.in.Package, "1.0", one.in.Basename)
		check(t, "where it was", err, model.NotFound)
	}
	report := func(f registry.Flaw) { t.Errorf("the check finds %+v", f) }
	if _, err := s.CheckSite(ctx, model.LocalOperator(), registry.CheckRequest{Deep: true, Report: report, Looked: func(int) {}}); err != nil {
		t.Error(err)
	}
}

// TestTransferIsAudited in both accounts, in the transaction.
func TestTransferIsAudited(t *testing.T) {
	t.Parallel()
	s, brook := transferSite(t)
	if _, err := s.TransferPackage(t.Context(), brook, "labs", "one", "brook"); err != nil {
		t.Fatal(err)
	}
	for account, want := range map[string]string{
		"labs":  "package.transfer labs/one to brook: 2 files, without 1 groups and 1 collaborators",
		"brook": "package.receive brook/one from labs: 2 files, without 1 groups and 1 collaborators",
	} {
		if got := auditLines(t, s, account, "package.transfer", "package.receive"); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %q", account, got, want)
		}
	}
}

// TestTransferEndsUploads: what is under way to the old address arrives nowhere.
func TestTransferEndsUploads(t *testing.T) {
	t.Parallel()
	s, brook := transferSite(t)
	ctx, spec := t.Context(), condatest.Spec{Name: "one", Version: "2.0"}
	fileName, data := condatest.Build(t, spec)
	in := registrytest.Announce(spec, "labs", fileName, data)
	staged, err := s.StageFile(ctx, brook, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.TransferPackage(ctx, brook, "labs", "one", "brook"); err != nil {
		t.Fatal(err)
	}
	if err := s.StoreFile(ctx, staged.Ticket, nil, int64(len(data)), bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	_, err = s.CommitFile(ctx, brook, in.Owner, in.Package, in.Version, in.Basename, staged.DistID)
	check(t, "commit", err, model.NotFound)
}

// TestPublishesTo lists where people may make packages.
func TestPublishesTo(t *testing.T) {
	t.Parallel()
	s := privateLabs(t)
	group(t, s, registry.NewGroup{Name: "readers", Permission: model.Read, AllPackages: true}, "mallory")
	group(t, s, registry.NewGroup{Name: "writers", Permission: model.Write, AllPackages: true}, "casey")
	group(t, s, registry.NewGroup{Name: "some", Permission: model.Admin}, "ada", "one")
	for login, want := range map[string][]string{"brook": {"brook", "labs"}, "casey": {"casey", "labs"}, "mallory": {"mallory"}, "ada": {"ada"}} {
		if got, err := s.PublishesTo(t.Context(), s.Actor(t, login)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v, want %v", login, got, err, want)
		}
	}
	_, err := s.PublishesTo(t.Context(), model.Actor{})
	check(t, "nobody", err, model.Unauthenticated)
}
