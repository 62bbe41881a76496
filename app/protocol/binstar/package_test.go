package binstar_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// TestEmptyPackage: every list is there and empty, never null, for clients print
// them as they stand.
func TestEmptyPackage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	s.must(t, http.StatusOK, token, http.MethodPost, "/api/package/brook/empty", nil)
	golden(t, "package_empty", s.do(t, token, http.MethodGet, "/api/package/brook/empty", nil))
	refusal(t, s.do(t, token, http.MethodPost, "/api/package/brook/Empty", nil), http.StatusConflict)
	golden(t, "deleted", s.do(t, token, http.MethodDelete, "/api/package/brook/empty", nil))
	refusal(t, s.do(t, token, http.MethodDelete, "/api/package/brook/empty", nil), http.StatusNotFound)
}

func TestPackageAccess(t *testing.T) {
	t.Parallel()
	tests := []struct {
		body   string
		create string // the access of a new package
		patch  string // of one that was authenticated
	}{
		{`{}`, "private", "authenticated"},
		{`{"public": true}`, "public", "public"},
		{`{"public": false}`, "private", "private"},
		{`{"public": false, "publish": false}`, "private", "private"},
		{`{"public": true, "publish": false}`, "private", "authenticated"}, // every uploader says so: no choice
		{`{"access": "authenticated"}`, "authenticated", "authenticated"},
		{`{"access": "public", "public": false, "publish": false}`, "public", "public"},
		{`{"access": null, "public": null}`, "private", "authenticated"},
	}
	s := newSite(t, func(p *registry.Policy) { p.DefaultAccess = model.Private })
	token := s.Token(t, "brook")
	for i, tt := range tests {
		path := fmt.Sprintf("/api/package/brook/x%d", i)
		if got := object(t, s.must(t, http.StatusOK, token, http.MethodPost, path, tt.body)); got["access"] != tt.create || got["public"] != (tt.create == "public") {
			t.Errorf("POST %s: access %v, public %v, want %s", tt.body, got["access"], got["public"], tt.create)
		}
		s.must(t, http.StatusOK, token, http.MethodPatch, path, `{"access": "authenticated"}`)
		if got := object(t, s.must(t, http.StatusOK, token, http.MethodPatch, path, tt.body)); got["access"] != tt.patch {
			t.Errorf("PATCH %s: access %v, want %s", tt.body, got["access"], tt.patch)
		}
	}
}

// TestBadBodies: whatever a body holds, the answer is a sentence with 400.
func TestBadBodies(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny"})
	bodies := []string{
		`{`, `nonsense`, `[]`, `"text"`, `7`, `{} {}`, `{"public_attrs": []}`, `{"public_attrs": "x"}`, "\x00", "{\"public_attrs\": {\"summary\": \"\x01\"}}",
		strings.Repeat("[", 100) + strings.Repeat("]", 100), `{"public_attrs": {"deep": ` + strings.Repeat(`{"a":`, 70) + "1" + strings.Repeat("}", 70) + `}}`,
	}
	packages := append([]string{
		`{"public": "yes"}`, `{"access": "secret"}`, `{"access": 1}`, `{"public_attrs": {"summary": 7}}`, `{"public_attrs": {"summary": {}}}`,
		`{"public_attrs": {"home": [7]}}`, `{"public_attrs": {"license": 7}}`, `{"public_attrs": {"license": {"name": 7}}}`, `{"public_attrs": {"license_url": {}}}`,
		`{"public_attrs": {"package_types": "conda"}}`, `{"public_attrs": {"package_types": ["tarball"]}}`, `{"public_attrs": {"license_family": 1}}`,
	}, bodies...)
	releases := append([]string{`{"description": 7}`, `{"description": {}}`}, bodies...)
	for _, ask := range []struct {
		method, path string
		bodies       []string
	}{
		{"POST", "/api/package/brook/other", packages}, {"PATCH", "/api/package/brook/tiny", packages}, {"POST", "/api/release/brook/tiny/2.0", releases},
		{"PATCH", "/api/release/brook/tiny/1.0", releases}, {"POST", "/api/stage/brook/tiny/2.0/noarch/tiny-2.0-0.conda", bodies},
		{"POST", "/api/commit/brook/tiny/1.0/noarch/tiny-1.0-0.conda", bodies[:5]},
	} {
		for _, body := range ask.bodies {
			if w := s.do(t, token, ask.method, ask.path, body); w.Code != http.StatusBadRequest {
				t.Errorf("%s %s with %.60q: %d %s, want 400", ask.method, ask.path, body, w.Code, w.Body)
			}
		}
	}
	large := `{"public_attrs": {"summary": "` + strings.Repeat("x", 9<<20) + `"}}`
	refusal(t, s.do(t, token, http.MethodPatch, "/api/package/brook/tiny", large), http.StatusRequestEntityTooLarge)
}

