package channelindex_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/format/conda"
	"vivarium/app/model"
)

var wholeChannel = channelindex.Key{AccountID: 1, Label: "main", Visibility: channelindex.Public}

// file is a build of a package for channeldata.json.
func file(subdir, version string, number int64) channelindex.PackageFile {
	return channelindex.PackageFile{Subdir: subdir, FileName: "x-" + version + "-0.conda", Version: version, BuildNumber: number}
}

func samplePackages() []channelindex.Package {
	builds := []channelindex.PackageFile{file("osx-arm64", "1.10", 0), file("linux-64", "1.9", 0), file("linux-64", "1.10", 1)}
	builds[0].Traits = []string{conda.ActivateD}
	builds[1].RunExports, builds[1].Timestamp = json.RawMessage(`{"weak":["x >=1.9"]}`), 1772600767890
	builds[2].RunExports, builds[2].Timestamp = json.RawMessage(`["x >=1.10"]`), 1572600767
	builds[2].Traits = []string{conda.BinaryPrefix, conda.PostLink}
	return []channelindex.Package{
		{Name: "x", Summary: "Does <x> & über", License: "MIT", Home: "https://x.test", DevURL: "https://x.test/dev", DocURL: "https://x.test/doc", SourceURL: "https://x.test/src", Files: builds},
		{Name: "a", Files: []channelindex.PackageFile{file("noarch", "0.1", 0)}},
	}
}

func packageRecords(t *testing.T, packages []channelindex.Package) []channelindex.Record {
	t.Helper()
	var records []channelindex.Record
	for _, p := range packages {
		r, err := channelindex.PackageRecord(p)
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	return records
}

func TestChannelData(t *testing.T) {
	t.Parallel()
	for name, packages := range map[string][]channelindex.Package{"sample": samplePackages(), "empty": nil} {
		x, s := channelindex.New(model.Clock{}), newSource(1, packageRecords(t, packages))
		d := open(t, x, wholeChannel, 1, s, model.ChannelData)
		golden(t, name+"_channeldata.json", d.Body)
		packed, zipped := open(t, x, wholeChannel, 1, s, model.ChannelData.Gzip()), open(t, x, wholeChannel, 1, s, model.ChannelData.Zstd())
		if !bytes.Equal(gunzip(t, packed.Body), d.Body) || !bytes.Equal(unzstd(t, zipped.Body), d.Body) || !json.Valid(d.Body) {
			t.Errorf("%s: the forms differ, or are not JSON", name)
		}
		if _, err := x.Open(t.Context(), wholeChannel, 1, s.load, model.Repodata); err == nil {
			t.Errorf("%s: a whole channel has repodata", name)
		}
		if _, err := x.Open(t.Context(), linux64, 1, s.load, model.ChannelData); err == nil {
			t.Errorf("%s: a subdir has channeldata", name)
		}
		if _, err := x.Shard(t.Context(), wholeChannel, 1, s.load, d.ETag); model.CodeOf(err) != model.NotFound {
			t.Errorf("%s: shard of a whole channel: %v", name, err)
		}
	}
}

func TestChannelDataVersion(t *testing.T) {
	t.Parallel()
	for want, versions := range map[string][]string{
		"1.10":   {"1.9", "1.10", "1.2"},
		"2.0rc1": {"1.9", "2.0rc1"}, // as conda-index has it: newest by conda's order
		"1!0.1":  {"2024.1", "1!0.1"},
		"0.1":    {"0.1", "zz..9", "1__0"},
		"1.0":    {"1", "1.0"},
		"1..0":   {"1..0"},
	} {
		for range 2 {
			slices.Reverse(versions)
			p := channelindex.Package{Name: "x"}
			for _, v := range versions {
				p.Files = append(p.Files, file("noarch", v, 0))
			}
			var got struct{ Version string }
			if err := json.Unmarshal(packageRecords(t, []channelindex.Package{p})[0].JSON, &got); err != nil || got.Version != want {
				t.Errorf("of %q: got %q, %v, want %q", versions, got.Version, err, want)
			}
		}
	}
}
