package registry_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// checked checks the site and returns what was found, a line each.
func checked(t *testing.T, s *registrytest.Site, deep, repair bool) (lines []string, sums registry.CheckSums) {
	t.Helper()
	sums, err := s.CheckSite(t.Context(), model.LocalOperator(), registry.CheckRequest{
		Deep: deep, Repair: repair, Looked: func(int) {},
		Report: func(f registry.Flaw) {
			line := f.Name + ": " + f.Problem
			if f.Repaired {
				line += " (repaired)"
			}
			lines = append(lines, line)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, sums
}

// wants fails the test unless there is a line for each of these beginnings, and no
// other.
func wantLines(t *testing.T, when string, got []string, want ...string) {
	t.Helper()
	ok := len(got) == len(want)
	for i := range want {
		ok = ok && i < len(got) && strings.HasPrefix(got[i], want[i])
	}
	if !ok {
		t.Errorf("%s: got\n%s\nwant\n%s", when, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// stockedSite has a conda package with a patch, a wheel and a note.
func stockedSite(t *testing.T) (*registrytest.Site, model.File) {
	t.Helper()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	f := s.Publish(t, brook, "labs", condatest.Spec{Name: "tiny", RunExports: map[string]any{"weak": []string{"tiny"}}})
	s.Publish(t, brook, "labs", condatest.Spec{Name: "patched", TarBz2: true})
	_, err := s.PatchFile(t.Context(), brook, "labs", registry.FileName{Package: "patched", Version: "1.0", Basename: "noarch/patched-1.0-0.tar.bz2"}, []byte(`{"depends": ["python"]}`), "it needs it")
	if err != nil {
		t.Fatal(err)
	}
	mustPublishPython(t, s, "labs", pypitest.Spec{Name: "rec"})
	return s, f
}

func TestCheckSoundSite(t *testing.T) {
	t.Parallel()
	s, _ := stockedSite(t)
	openRepodata(t, s)
	lines, sums := checked(t, s, true, true)
	wantLines(t, "a sound site", lines)
	if sums.Files != 3 || sums.Blobs != 4 || sums.Garbage != 0 || sums.Indexes == 0 {
		t.Errorf("looked at %+v", sums)
	}
	if err := s.DeletePackage(t.Context(), s.Actor(t, "brook"), "labs", "tiny"); err != nil {
		t.Fatal(err)
	}
	if _, sums := checked(t, s, false, false); sums.Garbage != 1 || sums.GarbageBytes == 0 || sums.Files != 2 {
		t.Errorf("after a removal: %+v", sums)
	}
	_, err := s.CheckSite(t.Context(), s.Actor(t, "brook"), registry.CheckRequest{})
	check(t, "by a user", err, model.Forbidden)
}

func openRepodata(t *testing.T, s *registrytest.Site) string {
	t.Helper()
	doc, err := s.OpenIndex(t.Context(), model.Actor{}, "labs", "main", "noarch", model.Repodata)
	if err != nil {
		t.Fatal(err)
	}
	return string(must(model.ReadBody(doc.Body)))
}

// TestCheckIndexes finds an index that says otherwise than the rows, and makes it
// anew.
func TestCheckIndexes(t *testing.T) {
	t.Parallel()
	s, f := stockedSite(t)
	before := openRepodata(t, s)
	f.Record = json.RawMessage(strings.Replace(string(f.Record), `"build":"0"`, `"build":"7"`, 1))
	if err := s.Store.UpdateFile(t.Context(), &f, "record"); err != nil {
		t.Fatal(err)
	}
	const flaw = `index of labs/label/main/noarch: What is kept for who sees "public" differs from the database: repodata.json`
	lines, _ := checked(t, s, false, false)
	wantLines(t, "without the log", lines, flaw)
	if openRepodata(t, s) != before {
		t.Error("looking has changed the index")
	}
	lines, sums := checked(t, s, false, true)
	wantLines(t, "with --repair", lines, flaw)
	if sums.Repaired != 1 || !strings.Contains(openRepodata(t, s), `"build":"7"`) {
		t.Errorf("repaired %d, the index is %s", sums.Repaired, openRepodata(t, s))
	}
	lines, _ = checked(t, s, false, false)
	wantLines(t, "afterwards", lines)

	// The archive says otherwise than both.
	lines, _ = checked(t, s, true, false)
	wantLines(t, "deep", lines, "labs/tiny/1.0/noarch/tiny-1.0-0.conda: Its record in the database is not that of its archive.")
	lines, _ = checked(t, s, true, true)
	if !strings.HasSuffix(lines[0], "(repaired)") || openRepodata(t, s) != before {
		t.Errorf("%q, the index is\n%s, was\n%s", lines, openRepodata(t, s), before)
	}
}

// TestReindex reads the archives again and puts every record right, those with a
// patch too.
func TestReindex(t *testing.T) {
	t.Parallel()
	s, _ := stockedSite(t)
	before := openRepodata(t, s)
	spoil := func(f model.File, _ error) {
		f.Record, f.OriginalRecord, f.RunExports = json.RawMessage(`{}`), nil, nil
		if f.Patch != nil {
			f.OriginalRecord = json.RawMessage(`{}`)
		}
		if err := s.Store.UpdateFile(t.Context(), &f, "record", "original_record", "run_exports"); err != nil {
			t.Fatal(err)
		}
	}
	for name, basename := range map[string]string{"tiny": "noarch/tiny-1.0-0.conda", "patched": "noarch/patched-1.0-0.tar.bz2", "rec": "rec-1.0-py3-none-any.whl"} {
		spoil(s.File(t.Context(), s.Actor(t, "brook"), "labs", name, "1.0", basename))
	}
	read := 0
	sums, err := s.Reindex(t.Context(), model.LocalOperator(), registry.ReindexRequest{Channel: "Labs", Read: true, Looked: func(int) { read++ }})
	if err != nil || sums.Channels != 1 || sums.Files != 3 || read != 3 || sums.Changed != 3 || len(sums.Unreadable) > 0 {
		t.Errorf("%+v, %v", sums, err)
	}
	if after := openRepodata(t, s); after != before || !strings.Contains(after, `"depends":["python"]`) {
		t.Errorf("the index is\n%s\nwas\n%s", after, before)
	}
	sums, err = s.Reindex(t.Context(), model.LocalOperator(), registry.ReindexRequest{Read: true, Looked: func(int) {}})
	if err != nil || sums.Changed != 0 || sums.Channels != 1 {
		t.Errorf("again: %+v, %v", sums, err)
	}
	_, err = s.Reindex(t.Context(), s.Actor(t, "brook"), registry.ReindexRequest{})
	check(t, "by a user", err, model.Forbidden)
}

// TestCheckBytes finds bytes that are missing, cut off or altered.
func TestCheckBytes(t *testing.T) {
	t.Parallel()
	s, f := stockedSite(t)
	path := func(sha256 string) string { return filepath.Join(s.Dir, "blobs", sha256[:2], sha256) }
	data := must(os.ReadFile(path(f.SHA256)))
	altered := slices.Clone(data)
	altered[0]++
	for name, tt := range map[string]struct {
		bytes   []byte
		shallow bool // is seen without --deep
		says    string
	}{"missing": {nil, true, "missing"}, "cut off": {data[:10], true, "damaged"}, "altered": {altered, false, "damaged"}} {
		if err := os.Remove(path(f.SHA256)); err != nil {
			t.Fatal(err)
		}
		if tt.bytes != nil {
			if err := os.WriteFile(path(f.SHA256), tt.bytes, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		lines, _ := checked(t, s, false, false)
		if found := len(lines) == 1 && strings.Contains(lines[0], tt.says); found != tt.shallow {
			t.Errorf("%s: %q", name, lines)
		}
		lines, sums := checked(t, s, true, true)
		if len(lines) != 1 || !strings.Contains(lines[0], tt.says) || sums.Repaired != 0 {
			t.Errorf("%s: deep %q", name, lines)
		}
		if _, err := os.Stat(path(f.SHA256)); err == nil {
			t.Errorf("%s: what is damaged is still in its place", name)
		}
		var files folder
		files.add("noarch/tiny-1.0-0.conda", "noarch", data)
		if fates := files.into(t, s, "labs"); fates["noarch/tiny-1.0-0.conda"] != "there" {
			t.Errorf("%s: the file again: %q", name, fates)
		}
		lines, _ = checked(t, s, true, false)
		wantLines(t, name+", uploaded again", lines)
	}
}