func TestLists(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny", Version: "1.0", Subdir: "linux-64"})
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny", Version: "1.10", Subdir: "noarch"})
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny", Version: "1.9", Subdir: "linux-64"})
	s.upload(t, token, "labs", condatest.Spec{Name: "tinyc"})
	s.must(t, http.StatusOK, token, http.MethodPost, "/api/package/brook/secret", `{"public": false}`)
	golden(t, "packages", s.do(t, token, http.MethodGet, "/api/packages", nil))
	names := func(token, path string) string {
		var list []struct {
			Name string `json:"full_name"`
		}
		if err := json.Unmarshal(s.must(t, http.StatusOK, token, http.MethodGet, path, nil).Body.Bytes(), &list); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, p := range list {
			all = append(all, p.Name)
		}
		return strings.Join(all, " ")
	}
	for _, tt := range []struct{ token, path, want string }{
		{"", "/api/packages/brook", "brook/tiny"}, {token, "/api/packages/BROOK", "brook/secret brook/tiny"}, {s.Token(t, "casey"), "/api/packages/brook", "brook/tiny"},
		{token, "/api/packages/brook?access=private", "brook/secret"}, {token, "/api/packages/brook?access=private&access=public", "brook/secret brook/tiny"},
		{token, "/api/packages/brook?access=authenticated", ""}, {token, "/api/packages/brook?platform=linux-64", "brook/tiny"},
		{token, "/api/packages/brook?package_type=conda&platform=win-64", ""}, {token, "/api/packages/brook?type=pypi", ""},
		{"", "/api/search?name=tiny", "brook/tiny labs/tinyc"}, {"", "/api/search?name=tinyc&type=conda&platform=noarch", "labs/tinyc"},
		{"", "/api/search?name=tiny&platform=linux-64", "brook/tiny"}, {"", "/api/search?name=secret", ""}, {token, "/api/search?name=secret", "brook/secret"},
		{"", "/api/search?name=%22AND+OR+%28%28%00", ""},
	} {
		if got := names(tt.token, tt.path); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.path, got, tt.want)
		}
	}
	for _, path := range []string{"/api/search?type=tarball", "/api/packages/brook?access=secret", "/api/packages?package_type=x"} {
		refusal(t, s.do(t, token, http.MethodGet, path, nil), http.StatusBadRequest)
	}
	refusal(t, s.do(t, "", http.MethodGet, "/api/packages/nobody", nil), http.StatusNotFound)
	golden(t, "organizations", s.do(t, "", http.MethodGet, "/api/users/brook/orgs", nil))
	s.must(t, http.StatusOK, token, http.MethodGet, "/api/user/orgs", nil)
}

// TestPackageWithSeveralVersions: the newest is by conda's order, not the text's.
func TestPackageWithSeveralVersions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	for _, version := range []string{"1.10", "1.9"} {
		s.upload(t, token, "brook", condatest.Spec{Name: "tiny", Version: version, Subdir: "linux-64", Build: "h1_" + version[2:]})
	}
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny", Version: "1.9"})
	golden(t, "package_versions", s.do(t, token, http.MethodGet, "/api/package/brook/tiny", nil))
	if got := object(t, s.must(t, http.StatusOK, "", http.MethodGet, "/api/release/brook/tiny/latest", nil)); got["version"] != "1.10" {
		t.Errorf("latest is %v, want 1.10", got["version"])
	}
	golden(t, "deleted", s.do(t, token, http.MethodDelete, "/api/release/brook/tiny/1.10", nil))
	refusal(t, s.do(t, token, http.MethodGet, "/api/release/brook/tiny/1.10", nil), http.StatusNotFound)
}

