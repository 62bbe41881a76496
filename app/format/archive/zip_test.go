package archive_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"
	"testing"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

const maxDirectory = 64 << 10

type entry struct {
	name, body string
	change     func(*zip.FileHeader)
}

// zipped returns an archive of stored entries.
func zipped(t testing.TB, comment string, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		size := uint64(len(e.body))
		header := &zip.FileHeader{Name: e.name, CRC32: crc32.ChecksumIEEE([]byte(e.body)), CompressedSize64: size, UncompressedSize64: size}
		if e.change != nil {
			e.change(header)
		}
		member, err := w.CreateRaw(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(member, e.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SetComment(comment); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readZip(data []byte) ([]*zip.File, error) {
	return archive.ReadZip(archive.NewSource(bytes.NewReader(data), int64(len(data))), maxDirectory)
}

func usual(t testing.TB) []byte {
	return zipped(t, "", entry{"a", "first", nil}, entry{"bb", "second", nil}, entry{"empty", "", nil})
}

func descriptor(h *zip.FileHeader) { h.Flags |= 8 }

func TestReadZip(t *testing.T) {
	t.Parallel()
	tests := map[string][]byte{
		"plain":        usual(t),
		"descriptors":  zipped(t, "", entry{"a", "first", descriptor}, entry{"bb", "second", descriptor}, entry{"empty", "", descriptor}),
		"with comment": zipped(t, "made for a test", entry{"a", "first", nil}, entry{"bb", "second", nil}, entry{"empty", "", nil}),
		"64-bit end":   with64(usual(t)),
		"64-bit local": local64(t),
	}
	for name, data := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files, err := readZip(data)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range files {
				r, err := archive.OpenMember(f)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(r)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, f.Name+":"+string(body))
			}
			if got, want := strings.Join(got, " "), "a:first bb:second empty:"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// with64 puts a 64-bit end record and its locator before the end record, whose
// fields become full.
func with64(data []byte) []byte {
	le := binary.LittleEndian
	end := bytes.Clone(data[len(data)-22:])
	head := bytes.Clone(data[:len(data)-22])
	record := make([]byte, 76)
	copy(record, "PK\x06\x06")
	le.PutUint64(record[4:], 44)
	le.PutUint64(record[24:], uint64(le.Uint16(end[8:])))
	le.PutUint64(record[32:], uint64(le.Uint16(end[10:])))
	le.PutUint64(record[40:], uint64(le.Uint32(end[12:])))
	le.PutUint64(record[48:], uint64(le.Uint32(end[16:])))
	copy(record[56:], "PK\x06\x07")
	le.PutUint64(record[64:], uint64(len(head)))
	le.PutUint32(record[72:], 1)
	copy(end[8:20], bytes.Repeat([]byte{0xff}, 12))
	return append(append(head, record...), end...)
}

// local64 is the usual archive with the first member's sizes in an extra field of
// its local header, as writers do that do not know them beforehand.
func local64(t *testing.T) []byte {
	le, data := binary.LittleEndian, usual(t)
	extra := le.AppendUint64(le.AppendUint64([]byte{1, 0, 16, 0}, 5), 5)
	le.PutUint16(data[28:], uint16(len(extra)))
	copy(data[18:26], bytes.Repeat([]byte{0xff}, 8))
	data = append(data[:31:31], append(extra, data[31:]...)...)
	end := data[len(data)-22:]
	start := le.Uint32(end[16:]) + uint32(len(extra))
	le.PutUint32(end[16:], start)
	for at := int(start) + 46 + 1; at < len(data)-22; {
		le.PutUint32(data[at+42:], le.Uint32(data[at+42:])+uint32(len(extra)))
		at += 46 + int(le.Uint16(data[at+28:]))
	}
	return data
}

// changed returns the usual archive with one change.
func changed(t *testing.T, change func(data, directory, end []byte)) []byte {
	data := usual(t)
	end := data[len(data)-22:]
	change(data, data[binary.LittleEndian.Uint32(end[16:]):], end)
	return data
}

func TestReadZipRefuses(t *testing.T) {
	t.Parallel()
	le := binary.LittleEndian
	single := func(change func(*zip.FileHeader)) []byte { return zipped(t, "", entry{"a", "first", change}) }
	tests := map[string]struct {
		data     []byte
		sentence string
	}{
		"nothing":                    {nil, "end record"},
		"text":                       {[]byte(strings.Repeat("text ", 100)), "end record"},
		"U7 overlapping members":     {changed(t, func(_, d, _ []byte) { le.PutUint32(d[47+42:], 0) }), "overlaps"},
		"U7 nested member":           {changed(t, func(_, d, _ []byte) { le.PutUint32(d[20:], 60); le.PutUint32(d[24:], 60) }), "overlaps"},
		"U12 twice":                  {zipped(t, "", entry{"a", "1", nil}, entry{"a", "2", nil}), "there twice"},
		"deflated":                   {single(func(h *zip.FileHeader) { h.Method = zip.Deflate }), "must be stored"},
		"encrypted":                  {single(func(h *zip.FileHeader) { h.Flags = 1 }), "encrypted"},
		"folder":                     {zipped(t, "", entry{"a/", "", nil}), "not a plain file"},
		"symlink":                    {single(func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink) }), "not a plain file"},
		"two sizes":                  {single(func(h *zip.FileHeader) { h.UncompressedSize64 = 9 }), "contradicts itself"},
		"no checksum":                {single(func(h *zip.FileHeader) { h.CRC32 = 0 }), "contradicts itself"},
		"other local name":           {changed(t, func(data, _, _ []byte) { data[30] = 'x' }), "contradict"},
		"other local size":           {changed(t, func(data, _, _ []byte) { data[18] = 4 }), "contradict"},
		"other local checksum":       {changed(t, func(data, _, _ []byte) { data[14]++ }), "contradict"},
		"other local method":         {changed(t, func(data, _, _ []byte) { data[8] = 8 }), "contradict"},
		"local extra beyond its end": {changed(t, func(data, _, _ []byte) { data[28] = 4 }), "contradict"},
		"bytes before":               {append([]byte("text"), usual(t)...), "end record"},
		"bytes before, moved":        {moved(t), "contradict"},
		"bytes between":              {between(t), "belongs to none"},
		"bytes behind":               {append(usual(t), 0), "end record"},
		"two end records":            {append(usual(t), usual(t)[len(usual(t))-22:]...), "end record"},
		"end record in the comment":  {zipped(t, "PK\x05\x06"+strings.Repeat("x", 18), entry{"a", "1", nil}), "end record"},
		"other count":                {changed(t, func(_, _, e []byte) { e[8], e[10] = 2, 2 }), "end record"},
		"other count on this disk":   {changed(t, func(_, _, e []byte) { e[8] = 2 }), "end record"},
		"second disk":                {changed(t, func(_, _, e []byte) { e[4] = 1 }), "end record"},
		"smaller directory":          {changed(t, func(_, _, e []byte) { e[12]-- }), "end record"},
		"huge count":                 {changed(t, func(_, _, e []byte) { e[8], e[9], e[10], e[11] = 255, 254, 255, 254 }), "too many members"},
		"full fields without 64-bit": {changed(t, func(_, _, e []byte) { copy(e[8:20], bytes.Repeat([]byte{255}, 12)) }), "end record"},
		"64-bit end contradicts":     {contradiction(t), "end record"},
		"64-bit locator elsewhere":   {elsewhere(t), "end record"},
		"64-bit locator alone":       {append([]byte("PK\x06\x07"+strings.Repeat("\x00", 16)), usual(t)[len(usual(t))-22:]...), "end record"},
		"directory too large":        {zipped(t, "", entry{strings.Repeat("n", 60_000), "", nil}, entry{strings.Repeat("m", 60_000), "", nil}), "too many members"},
		"wrong descriptor":           {wrongDescriptor(t), "contradict"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := readZip(test.data); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), test.sentence) {
				t.Errorf("got %v (%v), want Invalid with %q", err, model.CodeOf(err), test.sentence)
			}
		})
	}
}

