package channelindex_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sort"
	"syscall"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

// BenchmarkOpenCold builds a view and makes one format of it.
func BenchmarkOpenCold(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		s := newSource(1, manyRecords(n))
		for _, f := range formats {
			b.Run(fmt.Sprintf("%d/%s", n, f), func(b *testing.B) {
				b.ReportAllocs()
				var size int
				for b.Loop() {
					x := channelindex.New(model.Clock{})
					size = len(open(b, x, linux64, 1, s, f).Body)
				}
				b.ReportMetric(float64(size), "body-bytes")
			})
		}
	}
}

// BenchmarkPublishVisible publishes a file into a view and opens every document of
// it: what a change costs beside the database, which should not depend on how many
// records there are. LARGE=1 tries a million.
func BenchmarkPublishVisible(b *testing.B) {
	sizes := []int{0, 1000, 10_000, 100_000}
	if os.Getenv("LARGE") != "" {
		sizes = append(sizes, 1_000_000)
	}
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, x := newSource(1, manyRecords(n)), channelindex.New(model.Clock{})
			changes := &publishes{channelState: *s.now(), random: rand.New(rand.NewPCG(1, 1)), n: n}
			for _, f := range formatsOf(linux64) {
				openHead(b, x, changes, f)
			}
			cpu := processTime(b)
			b.ReportAllocs()
			for b.Loop() {
				changes.publish()
				for _, f := range formatsOf(linux64) {
					openHead(b, x, changes, f)
				}
			}
			b.ReportMetric(float64(processTime(b)-cpu)/1e6/float64(b.N), "cpu-ms/op")
		})
	}
}

// publishes is a channel into which one file after another comes, in packages that
// are there already. It answers what the index asks for without looking at all.
type publishes struct {
	channelState
	random *rand.Rand
	n      int
	added  []channelindex.Record
}

func (p *publishes) load(_ context.Context, _ int64, read func(channelindex.Reader) error) error {
	return read(p)
}

func (p *publishes) publish() {
	name := fmt.Sprintf("package%05d", p.random.IntN(1+p.n/20))
	r := record(name, fmt.Sprintf("2.%d", len(p.added)), ".conda", nil)
	p.added = append(p.added, r)
	p.at.Seq++
	p.log = append(p.log, model.IndexChange{AccountID: 1, Seq: p.at.Seq, Subdir: "linux-64", Package: name, File: r.FileName})
}

func (p *publishes) PackageRecords(_ context.Context, _ channelindex.Key, packages []string) ([]channelindex.Record, error) {
	var list []channelindex.Record
	for _, name := range packages {
		first := sort.Search(len(p.records), func(i int) bool { return p.records[i].Package >= name })
		for _, r := range p.records[first:] {
			if r.Package != name {
				break
			}
			list = append(list, r)
		}
		for _, r := range p.added {
			if r.Package == name {
				list = append(list, r)
			}
		}
	}
	return list, nil
}

func openHead(b *testing.B, x *channelindex.Index, p *publishes, f model.IndexFormat) {
	d, err := x.Open(b.Context(), linux64, p.at.Seq, p.load, f)
	if err != nil || d.Body.Size() == 0 {
		b.Fatal(err)
	}
}

// processTime is the CPU time of the process, in nanoseconds.
func processTime(b *testing.B) int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

// BenchmarkOpenWarm is what a request costs that ends in 304.
func BenchmarkOpenWarm(b *testing.B) {
	s := newSource(1, manyRecords(10_000))
	x := channelindex.New(model.Clock{})
	for _, f := range formats {
		b.Run(string(f), func(b *testing.B) {
			for b.Loop() {
				open(b, x, linux64, 1, s, f)
			}
		})
	}
}
