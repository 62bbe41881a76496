package blobtest

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
)

func testRemove(t *testing.T, s Store) {
	sum := put(t, s, sample).SHA256
	f, err := s.Open(sum)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for range 2 { // what is absent is removed already
		if err := s.Remove(sum); err != nil {
			t.Fatalf("remove: %v", err)
		}
	}
	if got, err := io.ReadAll(f); err != nil || string(got) != sample {
		t.Errorf("an open file after the removal: got %q, %v", got, err)
	}
	expectEmpty(t, s)
	if _, err := s.Open(sum); model.CodeOf(err) != model.NotFound {
		t.Errorf("open of a removed blob: got %v, want NotFound", err)
	}
}

func testNames(t *testing.T, s Store) {
	put(t, s, sample)
	for _, name := range []string{
		"", "..", "../../etc/passwd", "/etc/passwd", "tmp", "tmp/x", sampleSHA256[:63], sampleSHA256 + "0",
		strings.ToUpper(sampleSHA256), sampleSHA256[:2] + "/" + sampleSHA256, strings.Repeat("g", 64),
		strings.Repeat("\x00", 64), "../" + strings.Repeat("a", 61), " " + sampleSHA256[1:],
	} {
		if f, err := s.Open(name); model.CodeOf(err) != model.Invalid {
			t.Errorf("open %q: got %v, %v, want Invalid", name, f, err)
		}
		if _, err := s.Has(name); model.CodeOf(err) != model.Invalid {
			t.Errorf("has %q: got %v, want Invalid", name, err)
		}
		if err := s.Remove(name); model.CodeOf(err) != model.Invalid {
			t.Errorf("remove %q: got %v, want Invalid", name, err)
		}
	}
	if _, err := s.Open(absentSHA256); model.CodeOf(err) != model.NotFound {
		t.Errorf("open of an absent blob: got %v, want NotFound", err)
	}
	if has(t, s, absentSHA256) {
		t.Error("has an absent blob")
	}
}

func testAll(t *testing.T, s Store) {
	var want []string
	for i := range 20 {
		want = append(want, put(t, s, strings.Repeat("x", i)).SHA256)
	}
	slices.Sort(want)
	var got []string
	for _, e := range list(t, s) {
		got = append(got, e.SHA256)
		if age := time.Since(e.ModTime); age > time.Hour || age < -time.Hour {
			t.Errorf("%s was committed %v ago", e.SHA256, age)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for range s.All(t.Context()) {
		break // must not go on yielding, which would panic
	}
}

func testAllCancelled(t *testing.T, s Store) {
	put(t, s, sample)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for e, err := range s.All(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, %v, want context.Canceled", e, err)
		}
	}
}

func testSweep(t *testing.T, s Store) {
	kept := put(t, s, "kept").SHA256
	for range 3 { // as a killed process leaves them
		if _, err := io.WriteString(create(t, s), sample); err != nil {
			t.Fatal(err)
		}
	}
	if n, size, err := s.SweepTemporary(time.Now().Add(-time.Hour)); n != 0 || size != 0 || err != nil {
		t.Errorf("sweep of what is an hour old: got %d, %d, %v, want none", n, size, err)
	}
	n, size, err := s.SweepTemporary(time.Now().Add(time.Hour))
	if n != 3 || size != int64(3*len(sample)) || err != nil {
		t.Errorf("sweep: got %d, %d, %v, want 3, %d", n, size, err, 3*len(sample))
	}
	expectNoLeftovers(t, s)
	if !has(t, s, kept) {
		t.Error("the sweep took a blob")
	}
}

func testCheck(t *testing.T, s Store) {
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	expectEmpty(t, s)
}
