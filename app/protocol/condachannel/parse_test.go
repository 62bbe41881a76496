package condachannel

import (
	"errors"
	"strings"
	"testing"

	"vivarium/app/model"
)

var someHash = strings.Repeat("0a", 32)

// TestParseForms reads the same resource of the same channel in every form.
func TestParseForms(t *testing.T) {
	t.Parallel()
	forms := []struct {
		prefix   string
		hasToken bool
	}{
		{"/conda/", false}, {"/conda/t/viv-x/", true}, {"/t/viv-x/conda/", true}, {"/t/viv-x/", true}, {"/", false},
		{"/artifactory/", false}, {"/artifactory/t/viv-x/", true}, {"/t/viv-x/artifactory/", true},
	}
	resources := []struct {
		path string
		want request
	}{
		{"notices.json", request{resource: notices}},
		{"linux-64/repodata.json", request{subdir: "linux-64", name: "repodata.json", resource: repodata}},
		{"noarch/repodata.json.zst", request{subdir: "noarch", name: "repodata.json.zst", resource: zstd}},
		{"noarch/repodata_shards.msgpack.zst", request{subdir: "noarch", name: "repodata_shards.msgpack.zst", resource: shardIndex}},
		{"noarch/shards/" + someHash + ".msgpack.zst", request{subdir: "noarch", name: someHash, resource: shard}},
		{"win-64/x-1.0-0.conda", request{subdir: "win-64", name: "x-1.0-0.conda", resource: file}},
		{"win-64/x-1.0-0.tar.bz2", request{subdir: "win-64", name: "x-1.0-0.tar.bz2", resource: file}},
		{"future-128/repodata.json", request{subdir: "future-128", name: "repodata.json", resource: repodata}},
		{"noarch/gamma-1!2.0+l-0.conda", request{subdir: "noarch", name: "gamma-1!2.0+l-0.conda", resource: file}},
		{"noarch/gamma-1%212.0%2Bl-0.conda", request{subdir: "noarch", name: "gamma-1!2.0+l-0.conda", resource: file}},
		{"noarch/current_repodata.json", request{subdir: "noarch", name: "current_repodata.json", resource: current}},
		{"noarch/current_repodata.json.zst", request{subdir: "noarch", name: "current_repodata.json.zst", resource: currentZstd}},
		{"noarch/run_exports.json", request{subdir: "noarch", name: "run_exports.json", resource: runExports}},
		{"noarch/run_exports.json.zst", request{subdir: "noarch", name: "run_exports.json.zst", resource: runExportsZstd}},
		{"noarch/patch_instructions.json", request{subdir: "noarch", name: "patch_instructions.json", resource: instructions}},
		{"noarch/patch_instructions.json.zst", request{subdir: "noarch", name: "patch_instructions.json.zst", resource: instructionsZstd}},
		{"noarch/notices.json", request{subdir: "noarch", name: "notices.json"}},
		{"noarch/channeldata.json", request{subdir: "noarch", name: "channeldata.json"}},
		{"channeldata.json", request{resource: channelData}},
		{"channeldata.json.zst", request{resource: channelDataZstd}},
		{"rss.xml", request{resource: feed}},
		{"index.html", request{resource: channelPage}},
		{"", request{resource: channelPage}},
		{"noarch/repodata.json.bz2", request{subdir: "noarch", name: "repodata.json.bz2"}},
		{"noarch/index.html", request{subdir: "noarch", name: "index.html", resource: subdirPage}},
		{"noarch/", request{subdir: "noarch", resource: subdirPage}},
	}
	for _, form := range forms {
		for _, label := range []string{"", "dev", "release/2026.11", "a/b/c"} {
			for _, res := range resources {
				path, want := form.prefix+"Brook/", res.want
				if label != "" {
					path += "label/" + label + "/"
				}
				path += res.path
				want.channel, want.label, want.hasToken = "brook", label, form.hasToken
				if form.hasToken {
					want.token = "viv-x"
				}
				if got, err := parse(path, nil); err != nil || got != want {
					t.Errorf("parse(%q) = %+v, %v, want %+v", path, got, err, want)
				}
			}
		}
	}
}

