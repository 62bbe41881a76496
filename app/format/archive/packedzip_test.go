package archive_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// member is a zip member; packed is written as it is.
type member struct {
	name   string
	packed []byte
	header zip.FileHeader
}

func deflate(t *testing.T, data string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, flate.BestSpeed)
	if err == nil {
		_, err = io.WriteString(w, data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// file returns a deflated member that unpacks to text, with more behind its stream.
func file(t *testing.T, name, text, more string) member {
	t.Helper()
	return member{name, append(deflate(t, text), more...), zip.FileHeader{
		Method: zip.Deflate, UncompressedSize64: uint64(len(text)), CRC32: crc32.ChecksumIEEE([]byte(text)),
	}}
}

func source(t *testing.T, members ...member) *archive.Source {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, m := range members {
		m.header.Name, m.header.CompressedSize64 = m.name, uint64(len(m.packed))
		out, err := w.CreateRaw(&m.header)
		if err == nil && len(m.packed) > 0 {
			_, err = out.Write(m.packed)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.NewSource(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
}

func TestReadPackedZip(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 100_000)
	src := source(t, member{name: "dir/"}, file(t, "dir/a", "hello", ""), file(t, "b", "", ""), file(t, "c", long, ""))
	files, err := archive.ReadPackedZip(src, 1<<20)
	if err != nil || len(files) != 4 {
		t.Fatalf("got %d members, %v", len(files), err)
	}
	for i, want := range []string{"", "hello", "", long} {
		r, err := archive.OpenMember(files[i])
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || string(got) != want {
			t.Errorf("%s: got %d bytes, %v", files[i].Name, len(got), err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		if n, err := r.Read(make([]byte, 9)); n > 0 || err == nil {
			t.Errorf("%s: got %d bytes, %v after Close", files[i].Name, n, err)
		}
	}
	if _, err := archive.ReadZip(src, 1<<20); model.CodeOf(err) != model.Invalid {
		t.Errorf("ReadZip: got %v", err)
	}
	if _, err := archive.ReadPackedZip(src, 100); model.CodeOf(err) != model.Invalid {
		t.Errorf("with a large directory: got %v", err)
	}
}

func TestOpenMemberFindsWhatIsBehind(t *testing.T) {
	t.Parallel()
	for _, more := range []string{"x", strings.Repeat("x", 10_000), "\x00"} {
		src := source(t, file(t, "a", strings.Repeat("text ", 3000), more))
		files, err := archive.ReadPackedZip(src, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		r, err := archive.OpenMember(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err = io.Copy(io.Discard, r); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "behind the end of its deflate stream") {
			t.Errorf("%d bytes behind: got %v", len(more), err)
		}
	}
}

func TestReadPackedZipRefuses(t *testing.T) {
	t.Parallel()
	other := file(t, "a", "hello", "")
	other.header.Method = 9
	named := file(t, "a", "hello", "")
	named.header.Extra = []byte("\x75\x70\x06\x00\x01\x00\x00\x00\x00b")
	noted := file(t, "a", "hello", "")
	noted.header.Comment = "x"
	for sentence, m := range map[string]member{
		"other than deflate": other, "has a comment": noted, "extra fields that programs": named, "control characters": file(t, "a\x01", "", ""),
		"marked as UTF-8": file(t, "ü", "", ""),
	} {
		if _, err := archive.ReadPackedZip(source(t, m), 1<<20); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), sentence) {
			t.Errorf("got %v, want %q", err, sentence)
		}
	}
}

func TestWalkTarLinks(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	for _, h := range []tar.Header{
		{Name: "a/soft", Typeflag: tar.TypeSymlink, Linkname: "../x"}, {Name: "a/hard", Typeflag: tar.TypeLink, Linkname: "a/soft"}, {Name: "a/file", Typeflag: tar.TypeReg},
	} {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var got []string
	err := archive.WalkTar(archive.Limit(&buf, 1<<20, errors.New("too much")), "The archive", func(m archive.Member) error {
		kind := map[bool]string{true: " hard"}[m.HardLink]
		got = append(got, m.Name+" "+m.Link+kind)
		return nil
	})
	if want := "a/soft ../x, a/hard a/soft hard, a/file "; err != nil || strings.Join(got, ", ") != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
