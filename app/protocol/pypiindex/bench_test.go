package pypiindex_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"

	"vivarium/app/format/pypi/pypitest"
)

// BenchmarkProjectPage is the page of a project with 400 files in 100 versions.
func BenchmarkProjectPage(b *testing.B) {
	s := emptySite(b)
	for i := range 100 {
		spec := pypitest.Spec{Name: "many", Version: fmt.Sprintf("1.%d.0rc%d", i/3, i%3), RequiresPython: ">=3.9"}
		s.publish(b, "brook", sdist(b, spec))
		for _, tags := range []string{"cp312-cp312-win_amd64", "cp313-cp313-win_amd64", "cp313-cp313-manylinux_2_28_x86_64"} {
			spec.Tags = tags
			s.publish(b, "brook", wheel(b, spec))
		}
	}
	for name, headers := range map[string][]string{"json": {"Accept", jsonV1}, "html": {}, "packed": {"Accept", jsonV1, "Accept-Encoding", "gzip"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := s.do(http.MethodGet, "/pypi/brook/simple/many/", nil, headers...)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
				b.ReportMetric(float64(w.Body.Len()), "bytes")
			}
		})
	}
}

// BenchmarkUpload takes wheels of 100 kB, each under another version.
func BenchmarkUpload(b *testing.B) {
	s := emptySite(b)
	token := s.Token(b, "brook")
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		i++
		a := wheel(b, pypitest.Spec{Version: fmt.Sprintf("1.%d", i), Files: map[string]string{"demo/data.bin": noise(100 << 10)}})
		contentType, body := form(b, fields(a, "demo", fmt.Sprintf("1.%d", i)), a.data)
		b.StartTimer()
		if w := s.do(http.MethodPost, "/pypi/brook/", body, "Content-Type", contentType, "X-API-Key", token); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}

// noise is n bytes that no compression makes smaller.
func noise(n int) string {
	data := make([]byte, n)
	rand.NewChaCha8([32]byte{}).Read(data)
	return string(data)
}
