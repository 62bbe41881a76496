package pypiindex_test

import (
	"archive/zip"
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
)

const jsonV1 = "application/vnd.pypi.simple.v1+json"

// page is a project in JSON.
type page struct {
	Versions []string
	Files    []struct {
		Filename, URL string
		Hashes        map[string]string
		Size          int64
		Yanked        any
		CoreMetadata  any `json:"core-metadata"`
		// The name that pip 22.3 crashes on.
		DistInfoMetadata any `json:"dist-info-metadata"`
	}
}

// project reads a project's page in JSON.
func (s *site) project(t testing.TB, path string, headers ...string) page {
	t.Helper()
	var p page
	w := s.get(t, http.StatusOK, path, append(headers, "Accept", jsonV1)...)
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%s: %v: %s", path, err, w.Body)
	}
	return p
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, accept := range map[string]string{"html": "*/*", "html_v1": "application/vnd.pypi.simple.v1+html", "json": jsonV1} {
		golden(t, "list_"+name, s.get(t, 200, "/pypi/brook/simple/", "Accept", accept))
		golden(t, "project_"+name, s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/", "Accept", accept))
	}
	golden(t, "list_empty", s.get(t, 200, "/pypi/casey/simple/", "Accept", jsonV1))
	golden(t, "list_empty_html", s.get(t, 200, "/pypi/casey/label/nobody/used/simple/"))
	golden(t, "project_private", s.get(t, 200, "/pypi/brook/simple/hush/", "Accept", jsonV1, "X-API-Key", s.Token(t, "brook")))
	golden(t, "project_label", s.get(t, 200, "/brook/simple/rec-pkg-main/?format=json", "Accept", "text/html"))
	golden(t, "absent", s.get(t, 404, "/pypi/brook/simple/nosuch/"))
	golden(t, "redirect", s.get(t, 301, "/pypi/brook/simple/Rec.Pkg_Main?x=1"))
	if got := s.project(t, "/pypi/brook/label/dev/simple/rec-pkg-main/").Versions; len(got) != 1 || got[0] != "2.0rc1" {
		t.Errorf("under the label dev: %v", got)
	}
	hatch, simple := s.get(t, 200, "/pypi/brook/+simple/rec-pkg-main/"), s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/")
	if !bytes.Equal(hatch.Body.Bytes(), simple.Body.Bytes()) {
		t.Error("hatch's address has another page")
	}
}

// TestRedirects stay below the prefix, keep the query, and hold no token.
func TestRedirects(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	for _, prefix := range []string{"/pypi/brook/", "/brook/", "/pypi/t/" + token + "/brook/", "/t/" + token + "/pypi/brook/", "/t/" + token + "/brook/", "/pypi/brook/label/dev/"} {
		for _, tt := range []struct{ from, to string }{
			{"simple", "simple/"},
			{"simple/rec-pkg-main", "simple/rec-pkg-main/"},
			{"simple/Rec.Pkg_Main", "simple/rec-pkg-main/"},
			{"simple/Rec.Pkg_Main/?a=b&c=%20", "simple/rec-pkg-main/?a=b&c=%20"},
			{"simple/NOSUCH/", "simple/nosuch/"},
		} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				w := s.do(method, prefix+tt.from, nil)
				location := w.Header().Get("Location")
				if w.Code != http.StatusMovedPermanently || w.Body.Len() > 0 || strings.Contains(location, "viv-") {
					t.Errorf("%s %s: %d %s to %q", method, prefix+tt.from, w.Code, w.Body, location)
				}
				from, _ := url.Parse(prefix + tt.from)
				to, err := from.Parse(location)
				if err != nil || to.String() != prefix+tt.to {
					t.Errorf("%s leads to %s, %v, want %s", prefix+tt.from, to, err, prefix+tt.to)
				}
			}
		}
	}
	s.get(t, 404, "/pypi/brook/simple/_foo")
	s.get(t, 404, "/pypi/nobody/simple/Foo")
	s.get(t, 401, "/pypi/t/viv-wrong/brook/simple/Foo")
}

