package condachannel_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"vivarium/app/protocol/condachannel"
	"vivarium/app/registry"
)

func TestResources(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const index, forever = "max-age=0, must-revalidate", "public, max-age=31536000, immutable"
	shard := shardOf(t, s.get(t, http.StatusOK, "/conda/brook/noarch/repodata_shards.msgpack.zst").Body.Bytes(), "tiny")
	const asked, encoded = "Authorization, X-API-Key", "Accept-Encoding, Authorization, X-API-Key"
	for _, tt := range []struct{ path, contentType, cache, vary string }{
		{"noarch/repodata.json", "application/json", index, encoded},
		{"noarch/repodata.json.zst", "application/zstd", index, asked},
		{"noarch/current_repodata.json", "application/json", index, encoded},
		{"noarch/current_repodata.json.zst", "application/zstd", index, asked},
		{"noarch/run_exports.json", "application/json", index, encoded},
		{"noarch/run_exports.json.zst", "application/zstd", index, asked},
		{"noarch/patch_instructions.json", "application/json", index, encoded},
		{"noarch/patch_instructions.json.zst", "application/zstd", index, asked},
		{"channeldata.json", "application/json", index, encoded},
		{"channeldata.json.zst", "application/zstd", index, asked},
		{"rss.xml", "application/rss+xml; charset=utf-8", index, encoded},
		{"noarch/index.html", "text/html; charset=utf-8", index, encoded},
		{"noarch/repodata_shards.msgpack.zst", "application/zstd", index, asked},
		{"noarch/shards/" + shard + ".msgpack.zst", "", forever, "Authorization, X-API-Key"},
		{"notices.json", "application/json", index, "Authorization, X-API-Key"},
		{tinyFile, "application/octet-stream", forever, ""},
	} {
		first := s.get(t, http.StatusOK, "/conda/brook/"+tt.path)
		h := first.Header()
		if tt.contentType != "" && h.Get("Content-Type") != tt.contentType {
			t.Errorf("%s: Content-Type %s, want %s", tt.path, h.Get("Content-Type"), tt.contentType)
		}
		if vary := strings.Join(h.Values("Vary"), ", "); h.Get("Cache-Control") != tt.cache || vary != tt.vary {
			t.Errorf("%s: Cache-Control %q, Vary %q, want %q and %q", tt.path, h.Get("Cache-Control"), vary, tt.cache, tt.vary)
		}
		if etag := h.Get("ETag"); !strings.HasPrefix(etag, `"`) || h.Get("Content-Encoding") != "" || h.Get("Content-Length") == "" || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", tt.path, h)
		}
		for _, form := range []string{"/brook/", "/conda/Brook/", "/conda/brook/label/main/", "/brook/label/MAIN/"} {
			if strings.Contains(form, "label") && (tt.path == "rss.xml" || strings.HasSuffix(tt.path, "html")) {
				continue // they say how they were asked
			}
			if w := s.get(t, http.StatusOK, form+tt.path); !bytes.Equal(w.Body.Bytes(), first.Body.Bytes()) || w.Header().Get("ETag") != h.Get("ETag") {
				t.Errorf("%s%s differs from /conda/brook/%s", form, tt.path, tt.path)
			}
		}
	}
}

// documents are what a channel answers that depends on its files.
var documents = []string{
	"channeldata.json", "channeldata.json.zst", "rss.xml", "index.html", "noarch/repodata.json", "noarch/repodata.json.zst",
	"noarch/current_repodata.json", "noarch/current_repodata.json.zst", "noarch/run_exports.json", "noarch/run_exports.json.zst",
	"noarch/patch_instructions.json", "noarch/patch_instructions.json.zst", "noarch/repodata_shards.msgpack.zst", "noarch/index.html",
}

// TestHeadEqualsGet compares status and headers for whatever may be asked.
func TestHeadEqualsGet(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "conda:download")
	for _, path := range []string{
		"noarch/repodata.json", "noarch/repodata.json.zst", "noarch/repodata_shards.msgpack.zst", "notices.json", tinyFile, hushFile, "noarch/nosuch-1-0.conda",
		"noarch/current_repodata.json", "channeldata.json", "rss.xml", "index.html", "noarch/", "noarch/repodata.json.bz2", "linux_64/repodata.json", "noarch/shards/" + strings.Repeat("0", 64) + ".msgpack.zst", "",
	} {
		for _, prefix := range []string{"/conda/brook/", "/conda/nobody/", "/conda/t/viv-wrong/brook/", "/conda/t/" + token + "/brook/"} {
			for _, headers := range [][]string{nil, {"Accept-Encoding", "gzip"}, {"Range", "bytes=1-3"}} {
				get, head := s.do(t, http.MethodGet, prefix+path, headers...), s.do(t, http.MethodHead, prefix+path, headers...)
				if get.Code != head.Code || !reflect.DeepEqual(get.Header(), head.Header()) {
					t.Errorf("%s %v: GET %d %v, HEAD %d %v", path, headers, get.Code, get.Header(), head.Code, head.Header())
				}
			}
		}
	}
}

