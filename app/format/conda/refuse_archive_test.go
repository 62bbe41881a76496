package conda_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func TestU15Mislabelled(t *testing.T) {
	t.Parallel()
	_, zipped := condatest.Build(t, condatest.Spec{})
	_, bzipped := condatest.Build(t, condatest.Spec{TarBz2: true})
	plain := condatest.Tar(t, condatest.InfoMembers(t, condatest.Spec{})...)
	const c, b = "demo-1.0-0.conda", "demo-1.0-0.tar.bz2"
	refused(t, []hostile{
		{"nothing", c, nil, "not a zip"},
		{"nothing", b, nil, "not a bzip2"},
		{"text", c, []byte("hello"), "not a zip"},
		{"text", b, []byte("hello"), "not a bzip2"},
		{"zip as tar.bz2", b, zipped, "not a bzip2"},
		{"tar.bz2 as zip", c, bzipped, "not a zip"},
		{"tar as tar.bz2", b, plain, "not a bzip2"},
		{"zip behind tar", c, append(bytes.Clone(plain), zipped...), "not a zip"},
		{"zip behind zip", c, append(bytes.Clone(zipped), zipped...), "end record"},
		{"zip behind bzip2", b, append(bytes.Clone(bzipped), zipped...), "damaged"},
		{"text behind zip", c, append(bytes.Clone(zipped), "more"...), "end record"},
		{"no tar in it", b, condatest.Bzip2([]byte(strings.Repeat("no tar", 500))), "damaged"},
		{"empty tar", b, condatest.Bzip2(condatest.Tar(t)), "no info/index.json"},
		{"data behind the tar", b, condatest.Bzip2(append(bytes.Clone(plain), plain...)), "after its end mark"},
		{"tar without end", b, condatest.Bzip2(plain[:len(plain)-1024]), "cut short"},
	})
}

func TestU15CutShort(t *testing.T) {
	t.Parallel()
	for _, tarBz2 := range []bool{false, true} {
		fileName, data := condatest.Build(t, condatest.Spec{TarBz2: tarBz2})
		for n := range data {
			if _, err := read(data[:n], fileName); model.CodeOf(err) != model.Invalid {
				t.Fatalf("%s cut to %d of %d bytes: got %v, want Invalid", fileName, n, len(data), err)
			}
		}
	}
}

func TestU15CondaMembers(t *testing.T) {
	t.Parallel()
	const c = "demo-1.0-0.conda"
	change := func(change func(e []condatest.Entry) []condatest.Entry) []byte {
		return condatest.Zip(t, change(condatest.CondaEntries(t, condatest.Spec{}))...)
	}
	body := func(i int, b []byte) []byte {
		return change(func(e []condatest.Entry) []condatest.Entry { e[i].Body = b; return e })
	}
	tarred := condatest.Tar(t, condatest.FileMembers(condatest.Spec{})...)
	refused(t, []hostile{
		{"no metadata.json", c, change(func(e []condatest.Entry) []condatest.Entry { return e[1:] }), "lacks its member \"metadata.json\""},
		{"no pkg", c, change(func(e []condatest.Entry) []condatest.Entry { return append(e[:1], e[2]) }), "lacks its member \"pkg-demo"},
		{"no info", c, change(func(e []condatest.Entry) []condatest.Entry { return e[:2] }), "lacks its member \"info-demo"},
		{"one more", c, change(func(e []condatest.Entry) []condatest.Entry { return append(e, condatest.Entry{Name: "x.txt"}) }), "holds \"x.txt\""},
		{"deflated", c, change(func(e []condatest.Entry) []condatest.Entry { e[0].Method = zip.Deflate; return e }), "must be stored"},
		{"encrypted", c, change(func(e []condatest.Entry) []condatest.Entry { e[1].Flags = 1; return e }), "is encrypted"},
		{"format 1", c, body(0, []byte(`{"conda_pkg_format_version": 1}`)), "conda_pkg_format_version as 2"},
		{"format list", c, body(0, []byte(`[2]`)), "must hold a JSON object"},
		{"format no JSON", c, body(0, []byte(`2 2`)), "not valid JSON"},
		{"format of 1 MiB", c, body(0, make([]byte, 1<<20)), "larger than 64 KiB"},
		{"pkg no zstd", c, body(1, tarred), "The package archive is damaged"},
		{"pkg empty", c, body(1, nil), "The package archive is cut short"},
		{"pkg no tar", c, body(1, condatest.Zstd(t, []byte(strings.Repeat("x", 9000)))), "The package archive is damaged"},
		{"pkg cut in zstd", c, body(1, condatest.Zstd(t, tarred)[:60]), "The package archive"},
		{"pkg cut in tar", c, body(1, condatest.Zstd(t, tarred[:600])), "cut short"},
		{"pkg with more behind it", c, body(1, append(condatest.Zstd(t, tarred), "more"...)), "damaged"},
		{"info no zstd", c, body(2, []byte("x")), "The info archive"},
	})
}

func TestU16OtherName(t *testing.T) {
	t.Parallel()
	var list []hostile
	for key, value := range map[string]string{"name": "other", "version": "2.0", "build": "1"} {
		list = append(list, both(t, "index with another "+key, condatest.Spec{Index: map[string]any{key: value}}, "Give the file its own name")...)
	}
	_, data := condatest.Build(t, condatest.Spec{})
	list = append(list, hostile{"renamed file", "demo-1.1-0.conda", data, "A package of this name holds only"})
	_, data = condatest.Build(t, condatest.Spec{TarBz2: true})
	list = append(list, hostile{"renamed tar.bz2", "demo-1.1-0.tar.bz2", data, "Give the file its own name"})
	refused(t, list)
}