// TestFilesAsAnnounced downloads every file that a page lists, by the address that
// it gives, and compares digests, sizes and metadata.
func TestFilesAsAnnounced(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	base, _ := url.Parse("/pypi/brook/simple/rec-pkg-main/")
	p := s.project(t, base.Path)
	if len(p.Files) != 3 || strings.Join(p.Versions, " ") != "1.0 1.1+l.1" {
		t.Fatalf("the page lists %+v", p)
	}
	for _, f := range p.Files {
		address, err := base.Parse(f.URL)
		if err != nil || strings.Contains(f.URL, "+") || strings.HasPrefix(f.URL, "/") {
			t.Errorf("%s is at %q: %v", f.Filename, f.URL, err)
		}
		w := s.get(t, 200, address.EscapedPath())
		if sum := sha256.Sum256(w.Body.Bytes()); hex.EncodeToString(sum[:]) != f.Hashes["sha256"] || int64(w.Body.Len()) != f.Size {
			t.Errorf("%s has the digest %x and %d bytes, announced are %+v", f.Filename, sum, w.Body.Len(), f)
		}
		if raw := s.get(t, 200, address.Path); !bytes.Equal(raw.Body.Bytes(), w.Body.Bytes()) { // uv sends a plain plus
			t.Errorf("%s has other bytes", address.Path)
		}
		if f.DistInfoMetadata != nil || f.Yanked != false {
			t.Errorf("%s: %+v", f.Filename, f)
		}
		if !strings.HasSuffix(f.Filename, ".whl") {
			continue
		}
		metadata := s.get(t, 200, address.EscapedPath()+".metadata").Body.Bytes()
		sum := sha256.Sum256(metadata)
		if announced := f.CoreMetadata.(map[string]any)["sha256"]; announced != hex.EncodeToString(sum[:]) || !bytes.Equal(metadata, inWheel(t, w.Body.Bytes(), "METADATA")) {
			t.Errorf("the metadata of %s are %q with the digest %x, announced is %s", f.Filename, metadata, sum, announced)
		}
	}
}

// inWheel reads a member of a wheel's dist-info folder.
func inWheel(t testing.TB, data []byte, member string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		if !strings.HasSuffix(f.Name, ".dist-info/"+member) {
			continue
		}
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	t.Fatalf("no %s in the wheel", member)
	return nil
}

// hatchPattern is how hatch finds what is there already.
var hatchPattern = regexp.MustCompile(`<a[^>]+>([^<]+)</a>`)

// TestHTMLLinks reads the links as old clients do.
func TestHTMLLinks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	body := s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/").Body.String()
	for _, f := range s.project(t, "/pypi/brook/simple/rec-pkg-main/").Files {
		if !strings.Contains(body, `<a href="`+html.EscapeString(f.URL)+"#sha256="+f.Hashes["sha256"]+`" data-requires-python="&gt;=3.9,&lt;4"`) {
			t.Errorf("no link to %s in %s", f.Filename, body)
		}
		if announced, ok := f.CoreMetadata.(map[string]any); ok {
			value := `="sha256=` + announced["sha256"].(string) + `"`
			if !strings.Contains(body, "data-core-metadata"+value+" data-dist-info-metadata"+value) {
				t.Errorf("the metadata of %s are not announced in %s", f.Filename, body)
			}
		}
	}
	if found := hatchPattern.FindAllStringSubmatch(body, -1); len(found) != 3 || found[2][1] != "rec_pkg_main-1.1+l.1-py3-none-any.whl" && found[2][1] != "Rec.Pkg_Main-1.1+l.1-py3-none-any.whl" {
		t.Errorf("hatch finds %q", found)
	}
}

// TestSdistMetadata: those of an sdist are served only when a build cannot change
// them.
func TestSdistMetadata(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	s.publish(t, "brook", sdist(t, pypitest.Spec{Name: "fixed", MetadataVersion: "2.2"}))
	s.publish(t, "brook", sdist(t, pypitest.Spec{Name: "open", MetadataVersion: "2.2", Headers: []string{"Dynamic: Requires-Dist"}}))
	if got := s.project(t, "/pypi/brook/simple/fixed/").Files[0].CoreMetadata; got == false {
		t.Errorf("fixed: %v", got)
	}
	f := s.project(t, "/pypi/brook/simple/open/").Files[0]
	if f.CoreMetadata != false {
		t.Errorf("open: %v", f.CoreMetadata)
	}
	s.get(t, 404, "/pypi/brook/simple/open/"+f.URL+".metadata")
}

