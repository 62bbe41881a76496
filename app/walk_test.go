package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// laidOut makes a folder of empty files, and of links to what stands after them.
func laidOut(t *testing.T, files []string, links map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestWalkFiles(t *testing.T) {
	t.Parallel()
	root := laidOut(t, []string{"in/a", "in/noarch/b", "beside/c", "beside/deep/d"}, map[string]string{
		"link": "in", "in/file": "../beside/c", "in/linked": "../beside", "in/linked again": "../beside/deep",
		"in/noarch/up": "..", "beside/dead": "nowhere", "in/round": "round",
	})
	for _, name := range []string{"in", "link", "link/"} {
		var got, problems []string
		rel := func(path string) string {
			out, err := filepath.Rel(filepath.Join(root, name), path)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		walkFiles(filepath.Join(root, name), func(path string, _ fs.FileInfo) bool {
			got = append(got, rel(path))
			return true
		}, func(path string, err error) { problems = append(problems, rel(path)+": "+err.Error()) })
		if want := []string{"a", "file", "linked/c", "linked/deep/d", "noarch/b"}; !slices.Equal(got, want) {
			t.Errorf("%s: walked %q, want %q", name, got, want)
		}
		if want := []string{"linked/dead: It is a link to nowhere, which is not there.", "round: too many levels of symbolic links"}; !slices.Equal(problems, want) {
			t.Errorf("%s: problems %q, want %q", name, problems, want)
		}
	}
}

func TestWalkEndsWhenToldTo(t *testing.T) {
	t.Parallel()
	root, count := laidOut(t, []string{"a/a", "a/b", "b/c"}, nil), 0
	walkFiles(root, func(string, fs.FileInfo) bool { count++; return false }, func(path string, err error) { t.Error(path, err) })
	if count != 1 {
		t.Errorf("walked %d files, want 1", count)
	}
}
