package channelindex_test

import (
	"fmt"
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

// BenchmarkOpenAfterChange makes the index of shards after one more file came
// in: all shards but one are there.
func BenchmarkOpenAfterChange(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			records := manyRecords(n)
			s := newSource(1, records)
			x := channelindex.New(model.Clock{})
			open(b, x, linux64, 1, s, model.ShardIndex)
			seq := int64(1)
			for b.Loop() {
				seq++
				s.set(seq, append(records, record("package00000", fmt.Sprint(seq), ".conda", nil)))
				open(b, x, linux64, seq, s, model.ShardIndex)
			}
		})
	}
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
