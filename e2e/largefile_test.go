package e2e

import (
	"archive/tar"
	"archive/zip"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"

	"vivarium/app/scaletest"
)

// largeFile is a file that does not fit into memory.
type largeFile struct {
	path string
	sums
}

// writeLarge makes a file and knows its sums.
func writeLarge(t *testing.T, name string, write func(io.Writer)) *largeFile {
	t.Helper()
	f := &largeFile{path: filepath.Join(t.TempDir(), name)}
	file, err := os.Create(f.path)
	sure(t, err)
	long, short := sha256.New(), md5.New()
	write(io.MultiWriter(file, long, short))
	f.size, err = file.Seek(0, io.SeekCurrent)
	sure(t, err)
	sure(t, file.Close())
	f.sha256, f.md5 = hex.EncodeToString(long.Sum(nil)), short.Sum(nil)
	return f
}

// noiseOf yields n bytes that do not compress, each time the same.
func noiseOf(n int64) io.Reader { return io.LimitReader(rand.NewChaCha8([32]byte{7}), n) }

// largeConda is a .conda file whose one member holds n bytes of noise.
func largeConda(t *testing.T, n int64) artifact {
	t.Helper()
	spec := condaSpec{}
	a := spec.build(t)
	entries := spec.entries(t, spec.infoMembers(t), nil)
	a.data, a.large = nil, writeLarge(t, a.fileName, func(to io.Writer) {
		w := zip.NewWriter(to)
		for i, e := range entries {
			out, err := w.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Store})
			sure(t, err)
			if i == 1 {
				noiseTar(t, out, n)
			} else {
				_, err = out.Write(e.body)
				sure(t, err)
			}
		}
		sure(t, w.Close())
	})
	return a
}

// noiseTar writes a compressed tar archive with one large member.
func noiseTar(t *testing.T, to io.Writer, n int64) {
	t.Helper()
	packed, err := zstd.NewWriter(to, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	sure(t, err)
	w := tar.NewWriter(packed)
	sure(t, w.WriteHeader(&tar.Header{Name: "share/noise", Mode: 0o644, Size: n, Typeflag: tar.TypeReg}))
	_, err = io.Copy(w, noiseOf(n))
	sure(t, err)
	sure(t, w.Close())
	sure(t, packed.Close())
}

// largeWheel is a wheel one of whose members holds n bytes of noise, stored.
func largeWheel(t *testing.T, n int64) artifact {
	t.Helper()
	const name = "demo/noise"
	check, sum := crc32.NewIEEE(), sha256.New()
	_, err := io.Copy(io.MultiWriter(check, sum), noiseOf(n))
	sure(t, err)
	spec := wheelSpec{}
	a, entries := spec.build(t), spec.entries()
	record := &entries[len(entries)-1]
	record.body = append([]byte(recordLine(name, sum.Sum(nil), int(n))), record.body...)
	a.data, a.large = nil, writeLarge(t, a.fileName, func(to io.Writer) {
		w := zip.NewWriter(to)
		out, err := w.CreateRaw(&zip.FileHeader{Name: name, CRC32: check.Sum32(), CompressedSize64: uint64(n), UncompressedSize64: uint64(n)})
		sure(t, err)
		_, err = io.Copy(out, noiseOf(n))
		sure(t, err)
		for _, e := range entries {
			out, err := w.Create(e.name)
			sure(t, err)
			_, err = out.Write(e.body)
			sure(t, err)
		}
		sure(t, w.Close())
	})
	return a
}

// TestLargeFile sends a file of 2 GiB (or a share of it) up and down, as conda
// package and as wheel, in flat memory.
func TestLargeFile(t *testing.T) {
	t.Parallel()
	const most = 150 << 20
	size := int64(scaletest.Count(t, 2<<10, 64)) << 20
	for kind, build := range map[string]func(*testing.T, int64) artifact{"conda": largeConda, "wheel": largeWheel} {
		t.Run(kind, func(t *testing.T) {
			v := newVictim(t)
			v.alice.client = &http.Client{} // as long as it takes
			a := build(t, size)
			v.forgetPeak()
			before := v.cpu()
			v.takes(a)
			up := v.cpu() - before
			got := v.download(v.indexed(a.fileName))
			peak, _ := v.memory()
			t.Logf("%d MiB: %v of processor time up, %v down, at most %d MiB of memory", a.large.size>>20, up, v.cpu()-before-up, peak>>20)
			if got != a.sha256() {
				t.Errorf("the download has sha256 %s, want %s", got, a.sha256())
			}
			if peak > most {
				t.Errorf("the server took %d MiB of memory, want at most %d", peak>>20, most>>20)
			}
		})
	}
}

// download is the SHA-256 of what is served at path.
func (s *server) download(path string) string {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.URL+path, nil)
	sure(s.t, err)
	resp, err := http.DefaultClient.Do(req)
	sure(s.t, err)
	defer resp.Body.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %d, %v", path, resp.StatusCode, err)
	}
	return fmt.Sprintf("%x", hash.Sum(nil))
}