func TestFileAnswers(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	a := wheel(t, pypitest.Spec{})
	f := s.publish(t, "brook", a)
	path := "/pypi/brook/simple/demo/" + f.SHA256 + "/" + a.name
	golden(t, "file_head", s.do(http.MethodHead, path, nil))
	golden(t, "metadata_head", s.do(http.MethodHead, path+".metadata", nil))
	size := len(a.data)
	etag := `"` + f.SHA256 + `"`
	for _, tt := range []struct {
		headers []string
		status  int
		body    []byte
	}{
		{nil, 200, a.data},
		{[]string{"Range", "bytes=0-99"}, 206, a.data[:100]},
		{[]string{"Range", "bytes=-100"}, 206, a.data[size-100:]},
		{[]string{"Range", "bytes=1000000-"}, 416, nil},
		{[]string{"If-None-Match", etag}, 304, []byte{}},
		{[]string{"Range", "bytes=0-99", "If-Range", etag}, 206, a.data[:100]},
		{[]string{"Range", "bytes=0-99", "If-Range", `"old"`}, 200, a.data},
		{[]string{"Accept-Encoding", "gzip, zstd"}, 200, a.data},
	} {
		w := s.get(t, tt.status, path, tt.headers...)
		if tt.body != nil && !bytes.Equal(w.Body.Bytes(), tt.body) || w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%v: %d bytes with %v, want %d", tt.headers, w.Body.Len(), w.Header(), len(tt.body))
		}
		head := s.do(http.MethodHead, path, nil, tt.headers...)
		if head.Code != tt.status || head.Header().Get("Content-Length") != w.Header().Get("Content-Length") || head.Header().Get("ETag") != w.Header().Get("ETag") {
			t.Errorf("HEAD %v: %d %v, GET has %v", tt.headers, head.Code, head.Header(), w.Header())
		}
	}
	sum := md5.Sum(a.data)
	if hex.EncodeToString(sum[:]) != f.MD5 {
		t.Errorf("MD5 %s", f.MD5)
	}
	for _, odd := range []string{strings.Repeat("0", 64) + "/" + a.name, f.SHA256[:63] + "/" + a.name, strings.ToUpper(f.SHA256) + "/" + a.name, f.SHA256 + "/other.whl", f.SHA256 + "/" + a.name + ".metadata.metadata"} {
		s.get(t, 404, "/pypi/brook/simple/demo/"+odd)
	}
	s.get(t, 404, "/pypi/brook/label/dev/simple/demo/"+f.SHA256+"/"+a.name)
	s.get(t, 200, "/pypi/brook/label/main/simple/demo/"+f.SHA256+"/"+a.name)
}

// TestPageValidators: another form has another ETag, and a change changes it.
func TestPageValidators(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{"/pypi/brook/simple/", "/pypi/brook/simple/rec-pkg-main/", "/pypi/brook/Rec.Pkg_Main/json"} {
		first := s.get(t, 200, path, "Accept", jsonV1)
		etag := first.Header().Get("ETag")
		if etag == "" || strings.HasPrefix(etag, "W/") || first.Header().Get("Last-Modified") == "" {
			t.Errorf("%s has the validators %q and %q", path, etag, first.Header().Get("Last-Modified"))
		}
		if w := s.get(t, 304, path, "Accept", jsonV1, "If-None-Match", etag); w.Body.Len() > 0 || w.Header().Get("ETag") != etag || w.Header().Get("Cache-Control") == "" {
			t.Errorf("%s: 304 with %v %s", path, w.Header(), w.Body)
		}
		if !strings.HasSuffix(path, "json") {
			if html := s.get(t, 200, path, "If-None-Match", etag).Header().Get("ETag"); html == etag {
				t.Errorf("%s has one ETag for both forms", path)
			}
		}
		if head := s.do(http.MethodHead, path, nil, "Accept", jsonV1); head.Body.Len() > 0 || head.Header().Get("Content-Length") != first.Header().Get("Content-Length") {
			t.Errorf("HEAD %s: %v", path, head.Header())
		}
	}
	etag := s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/").Header().Get("ETag")
	s.publish(t, "brook", wheel(t, recPkg("1.2")))
	if again := s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/", "If-None-Match", etag).Header().Get("ETag"); again == etag {
		t.Error("a new file leaves the ETag as it was")
	}
}

func TestWrongMethods(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, tt := range []struct{ method, path, allow, sentence string }{
		{http.MethodPost, "/pypi/brook/simple/", "GET, HEAD", "Upload to /pypi/brook/legacy/"},
		{http.MethodPost, "/brook/simple/demo/", "GET, HEAD", "Upload to /pypi/brook/legacy/"},
		{http.MethodPut, "/pypi/brook/legacy/", "POST", "Install from /pypi/brook/simple/"},
		{http.MethodGet, "/pypi/brook/legacy/", "POST", "Install from /pypi/brook/simple/"},
		{http.MethodGet, "/pypi/brook", "POST", "This is the upload address"},
		{http.MethodDelete, "/pypi/brook/simple/demo/", "GET, HEAD", "for installing"},
		{"HEA", "/pypi/brook/simple/demo/", "GET, HEAD", "for installing"},
		{"T", "/pypi/brook/simple/demo/", "GET, HEAD", "for installing"},
	} {
		w := s.do(tt.method, tt.path, nil)
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != tt.allow || !strings.Contains(w.Body.String(), tt.sentence) {
			t.Errorf("%s %s: %d %v %s", tt.method, tt.path, w.Code, w.Header(), w.Body)
		}
	}
}
