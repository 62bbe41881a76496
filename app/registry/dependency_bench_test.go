package registry_test

import (
	"fmt"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// BenchmarkDependents asks for a page of what needs a package that all others of
// the channel need, and publishes into one that all need.
func BenchmarkDependents(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		s := registrytest.New(b)
		brook := s.Actor(b, "brook")
		s.Publish(b, brook, "labs", condatest.Spec{Name: "numpy"})
		s.FillChannel(b, "labs", "linux-64", n)
		must(s.Reindex(b.Context(), model.LocalOperator(), registry.ReindexRequest{Channel: "labs"}))
		b.Run(fmt.Sprintf("page/%d", n), func(b *testing.B) {
			before := processTime(b)
			for b.Loop() {
				list, total, err := s.Dependents(b.Context(), model.Actor{}, "labs", "numpy", 50, 0)
				if err != nil || len(list) != 50 || total != n/20 {
					b.Fatalf("%d of %d, %v", len(list), total, err)
				}
			}
			b.ReportMetric(float64(processTime(b)-before)/float64(b.N)/1e6, "cpu-ms/op")
		})
		b.Run(fmt.Sprintf("publish/%d", n), func(b *testing.B) {
			before, i := processTime(b), 0
			for b.Loop() {
				i++
				s.Publish(b, brook, "labs", condatest.Spec{Name: "numpy", Version: fmt.Sprintf("2.%d", i), Depends: []string{"python >=3.9", "libblas"}})
			}
			b.ReportMetric(float64(processTime(b)-before)/float64(b.N)/1e6, "cpu-ms/op")
		})
	}
}