func TestGzip(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, name := range []string{"noarch/repodata.json", "noarch/current_repodata.json", "noarch/run_exports.json", "noarch/patch_instructions.json", "channeldata.json"} {
		plain := s.get(t, http.StatusOK, "/conda/brook/"+name, "Accept-Encoding", "identity")
		packed := s.get(t, http.StatusOK, "/conda/brook/"+name, "Accept-Encoding", "gzip, deflate")
		if packed.Header().Get("Content-Encoding") != "gzip" || packed.Header().Get("ETag") == plain.Header().Get("ETag") {
			t.Fatalf("%s: gzip: %v, plain: %v", name, packed.Header(), plain.Header())
		}
		z, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, plain.Body.Bytes()) {
			t.Errorf("%s unpacked: %v, %d bytes, want the %d of the plain document", name, err, len(got), plain.Body.Len())
		}
	}
	if w := s.get(t, http.StatusOK, "/conda/brook/noarch/repodata.json.zst", "Accept-Encoding", "gzip, zstd"); w.Header().Get("Content-Encoding") != "" {
		t.Errorf("repodata.json.zst with Content-Encoding %s", w.Header().Get("Content-Encoding"))
	}
}

func TestConditions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	paths := []string{"/conda/brook/" + tinyFile}
	for _, name := range documents {
		paths = append(paths, "/conda/brook/"+name)
	}
	for _, path := range paths {
		h := s.get(t, http.StatusOK, path).Header()
		for _, headers := range [][]string{
			{"If-None-Match", h.Get("ETag")}, {"If-None-Match", `"x", W/` + h.Get("ETag")}, {"If-Modified-Since", h.Get("Last-Modified")},
		} {
			w := s.get(t, http.StatusNotModified, path, headers...)
			if w.Body.Len() != 0 || w.Header().Get("ETag") != h.Get("ETag") || w.Header().Get("Cache-Control") != h.Get("Cache-Control") {
				t.Errorf("%s: 304 with %v %q", path, w.Header(), w.Body)
			}
		}
		s.get(t, http.StatusOK, path, "If-None-Match", `"other"`, "If-Modified-Since", h.Get("Last-Modified"))
		s.get(t, http.StatusPartialContent, path, "Range", "bytes=0-9")
	}
	if w := s.do(t, http.MethodGet, "/conda/brook/"+tinyFile, "Range", "bytes=99999999-"); w.Code != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("a range beyond the end: %d", w.Code)
	}
}

// TestLabels: without a label the index is main's, but any file is served; under
// a label only what carries it.
func TestLabels(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	names := func(path string) (tiny1, tiny2 bool) {
		body := s.get(t, http.StatusOK, path).Body.String()
		return strings.Contains(body, "tiny-1.0-0.conda"), strings.Contains(body, "tiny-2.0-0.conda")
	}
	for path, want := range map[string][2]bool{
		"/conda/brook/noarch/repodata.json": {true, false}, "/conda/brook/label/dev/noarch/repodata.json": {false, true},
		"/conda/brook/label/a/b/c/noarch/repodata.json": {false, false}, "/conda/brook/linux-64/repodata.json": {false, false},
		"/conda/brook/future-128/repodata.json": {false, false},
	} {
		if one, two := names(path); one != want[0] || two != want[1] {
			t.Errorf("%s has 1.0 %v and 2.0 %v, want %v", path, one, two, want)
		}
	}
	s.get(t, http.StatusOK, "/conda/brook/"+devFile)
	s.get(t, http.StatusOK, "/conda/brook/label/dev/"+devFile)
	s.get(t, http.StatusNotFound, "/conda/brook/label/main/"+devFile)
	s.get(t, http.StatusNotFound, "/conda/brook/label/dev/"+tinyFile)
}

// TestMaxAge raises for how long an index counts as fresh, and nothing else.
func TestMaxAge(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.handler = condachannel.New(condachannel.Options{Registry: s.Registry, Routes: registry.Routes(), MaxAge: time.Minute})
	for path, want := range map[string]string{
		"/conda/brook/noarch/repodata.json": "max-age=60, must-revalidate", "/conda/t/" + s.Token(t, "brook") + "/brook/noarch/repodata.json": "private, max-age=60, must-revalidate",
		"/conda/brook/" + tinyFile: "public, max-age=31536000, immutable",
	} {
		if got := s.get(t, http.StatusOK, path).Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control %q, want %q", path, got, want)
		}
	}
}