func TestParseLabels(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/conda/brook/label/Dev/noarch/repodata.json":                         "dev",
		"/conda/brook/label/shards/noarch/repodata.json":                      "shards",
		"/conda/brook/label/label/noarch/repodata.json":                       "label",
		"/conda/brook/label/notices.json/noarch/repodata.json":                "notices.json",
		"/conda/brook/label/x/shards/noarch/shards/" + someHash + shardSuffix: "x/shards",
		"/conda/brook/label/a%2Db/noarch/repodata.json":                       "a-b",
		"/conda/brook/label/a/my-own/index.html":                              "a/my-own", // a subdir that nobody has
		"/conda/brook/label/rss.xml/rss.xml":                                  "rss.xml",
		"/conda/brook/label/index.html/noarch/index.html":                     "index.html",
		"/conda/brook/label/shards/rss.xml":                                   "shards",
	} {
		if got, err := parse(path, nil); err != nil || got.label != want {
			t.Errorf("parse(%q) = %+v, %v, want the label %q", path, got, err, want)
		}
	}
}

// TestParseRefuses lists paths that name nothing, and what of them still counts:
// a wrong token is told before a wrong path.
func TestParseRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ path, token, channel string }{
		{"", "", ""}, {"/", "", ""}, {"conda/brook/noarch/repodata.json", "", ""}, {"/conda", "", ""}, {"/conda/", "", ""}, {"/t", "", ""}, {"/t/", "", ""},
		{"/t/viv-x", "viv-x", ""}, {"/t/viv-x/", "viv-x", ""}, {"/t/viv-x/conda", "viv-x", ""}, {"/conda/t/viv-x", "viv-x", ""},
		{"/conda/brook", "", "brook"}, {"/conda/brook/noarch", "", "brook"}, {"/conda/brook//repodata.json", "", "brook"},
		{"/conda/brook/linux_64/repodata.json", "", "brook"}, {"/conda/brook/LINUX-64/repodata.json", "", "brook"}, {"/conda/brook/../repodata.json", "", "brook"},
		{"/conda/brook/channeldata.json.bz2", "", "brook"}, {"/conda/brook/repodata.json", "", "brook"}, {"/conda/brook/linux-64-x/repodata.json", "", "brook"},
		{"/conda/brook/noarch/shards/" + someHash, "", "brook"}, {"/conda/brook/noarch/shards/" + strings.ToUpper(someHash) + shardSuffix, "", "brook"},
		{"/conda/brook/noarch/shards/" + someHash[1:] + shardSuffix, "", "brook"}, {"/conda/brook/noarch/other/" + someHash + shardSuffix, "", "brook"},
		{"/conda/brook/noarch/a/b/x.conda", "", "brook"}, {"/conda/brook/label", "", "brook"}, {"/conda/brook/label/", "", "brook"},
		{"/conda/brook/label/noarch/repodata.json", "", "brook"}, {"/conda/brook/label//noarch/repodata.json", "", "brook"},
		{"/conda/brook/label/notices.json", "", "brook"}, {"/conda/brook/label/a/../noarch/repodata.json", "", "brook"},
		{"/conda/brook/label/nolabel/noarch/repodata.json", "", "brook"}, {"/conda/brook/label/a/copy/noarch/repodata.json", "", "brook"},
		{"/conda/brook/label/-dev/noarch/repodata.json", "", "brook"},
		{"/t/viv-x/pypi/brook/simple/", "viv-x", "pypi"}, {"/t/viv-x/brook/simple/", "viv-x", "brook"}, {"/conda/t/viv-x/t/viv-y/noarch/repodata.json", "viv-x", "t"},
		{"/conda/brook/noarch/x%00.conda", "", ""}, {"/conda/brook/noarch/x%0a.conda", "", ""}, {"/conda/brook/noarch%2Frepodata.json", "", ""},
		{"/conda/brook/noarch/..%2f..%2fetc%2fpasswd", "", ""}, {"/conda/brook/noarch/..%5cx.conda", "", ""}, {"/conda/brook/noarch/%zz.conda", "", ""},
		{"/conda/brook/noarch/%ff.conda", "", ""}, {"/conda/brook/noarch/" + strings.Repeat("x", 256) + ".conda", "", ""}, {"/conda" + strings.Repeat("/a", 200), "", ""},
	}
	for _, tt := range tests {
		got, err := parse(tt.path, nil)
		if !errors.Is(err, errMalformed) || got.token != tt.token || got.channel != tt.channel {
			t.Errorf("parse(%.80q) = %+v, %v, want malformed, token %q, channel %q", tt.path, got, err, tt.token, tt.channel)
		}
	}
}

func TestParseOddNamesAreNoFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"x.zip", "x.conda.part", "%3Cimg%3E.conda", "a%20b.conda", "%E2%80%AEx.conda", "..;x.conda", "repodata.JSON", "README.html"} {
		if got, err := parse("/conda/brook/noarch/"+name, nil); err != nil || got.resource != absent {
			t.Errorf("parse of %q = %+v, %v, want absent", name, got, err)
		}
	}
}

func TestParseTokenThatIsMissing(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/t//brook/noarch/repodata.json", "/conda/t//brook/noarch/repodata.json", "/t//conda/brook/noarch/repodata.json"} {
		if got, err := parse(path, nil); err != nil || !got.hasToken || got.token != "" || got.channel != "brook" {
			t.Errorf("parse(%q) = %+v, %v, want an empty token", path, got, err)
		}
	}
}

func TestParseExtraSubdirs(t *testing.T) {
	t.Parallel()
	const path = "/conda/brook/plan9_386/repodata.json"
	if _, err := parse(path, nil); err == nil {
		t.Errorf("parse(%q) took a subdir that is not well-formed", path)
	}
	if got, err := parse(path, []string{"plan9_386"}); err != nil || got.resource != repodata {
		t.Errorf("parse(%q) with it among the extra subdirs = %+v, %v", path, got, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, path := range []string{
		"/conda/brook/noarch/repodata.json", "/t/viv-x/conda/brook/label/a/b/linux-64/x-1-0.conda", "/conda/t//a/notices.json", "/%2F/%00", "//",
		"/t/x/y/label/l/noarch/shards/" + someHash + shardSuffix, "/conda/brook/label/a%2fb/noarch/x.tar.bz2", "/t", "",
	} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		req, err := parse(path, []string{"extra_subdir"})
		if req.token != "" && !req.hasToken {
			t.Fatalf("%q: a token out of nowhere: %+v", path, req)
		}
		if strings.ContainsAny(req.channel+req.subdir+req.name+req.token, "/\\\x00\r\n") {
			t.Fatalf("%q: a separator got into a name: %+v", path, req)
		}
		if err != nil {
			if !errors.Is(err, errMalformed) || req.resource != absent {
				t.Fatalf("%q: %+v, %v", path, req, err)
			}
			return
		}
		checkParsed(t, path, req)
	})
}

// checkParsed fails when a request that parse took could not be of a channel.
func checkParsed(t *testing.T, path string, req request) {
	t.Helper()
	if req.channel == "" || req.channel != model.FoldLogin(req.channel) {
		t.Fatalf("%q: channel %q", path, req.channel)
	}
	if req.label != "" {
		if label, err := model.ParseLabel(req.label); err != nil || label != req.label {
			t.Fatalf("%q: label %q", path, req.label)
		}
	}
	if req.resource == file && model.CheckFileName(req.name) != nil {
		t.Fatalf("%q: file %q", path, req.name)
	}
	if !req.resource.ofChannel() && !model.WellFormedSubdir(req.subdir) && req.subdir != "extra_subdir" {
		t.Fatalf("%q: subdir %q", path, req.subdir)
	}
}
