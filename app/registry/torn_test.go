package registry_test

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/vmihailenco/msgpack/v5"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
	"vivarium/app/scaletest"
)

// TestReadersSeeNoTornIndex reads an index while its channel changes. Whatever a
// reader gets is whole, every shard that an index lists is there, and forms that
// are read between two sights of one ETag hold the same files.
func TestReadersSeeNoTornIndex(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	s.FillChannel(t, "labs", "noarch", 400)
	brook := s.Actor(t, "brook")
	for i := range 4 {
		s.Publish(t, brook, "labs", condatest.Spec{Name: fmt.Sprint("p", i)})
	}
	var together atomic.Int64
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					if readAll(t, s) {
						together.Add(1)
					}
				}
			}
		})
	}
	updates := scaletest.Count(t, 10_000, 200)
	for i := range updates {
		if err := changeSomething(t, s, brook, i); err != nil {
			t.Error(err)
			break
		}
	}
	close(done)
	readers.Wait()
	if !readAll(t, s) {
		t.Error("at rest the forms were not read under one ETag")
	}
	if filesRead.Load() == 0 {
		t.Error("no index was read from a file")
	}
	t.Logf("%d updates, forms read together %d times, %d files read", updates, together.Load(), filesRead.Load())
}

// changeSomething changes the files of p0 to p3 in one of several ways. No state
// comes back: every other change is a patch like none before.
func changeSomething(t *testing.T, s *registrytest.Site, brook model.Actor, i int) error {
	name := registry.FileName{Package: fmt.Sprint("p", i/2%4)}
	switch {
	case i%2 == 0:
		name := registry.FileName{Package: "filled-000000", Version: "1.0", Basename: "noarch/filled-000000-1.0.0-py312h0123456_0.conda"}
		_, err := s.PatchFile(t.Context(), brook, "labs", name, fmt.Appendf(nil, `{"depends":["x >=%d"]}`, i), "another one")
		return err
	case i%50 == 1:
		_, err := s.TryPublish(t, brook, "labs", condatest.Spec{Name: name.Package, Version: fmt.Sprint("2.", i)})
		return err
	}
	change := registry.LabelChange{Remove: []string{"main"}}
	if i%16 >= 8 {
		change = registry.LabelChange{Add: []string{"main"}}
	}
	_, err := s.ChangeLabels(t.Context(), brook, "labs", registry.Selection{FileName: name}, change)
	return err
}

// readAll reads every form once and reports whether it did so under one ETag, in
// which case all must hold the same files.
func readAll(t *testing.T, s *registrytest.Site) bool {
	before, _ := readForm(t, s, model.Repodata)
	if before == nil {
		return false
	}
	files := map[string][]string{}
	for _, f := range []model.IndexFormat{model.Repodata, model.RepodataGzip, model.RepodataZstd, model.ShardIndex} {
		doc, body := readForm(t, s, f)
		if doc == nil {
			return false
		}
		if f == model.ShardIndex {
			files[string(f)] = readShards(t, s, body)
			continue
		}
		files[string(f)] = filesIn(t, body)
	}
	after, body := readForm(t, s, model.Repodata)
	if after == nil || after.ETag != before.ETag {
		return false
	}
	want := filesIn(t, body)
	for f, got := range files {
		if !slices.Equal(got, want) {
			t.Errorf("%s holds %d files, want the %d of repodata.json", f, len(got), len(want))
		}
	}
	return true
}

// filesRead counts the files that sameAsFile has read.
var filesRead atomic.Int64

// sameAsFile compares the bytes of a body with those of the file that is kept of it.
func sameAsFile(t *testing.T, b model.Body, want []byte) {
	f := b.(model.FileBody).File()
	if f == nil {
		return
	}
	filesRead.Add(1)
	defer f.Close()
	if got, err := io.ReadAll(f); err != nil || !bytes.Equal(got, want) {
		t.Errorf("the file of an index has %d other bytes than its %d, %v", len(got), len(want), err)
	}
}

// readForm returns a document and what it decodes to.
func readForm(t *testing.T, s *registrytest.Site, f model.IndexFormat) (*model.Document, []byte) {
	return readOf(t, s, "main", f)
}

func readOf(t *testing.T, s *registrytest.Site, label string, f model.IndexFormat) (*model.Document, []byte) {
	doc, err := s.OpenIndex(t.Context(), model.Actor{}, "labs", label, "noarch", f)
	if err != nil {
		t.Error(err)
		return nil, nil
	}
	body, err := model.ReadBody(doc.Body)
	sameAsFile(t, doc.Body, body)
	switch {
	case err != nil:
	case f == model.RepodataGzip:
		var packed *gzip.Reader
		if packed, err = gzip.NewReader(bytes.NewReader(body)); err == nil {
			body, err = io.ReadAll(packed)
		}
	case f != model.Repodata:
		body, err = unzstd(body)
	}
	if err != nil {
		t.Errorf("%s: %v", f, err)
		return nil, nil
	}
	return &doc, body
}

func unzstd(body []byte) ([]byte, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.DecodeAll(body, nil)
}

func filesIn(t *testing.T, body []byte) []string {
	var repodata struct {
		Packages map[string]any `json:"packages"`
		Conda    map[string]any `json:"packages.conda"`
	}
	if err := json.Unmarshal(body, &repodata); err != nil {
		t.Error(err)
	}
	return slices.Sorted(maps.Keys(repodata.Conda))
}

func readShards(t *testing.T, s *registrytest.Site, body []byte) (files []string) {
	var index struct {
		Shards map[string][]byte `msgpack:"shards"`
	}
	if err := msgpack.Unmarshal(body, &index); err != nil {
		t.Error(err)
	}
	for name, hash := range index.Shards {
		doc, err := s.OpenShard(t.Context(), model.Actor{}, "labs", "main", "noarch", hex.EncodeToString(hash))
		if model.CodeOf(err) == model.NotFound && name[0] == 'p' {
			continue // the package has gone from this view meanwhile
		}
		if err != nil {
			t.Errorf("shard of %s: %v", name, err)
			return nil
		}
		var shard struct {
			Conda map[string]any `msgpack:"packages.conda"`
		}
		body, err := model.ReadBody(doc.Body)
		if err == nil {
			body, err = unzstd(body)
		}
		if err == nil {
			err = msgpack.Unmarshal(body, &shard)
		}
		if err != nil {
			t.Errorf("shard of %s: %v", name, err)
		}
		files = slices.AppendSeq(files, maps.Keys(shard.Conda))
	}
	slices.Sort(files)
	return files
}
