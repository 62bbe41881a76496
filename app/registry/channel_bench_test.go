package registry_test

import (
	"fmt"
	"os"
	"syscall"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry/registrytest"
)

// everyDocument is what clients ask for, of a subdir and of the channel.
func everyDocument(t testing.TB, s *registrytest.Site) {
	t.Helper()
	open := func(d model.Document, err error) {
		if err != nil || d.ETag == "" || d.Body.Size() == 0 {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	open(s.OpenIndex(ctx, model.Actor{}, "labs", "main", "linux-64", model.ShardIndex))
	for _, f := range []model.IndexFormat{model.Repodata, model.CurrentRepodata, model.RunExports} {
		for _, form := range []model.IndexFormat{f, f.Gzip(), f.Zstd()} {
			open(s.OpenIndex(ctx, model.Actor{}, "labs", "main", "linux-64", form))
		}
	}
	for _, form := range []model.IndexFormat{model.ChannelData, model.ChannelData.Gzip(), model.ChannelData.Zstd()} {
		open(s.OpenChannelIndex(ctx, model.Actor{}, "labs", "main", form))
	}
}

// BenchmarkPublishVisible publishes a package into channels of several sizes and
// opens every document of the channel: the upload in three steps, with its fsyncs,
// and until all show it. LARGE=1 tries a million files.
func BenchmarkPublishVisible(b *testing.B) {
	sizes := []int{0, 1000, 10_000, 100_000}
	if os.Getenv("LARGE") != "" {
		sizes = append(sizes, 1_000_000)
	}
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := registrytest.New(b)
			brook := s.Actor(b, "brook")
			s.FillChannel(b, "labs", "linux-64", n)
			spec := condatest.Spec{Name: "filled-000000", Subdir: "linux-64"}
			if n == 0 {
				spec.Name = "first"
			}
			everyDocument(b, s)
			var published int64
			i := 0
			for b.Loop() {
				i++
				spec.Version = fmt.Sprintf("2.%d", i)
				s.Publish(b, brook, "labs", spec)
				before := processTime(b)
				everyDocument(b, s)
				published += processTime(b) - before
			}
			b.ReportMetric(float64(published)/1e6/float64(b.N), "index-cpu-ms/op")
		})
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