// TestPageOfPackage: a name that means something else below a channel has its
// page in the long form.
func TestPageOfPackage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	for name, want := range map[string]string{
		"tiny": "/brook/tiny", "labels": "/brook/packages/labels", "Settings": "/brook/packages/Settings", "linux-64": "/brook/packages/linux-64",
		"rss.xml": "/brook/packages/rss.xml",
	} {
		got := object(t, s.must(t, http.StatusOK, token, http.MethodPost, "/api/package/brook/"+name, nil))
		if got["html_url"] != "http://vivarium.test:8080"+want {
			t.Errorf("page of %s: %v, want %s", name, got["html_url"], want)
		}
	}
}

func TestDownload(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	a := s.upload(t, token, "brook", condatest.Spec{Name: "tiny"})
	path := a.path("download", "brook")
	w := s.must(t, http.StatusOK, "", http.MethodGet, path, nil)
	if !bytes.Equal(w.Body.Bytes(), a.data) {
		t.Error("the bytes differ")
	}
	head := s.must(t, http.StatusOK, "", http.MethodHead, path, nil)
	golden(t, "download_head", head)
	if got := w.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("Cache-Control: %s", got)
	}
	if got := s.do(t, token, http.MethodGet, path, nil).Header().Get("Cache-Control"); got != "private, max-age=31536000, immutable" {
		t.Errorf("with a token: Cache-Control: %s", got)
	}
	md5 := object(t, s.do(t, "", http.MethodGet, a.path("dist", "brook"), nil))["md5"].(string)
	for _, tt := range []struct {
		header, value string
		status, size  int
	}{
		{"ETag", md5, 304, 0}, {"ETag", `"` + md5 + `"`, 304, 0}, {"ETag", "other", 200, len(a.data)}, {"If-None-Match", w.Header().Get("ETag"), 304, 0},
		{"Range", "bytes=4-7", 206, 4}, {"Range", "bytes=-100", 206, 100}, {"Range", "bytes=9999999-", 416, -1},
	} {
		if got := s.do(t, "", http.MethodGet, path, nil, tt.header, tt.value); got.Code != tt.status || tt.size >= 0 && got.Body.Len() != tt.size {
			t.Errorf("%s: %s: %d with %d bytes, want %d with %d", tt.header, tt.value, got.Code, got.Body.Len(), tt.status, tt.size)
		}
	}
}

// readerFrom notes what the surface gives to ReadFrom.
type readerFrom struct {
	*httptest.ResponseRecorder
	source io.Reader
}

// ReadFrom notes r and reads it.
func (w *readerFrom) ReadFrom(r io.Reader) (int64, error) {
	w.source = r
	return io.Copy(w.ResponseRecorder, r)
}

func TestDownloadReachesSendfile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.upload(t, s.Token(t, "brook"), "brook", condatest.Spec{Name: "tiny"})
	w := &readerFrom{ResponseRecorder: httptest.NewRecorder()}
	s.handler.ServeHTTP(w, request(t, http.MethodGet, a.path("download", "brook"), nil))
	limited, ok := w.source.(*io.LimitedReader)
	if !ok {
		t.Fatalf("ReadFrom was given %T", w.source)
	}
	if _, ok := limited.R.(*os.File); !ok {
		t.Errorf("behind the limit is %T, want *os.File", limited.R)
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny"}, "main", "Release/2026.11")
	s.upload(t, token, "brook", condatest.Spec{Name: "other"})
	golden(t, "labels", s.do(t, "", http.MethodGet, "/api/channels/brook", nil))
	golden(t, "label", s.do(t, "", http.MethodGet, "/api/channels/brook/release/2026.11", nil))
	s.must(t, http.StatusOK, "", http.MethodGet, "/api/channels/Brook/Release%2F2026.11", nil)
	refusal(t, s.do(t, "", http.MethodGet, "/api/channels/brook/nosuch", nil), http.StatusNotFound)
	refusal(t, s.do(t, "", http.MethodGet, "/api/channels/nobody", nil), http.StatusNotFound)
}