// moved has bytes before the first member and offsets that know of them.
func moved(t *testing.T) []byte {
	le, data := binary.LittleEndian, append([]byte("text"), usual(t)...)
	end := data[len(data)-22:]
	start := le.Uint32(end[16:]) + 4
	le.PutUint32(end[16:], start)
	for at := int(start); at < len(data)-22; at += 46 + int(le.Uint16(data[at+28:])) {
		le.PutUint32(data[at+42:], le.Uint32(data[at+42:])+4)
	}
	return data
}

// between has bytes between the last member and the directory.
func between(t *testing.T) []byte {
	le, data := binary.LittleEndian, usual(t)
	start := le.Uint32(data[len(data)-6:])
	data = append(data[:start:start], append([]byte("hidden"), data[start:]...)...)
	le.PutUint32(data[len(data)-6:], start+6)
	return data
}

// contradiction has a 64-bit end record that counts other members than the short
// one.
func contradiction(t *testing.T) []byte {
	data := with64(usual(t))
	data[len(data)-22+8], data[len(data)-22+9], data[len(data)-22+10], data[len(data)-22+11] = 2, 0, 2, 0
	return data
}

func elsewhere(t *testing.T) []byte {
	data := with64(usual(t))
	data[len(data)-22-20+8]--
	return data
}

func wrongDescriptor(t *testing.T) []byte {
	data := zipped(t, "", entry{"a", "first", descriptor})
	data[30+1+5+4]++
	return data
}

func TestOpenMemberChecksTheSum(t *testing.T) {
	t.Parallel()
	data := usual(t)
	data[31] = 'F'
	files, err := readZip(data)
	if err != nil {
		t.Fatal(err)
	}
	r, err := archive.OpenMember(files[0])
	if err == nil {
		_, err = io.ReadAll(r)
	}
	if err == nil {
		t.Error("got no error for changed bytes")
	}
}

// FuzzReadZip checks that what is accepted reads the same from its first byte on
// as from its directory: the members fill the file.
func FuzzReadZip(f *testing.F) {
	f.Add(usual(f))
	f.Add(with64(usual(f)))
	f.Add(zipped(f, "comment", entry{"a", "first", descriptor}))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := readZip(data)
		if err != nil {
			if model.CodeOf(err) != model.Invalid {
				t.Fatalf("got %v, want Invalid", err)
			}
			return
		}
		end := int64(0)
		for _, file := range files {
			offset, err := file.DataOffset()
			if err != nil || offset < end+30+int64(len(file.Name)) {
				t.Fatalf("%q at %d, %v, but the one before ends at %d", file.Name, offset, err, end)
			}
			end = offset + int64(file.CompressedSize64)
		}
		if end > int64(len(data)) {
			t.Fatalf("members end at %d of %d", end, len(data))
		}
	})
}
