package blob_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"vivarium/app/model"
)

func TestCopyOut(t *testing.T) {
	t.Parallel()
	d, at := openDisk(t, t.TempDir()), time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC)
	target := filepath.Join(t.TempDir(), "x.conda")
	one, two := put(t, d, "content"), put(t, d, "tnetnoc")
	for i, step := range []struct {
		sha256 string
		at     time.Time
		made   bool
		want   string
	}{
		{one.SHA256, at, true, "content"}, {one.SHA256, at, false, "content"}, {two.SHA256, at.Add(time.Second), true, "tnetnoc"},
	} {
		made, err := d.CopyOut(step.sha256, target, step.at)
		got, readErr := os.ReadFile(target)
		if err != nil || readErr != nil || made != step.made || string(got) != step.want {
			t.Errorf("step %d: made %v, %v, %q, %v", i, made, err, got, readErr)
		}
	}
	if info, err := os.Stat(target); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("the copy is %v, %v: others serve it", info, err)
	}
	if _, err := d.CopyOut(one.SHA256[:62]+"00", target, at); model.CodeOf(err) != model.NotFound {
		t.Errorf("an absent blob: %v", err)
	}
	if left, _ := filepath.Glob(target + "*"); len(left) != 1 {
		t.Errorf("left behind: %q", left)
	}
}

func TestLinkOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := openDisk(t, filepath.Join(dir, "blobs"))
	one, two := put(t, d, "content"), put(t, d, "other")
	target := filepath.Join(dir, "x.conda")
	for i, step := range []struct {
		sha256 string
		made   bool
		want   string
	}{{one.SHA256, true, "content"}, {one.SHA256, false, "content"}, {two.SHA256, true, "other"}} {
		made, err := d.LinkOut(step.sha256, target)
		got, readErr := os.ReadFile(target)
		if err != nil || readErr != nil || made != step.made || string(got) != step.want {
			t.Errorf("step %d: made %v, %v, %q, %v", i, made, err, got, readErr)
		}
	}
	if info, err := os.Stat(target); err != nil || info.Mode().Perm() != 0o444 {
		t.Errorf("the link is %v, %v: nobody may write to it", info, err)
	}
	if _, err := d.LinkOut("../../etc/passwd", target); model.CodeOf(err) != model.Invalid {
		t.Errorf("a path: %v", err)
	}
}
