package registry_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// BenchmarkImport imports small conda packages, a thousand at a time: what is told
// is the time of one.
func BenchmarkImport(b *testing.B) {
	const packages = 1000
	dir := b.TempDir()
	var files []registry.ImportFile
	for n := range packages {
		name, data := condatest.Build(b, condatest.Spec{Name: fmt.Sprintf("tiny%d", n), Depends: []string{"python >=3.9"}, License: "MIT", Summary: "A tiny package"})
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			b.Fatal(err)
		}
		files = append(files, importFile(path))
	}
	s := registrytest.New(b)
	for n := 0; b.Loop(); n += packages {
		b.StopTimer()
		channel := fmt.Sprintf("channel%d", n)
		s.User(b, channel)
		b.StartTimer()
		err := s.Import(b.Context(), model.LocalOperator(), registry.ImportRequest{Channel: channel, Files: slices.Values(files), Report: func(f registry.Imported) {
			if !f.Made {
				b.Errorf("%s: %v", f.Path, f.Err)
			}
		}})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*packages), "µs/package")
}
