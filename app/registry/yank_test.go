package registry_test

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// repodata is a subdir's index as clients read it.
type repodata struct {
	Packages map[string]json.RawMessage
	Conda    map[string]json.RawMessage `json:"packages.conda"`
	Removed  []string
}

func (s shelf) repodata(label, subdir string) repodata {
	s.t.Helper()
	var out repodata
	if err := json.Unmarshal(s.index(label, subdir), &out); err != nil {
		s.t.Fatal(err)
	}
	return out
}

// TestYankHidesFromResolversAlone yanks a file: no index offers it, all that carry
// it name it under removed, and it can still be fetched.
func TestYankHidesFromResolversAlone(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx := t.Context()
	one := registry.Selection{FileName: registry.FileName{Package: "a", Version: "1.0", Basename: aNoarch}}
	files, err := s.YankFiles(ctx, s.brook, "labs", one, "Breaks <b>.")
	if err != nil || len(files) != 1 || !files[0].Yanked() {
		t.Fatalf("yank: %v, %v", files, err)
	}
	index := s.repodata("dev", "noarch")
	if index.Conda["a-1.0-0.conda"] != nil || !slices.Equal(index.Removed, []string{"a-1.0-0.conda"}) || index.Conda["b-2.0-0.conda"] == nil {
		t.Errorf("after the yank: %v", index)
	}
	if other := s.repodata("main", "noarch"); len(other.Removed) > 0 {
		t.Errorf("a label that the file does not carry names it: %v", other)
	}
	opened, err := s.OpenCondaFile(ctx, model.Actor{}, "labs", "", "noarch", "a-1.0-0.conda")
	if err != nil {
		t.Fatalf("download: %v", err)
	}
	defer opened.Bytes.Close()
	if n, err := io.Copy(io.Discard, opened.Bytes); err != nil || n != opened.Size {
		t.Errorf("read %d bytes, %v, want %d", n, err, opened.Size)
	}

	seq := s.seq()
	files, err = s.YankFiles(ctx, s.brook, "labs", one, "Breaks <b>.")
	if err != nil || len(files) != 0 || s.seq() != seq {
		t.Errorf("yank again: %v, %v, and the index changed: %v", files, err, s.seq() != seq)
	}
	since := opened.YankedAt
	if files, err = s.YankFiles(ctx, s.brook, "labs", one, " Better\x1b\r\nwords.\t"); err != nil || len(files) != 1 || !files[0].YankedAt.Equal(since) {
		t.Errorf("new reason: %v, %v", files, err)
	}
	if files, err = s.UnyankFiles(ctx, s.brook, "labs", ofPackage("a")); err != nil || len(files) != 1 || files[0].Yanked() || files[0].YankReason != "" {
		t.Errorf("undo: %v, %v", files, err)
	}
	if index := s.repodata("dev", "noarch"); len(index.Removed) > 0 || index.Conda["a-1.0-0.conda"] == nil {
		t.Errorf("after the undo: %v", index)
	}
	s.want("audit", auditLines(t, s.Site, "labs", "file.yank", "file.unyank"), nil,
		"file.yank labs/a/1.0/noarch/a-1.0-0.conda Breaks <b>.", "file.yank labs/a/1.0/noarch/a-1.0-0.conda Better words.",
		"file.unyank labs/a/1.0/noarch/a-1.0-0.conda ")
}

func (s shelf) seq() int64 {
	s.t.Helper()
	a, err := s.Store.Account(s.t.Context(), "labs")
	if err != nil {
		s.t.Fatal(err)
	}
	return a.Seq
}

func TestYankRefusals(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx := t.Context()
	_, err := s.YankFiles(ctx, s.brook, "labs", ofPackage("a"), strings.Repeat("x", 501))
	s.refused("long reason", err, model.Invalid, "Use at most 500 characters.")
	_, err = s.YankFiles(ctx, s.Actor(t, "casey"), "labs", ofPackage("a"), "")
	if model.CodeOf(err) != model.Forbidden {
		t.Errorf("stranger: %v", err)
	}
	_, err = s.YankFiles(ctx, model.Actor{}, "labs", ofPackage("a"), "")
	if model.CodeOf(err) != model.Unauthenticated {
		t.Errorf("anonymous: %v", err)
	}
}

// TestIndexedTimestamp notes in the record when a file first stood in an index,
// whatever the archive says, and never changes it afterwards.
func TestIndexedTimestamp(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx := t.Context()
	before := time.Now().Add(-time.Second)
	f := s.Publish(t, s.brook, "labs", condatest.Spec{Name: "c", Index: map[string]any{"indexed_timestamp": 1, "extra_key": []int{1}}})
	stamp := func() (at int64) {
		var record struct {
			At    *int64 `json:"indexed_timestamp"`
			Extra []int  `json:"extra_key"`
		}
		if err := json.Unmarshal(s.repodata("main", "noarch").Conda[f.FileName()], &record); err != nil || record.At == nil || len(record.Extra) != 1 {
			t.Fatalf("record %+v, %v", record, err)
		}
		return *record.At
	}
	first := stamp()
	if at := time.UnixMilli(first); at.Before(before) || at.After(time.Now()) || first != f.IndexedAt.UnixMilli() {
		t.Errorf("got %v, want %v", at, f.IndexedAt)
	}
	file := registry.FileName{Package: "c", Version: "1.0", Basename: f.Basename}
	later := s.Later(time.Hour)
	for what, err := range map[string]error{
		"yank": second(later.YankFiles(ctx, s.brook, "labs", registry.Selection{FileName: file}, "")), "unyank": second(later.UnyankFiles(ctx, s.brook, "labs", registry.Selection{FileName: file})),
		"patch": second(later.PatchFile(ctx, s.brook, "labs", file, []byte(`{"license":"MIT"}`), "")),
	} {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	if _, err := later.UnyankFiles(ctx, s.brook, "labs", ofPackage("c")); err != nil {
		t.Fatal(err)
	}
	if again := stamp(); again != first {
		t.Errorf("changed from %d to %d", first, again)
	}
}
