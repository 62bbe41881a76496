package registry_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// copied copies from labs to casey as casey, and returns what was copied.
func (s shelf) copied(in registry.CopyRequest) ([]string, error) {
	in.Owner = "labs"
	files, err := s.CopyFiles(s.t.Context(), s.Actor(s.t, "casey"), in)
	var names []string
	for _, f := range files {
		names = append(names, f.FullName())
	}
	return names, err
}

// TestCopyToAnotherChannel copies a release with all that is known of its files.
func TestCopyToAnotherChannel(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx, casey := t.Context(), s.Actor(t, "casey")
	name := registry.FileName{Package: "a", Version: "1.0", Basename: aNoarch}
	summary := "Counts corals"
	_, err := s.UpdatePackage(ctx, s.brook, "labs", "a", registry.PackageChange{Summary: &summary})
	for what, err := range map[string]error{
		"describe": err, "patch": second(s.PatchFile(ctx, s.brook, "labs", name, []byte(`{"license":"MIT"}`), "Wrong licence.")),
		"yank": second(s.YankFiles(ctx, s.brook, "labs", registry.Selection{FileName: name}, "Broken.")),
	} {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	before, err := s.File(ctx, s.brook, "labs", "a", "1.0", aNoarch)
	if err != nil {
		t.Fatal(err)
	}
	later := shelf{s.Later(time.Hour), t, s.brook}
	got, err := later.copied(registry.CopyRequest{FileName: registry.FileName{Package: "a", Version: "1.0"}, FromLabel: "dev", ToLabel: "QA/x"})
	s.want("copied", got, err, "casey/a/1.0/"+aLinux, "casey/a/1.0/"+aNoarch)

	f, err := s.File(ctx, casey, "casey", "a", "1.0", aNoarch)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(f.Labels, []string{"qa/x"}) || f.Uploader != "casey" || f.Downloads != 0 || f.YankReason != "Broken." || !f.Yanked() ||
		f.SHA256 != before.SHA256 || string(f.Patch) != string(before.Patch) || string(f.Attrs) != string(before.Attrs) {
		t.Errorf("the copy is %+v", f)
	}
	var record struct {
		License string
		At      int64 `json:"indexed_timestamp"`
	}
	if err := json.Unmarshal(f.Record, &record); err != nil || record.License != "MIT" || record.At != f.IndexedAt.UnixMilli() || record.At == before.IndexedAt.UnixMilli() {
		t.Errorf("its record is %s, %v", f.Record, err)
	}
	p, err := s.Package(ctx, casey, "casey", "a")
	if err != nil || p.Summary != summary || p.Access != model.Public {
		t.Errorf("its package is %+v, %v", p.Package, err)
	}
	opened, err := s.OpenCondaFile(ctx, model.Actor{}, "casey", "qa/x", "linux-64", "a-1.0-0.conda")
	if err != nil {
		t.Fatalf("fetch the copy: %v", err)
	}
	opened.Bytes.Close()
	if _, err := s.UnpatchFile(ctx, casey, "casey", name); err != nil {
		t.Errorf("unpatch the copy: %v", err)
	}
	s.want("audit", auditLines(t, s.Site, "casey", "file.copy"), nil,
		"file.copy casey/a/1.0/"+aLinux+" from labs/a/1.0/"+aLinux, "file.copy casey/a/1.0/"+aNoarch+" from labs/a/1.0/"+aNoarch)
}

// TestCopyOntoExisting has the three answers to a file that is there already.
func TestCopyOntoExisting(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx, casey := t.Context(), s.Actor(t, "casey")
	other := s.Publish(t, casey, "casey", condatest.Spec{Name: "a", Version: "1.0", Summary: "other bytes"}, "mine")
	in := registry.CopyRequest{FileName: registry.FileName{Package: "a", Version: "1.0"}, FromLabel: "dev"}
	_, err := s.copied(in)
	s.refused("refuse", err, model.Conflict, "File conflict: casey/a/1.0/"+aNoarch+" already exists. Copy with --update to add only what is missing, or with --replace to overwrite it.")
	if p, err := s.Package(ctx, casey, "casey", "a"); err != nil || len(p.Files()) != 1 {
		t.Errorf("a refused copy left %d files, %v", len(p.Files()), err)
	}
	in.Existing = registry.KeepExisting
	got, err := s.copied(in)
	s.want("keep", got, err, "casey/a/1.0/"+aLinux)
	got, err = s.copied(in)
	s.want("keep again", got, err)
	in.Existing = registry.ReplaceExisting
	got, err = s.copied(in)
	s.want("replace", got, err, "casey/a/1.0/"+aLinux, "casey/a/1.0/"+aNoarch)
	f, err := s.File(ctx, casey, "casey", "a", "1.0", aNoarch)
	if err != nil || f.SHA256 == other.SHA256 || !slices.Equal(f.Labels, []string{"main"}) {
		t.Errorf("replaced by %+v, %v", f, err)
	}
	yes := true
	if _, err := s.UpdateChannel(ctx, casey, "casey", registry.ChannelChange{Immutable: &yes}); err != nil {
		t.Fatal(err)
	}
	got, err = s.copied(in)
	s.want("replace by the same in an immutable channel", got, err, "casey/a/1.0/"+aLinux, "casey/a/1.0/"+aNoarch)
}

// TestCopyWithinAChannel labels the files, as nothing else is to be copied.
func TestCopyWithinAChannel(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	in := registry.CopyRequest{Owner: "labs", ToOwner: "labs", FileName: registry.FileName{Package: "a", Version: "1.0", Basename: aLinux}, FromLabel: "dev"}
	for range 2 {
		files, err := s.CopyFiles(t.Context(), s.brook, in)
		if err != nil || len(files) != 1 {
			t.Fatalf("got %v, %v", files, err)
		}
	}
	s.want("on main", s.on("main"), nil, aLinux)
	s.want("on dev", s.on("dev"), nil, aLinux, aNoarch, bNoarch)
}

func TestCopyRights(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx, private := t.Context(), model.Private
	if _, err := s.UpdatePackage(ctx, s.brook, "labs", "a", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	file := registry.FileName{Package: "a", Version: "1.0"}
	_, err := s.copied(registry.CopyRequest{FileName: file, FromLabel: "dev"})
	s.refused("hidden", err, model.NotFound, `Package "labs/a" does not exist.`)
	_, err = s.copied(registry.CopyRequest{FileName: registry.FileName{Package: "b", Version: "2.0"}, FromLabel: "dev", ToOwner: "labs"})
	if model.CodeOf(err) != model.Forbidden {
		t.Errorf("into a channel of others: %v", err)
	}
	_, err = s.copied(registry.CopyRequest{FileName: registry.FileName{Package: "b", Version: "2.0"}})
	s.refused("not on main", err, model.NotFound, `No file of "labs/b/2.0" carries the label main.`)
	_, err = s.copied(registry.CopyRequest{FileName: file, ToLabel: "nolabel"})
	if model.CodeOf(err) != model.Invalid {
		t.Errorf("bad label: %v", err)
	}
	if _, err := s.CreateLabel(ctx, s.Actor(t, "casey"), "casey", "main"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.LockLabel(ctx, s.Actor(t, "casey"), "casey", "main", true); err != nil {
		t.Fatal(err)
	}
	_, err = s.copied(registry.CopyRequest{FileName: registry.FileName{Package: "b", Version: "2.0"}, FromLabel: "dev"})
	s.refused("locked target", err, model.Conflict, "Label main of casey is locked. Unlock it first.")

	// What not everyone may see does not become public by being copied.
	files, err := s.CopyFiles(ctx, s.brook, registry.CopyRequest{Owner: "labs", FileName: file, FromLabel: "dev"})
	if err != nil || len(files) != 2 {
		t.Fatalf("by the owner: %v, %v", files, err)
	}
	if p, err := s.Package(ctx, s.brook, "brook", "a"); err != nil || p.Access != model.Private {
		t.Errorf("the copy of a private package is %s, %v", p.Access, err)
	}
}

// TestCopyOfWhatIsHeldBack: a copy in one's own channel would give out what is
// quarantined where it comes from.
func TestCopyOfWhatIsHeldBack(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s := newShelf(t)
	name := mustPublishPython(t, s.Site, "labs", pypitest.Spec{Name: "rec", Version: "1.0"}).Basename
	if _, err := s.SetStatus(t.Context(), s.brook, "labs", "rec", model.Quarantined, "Steals passwords."); err != nil {
		t.Fatal(err)
	}
	in := registry.CopyRequest{FileName: registry.FileName{Package: "rec", Version: "1.0", Basename: name}}
	_, err := s.copied(in)
	check(t, "copied by a reader", err, model.Forbidden)
	_, err = s.Package(t.Context(), s.Actor(t, "casey"), "casey", "rec")
	check(t, "what is left of it", err, model.NotFound)
	in.Owner, in.ToOwner = "labs", "brook"
	_, err = s.CopyFiles(t.Context(), s.brook, in)
	check(t, "copied by an owner, who gets the file anyway", err, ok)
}
