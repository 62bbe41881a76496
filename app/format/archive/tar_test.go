package archive_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

func tarred(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, h := range headers {
		body := strings.Repeat("x", int(h.Size))
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func walk(data []byte, visit func(archive.Member) error) error {
	return archive.WalkTar(archive.LimitOutput(bytes.NewReader(data), int64(len(data))), "The archive", visit)
}

func ignore(archive.Member) error { return nil }

func TestWalkTar(t *testing.T) {
	t.Parallel()
	data := tarred(t,
		tar.Header{Typeflag: tar.TypeXGlobalHeader, PAXRecords: map[string]string{"comment": "made by a tool"}},
		tar.Header{Name: "info/", Typeflag: tar.TypeDir},
		tar.Header{Name: "./info//a", Size: 600},
		tar.Header{Name: "lib/b", Typeflag: tar.TypeSymlink, Linkname: "../c"},
		tar.Header{Name: "lib/d", Typeflag: tar.TypeLink, Linkname: "lib/b"},
		tar.Header{Name: strings.Repeat("long/", 60) + "näme"},
	)
	var got []string
	err := walk(append(data, make([]byte, 9000)...), func(m archive.Member) error {
		head := make([]byte, 3)
		n, _ := io.ReadFull(m, head)
		got = append(got, fmt.Sprint(m.Name[:min(len(m.Name), 8)], " ", m.Regular, " ", m.Folder, " ", string(head[:n])))
		return nil
	})
	want := "info false true |info/a true false xxx|lib/b false false |lib/d false false |long/lon true false "
	if strings.Join(got, "|") != want || err != nil {
		t.Errorf("got %q, %v, want %q", strings.Join(got, "|"), err, want)
	}
}

func TestWalkTarRefuses(t *testing.T) {
	t.Parallel()
	one := tarred(t, tar.Header{Name: "a", Size: 10})
	// A writer makes no sparse files, so the record is renamed afterwards.
	sparse := bytes.Replace(tarred(t, tar.Header{Name: "a", PAXRecords: map[string]string{"XXX.sparse.name": "b"}}), []byte("XXX.sparse"), []byte("GNU.sparse"), 1)
	tests := map[string]struct {
		data     []byte
		sentence string
	}{
		"nothing":           {nil, "cut short"},
		"no end":            {one[:1024], "cut short"},
		"half a block":      {one[:700], "cut short"},
		"body cut":          {one[:515], "cut short"},
		"end cut":           {one[:1100], "cut short"},
		"text":              {[]byte(strings.Repeat("text ", 200)), "damaged"},
		"data after end":    {append(bytes.Clone(one), one...), "after its end mark"},
		"U14 sparse":        {sparse, "sparse"},
		"device":            {tarred(t, tar.Header{Name: "a", Typeflag: tar.TypeBlock}), "neither"},
		"parent":            {tarred(t, tar.Header{Name: "../a"}), `contains ".."`},
		"hard link outside": {tarred(t, tar.Header{Name: "a", Typeflag: tar.TypeLink, Linkname: "/a"}), "is absolute"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := walk(test.data, ignore); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), test.sentence) {
				t.Errorf("got %v (%v), want Invalid with %q", err, model.CodeOf(err), test.sentence)
			}
		})
	}
}

func TestWalkTarEndsAtTheVisitorsError(t *testing.T) {
	t.Parallel()
	want := model.Errorf(model.Invalid, "No.")
	data := tarred(t, tar.Header{Name: "a"}, tar.Header{Name: "b"})
	calls := 0
	err := walk(data, func(archive.Member) error { calls++; return want })
	if !errors.Is(err, want) || calls != 1 {
		t.Errorf("got %v after %d calls", err, calls)
	}
}

func TestWalkTarLimitsMembers(t *testing.T) {
	t.Parallel()
	block := tarred(t, tar.Header{Name: "a"})[:512]
	many := io.MultiReader(bytes.NewReader(bytes.Repeat(block, archive.MaxMembers+1)), bytes.NewReader(make([]byte, 1024)))
	err := archive.WalkTar(archive.Limit(many, 1<<40, io.ErrShortBuffer), "The archive", ignore)
	if err == nil || !strings.Contains(err.Error(), "members") {
		t.Errorf("got %v", err)
	}
}

func TestCleanPath(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a": "a", "./a//b/": "a/b", "a/./b": "a/b", `system-\x2dmount.slice`: `system-\x2dmount.slice`, "..a/b..": "..a/b..", "man3/App::Prove.3": "man3/App::Prove.3", "1:a": "1:a", ".": ".",
	} {
		if got, err := archive.CleanPath(name); got != want || err != nil {
			t.Errorf("%q: got %q, %v, want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"", "/", "/a", "..", "../a", "a/..", "a/../b", `a\..\b`, `\a`, `\\host\a`, "C:", "c:a", "C:/a", "a\x00b"} {
		if got, err := archive.CleanPath(name); model.CodeOf(err) != model.Invalid {
			t.Errorf("%q: got %q, %v, want Invalid", name, got, err)
		}
	}
}

// FuzzWalkTar checks that no name that is handed on leads out of the archive.
func FuzzWalkTar(f *testing.F) {
	f.Add(tarred(f, tar.Header{Name: "info/a", Size: 9}, tar.Header{Name: strings.Repeat("é", 90)}))
	f.Add(tarred(f, tar.Header{Name: "a", PAXRecords: map[string]string{"XXX.sparse.name": "b"}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		err := walk(data, func(m archive.Member) error {
			if strings.HasPrefix(m.Name, "/") || strings.HasPrefix(m.Name, "../") || m.Name == ".." || strings.Contains(m.Name, "/../") {
				t.Errorf("got member %q", m.Name)
			}
			return nil
		})
		if err != nil && model.CodeOf(err) != model.Invalid {
			t.Errorf("got %v, want Invalid", err)
		}
	})
}
