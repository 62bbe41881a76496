package pypiindex_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/registry/registrytest"
)

// ok fails the test unless the upload was taken.
func (s *site) ok(t testing.TB, path string, all []field, data []byte, headers ...string) {
	t.Helper()
	if w := s.upload(t, path, all, data, headers...); w.Code != http.StatusOK {
		t.Errorf("POST %s %v: %d %s", path, headers, w.Code, w.Body)
	}
}

// TestUploadOrders sends the fields in the orders that clients have, and what each
// sends besides.
func TestUploadOrders(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	a := wheel(t, recPkg("1.0"))
	common := fields(a, "Rec.Pkg_Main", "1.0")
	more := []field{
		{"filetype", "bdist_wheel"}, {"pyversion", "py3"}, {"metadata_version", "2.3"}, {"summary", "a\r\nb"}, {"description", strings.Repeat("long\r\n", 20000)},
		{"classifiers", "a"}, {"classifiers", "b"}, {"project_urls", "Homepage, https://rec.example"}, {"attestations", "[" + strings.Repeat(" ", 100<<10) + "]"},
		{"blake2_256_digest", "0"}, {"provides", "Rec"}, {"license_file", "LICENSE"}, {"gpg_signature", "x"}, {"unheard_of", "x"}, {"name", "repeated"},
	}
	reversed := slices.Clone(common)
	slices.Reverse(reversed)
	for name, all := range map[string][]field{
		"file last": common, "file first": reversed, "file amid": slices.Concat(common, more), "fields of twine": slices.Concat(common[2:], more[:14], common[:2]),
		"no more than the file": {{"content", a.name}}, "other spelling": fields(a, "rec-pkg.main", "v1.0.0"),
	} {
		t.Run(name, func(t *testing.T) {
			s.ok(t, "/pypi/brook/", all, a.data, "Authorization", basic("__token__", s.Token(t, "brook")))
		})
	}
	if p := s.project(t, "/pypi/brook/simple/rec-pkg-main/"); len(p.Files) != 1 {
		t.Errorf("the page lists %+v", p)
	}
}

// TestUploadAddresses: with and without the slash, and never a redirect.
func TestUploadAddresses(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	token := s.Token(t, "brook", "pypi:upload")
	for i, tt := range []struct{ path, owner, name string }{
		{"/pypi/brook", "brook", "a"}, {"/pypi/brook/", "brook", "b"}, {"/pypi/brook/legacy", "brook", "c"}, {"/pypi/Brook/legacy/", "brook", "d"}, {"/pypi/labs/legacy/", "labs", "e"},
	} {
		a := []artifact{wheel(t, pypitest.Spec{Name: tt.name}), sdist(t, pypitest.Spec{Name: tt.name})}[i%2]
		s.ok(t, tt.path, fields(a, tt.name, "1.0"), a.data, "Authorization", basic("__token__", token))
		if p := s.project(t, "/pypi/"+tt.owner+"/simple/"+tt.name+"/"); len(p.Files) != 1 || p.Files[0].Filename != a.name {
			t.Errorf("%s: the page lists %+v", tt.path, p)
		}
	}
}

// TestUploadCredentials: who may upload, by which credential.
func TestUploadCredentials(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	a := wheel(t, pypitest.Spec{})
	upload := s.Token(t, "brook", "pypi:upload")
	for _, tt := range []struct {
		name, path string
		headers    []string
		status     int
		sentence   string
	}{
		{"nobody", "/pypi/brook/", nil, 401, "Sign in"},
		{"wrong token", "/pypi/brook/", []string{"Authorization", basic("__token__", "viv-wrong")}, 401, ""},
		{"wrong password", "/pypi/brook/", []string{"Authorization", basic("brook", "wrong")}, 401, ""},
		{"unreadable", "/pypi/brook/", []string{"Authorization", "Basic ???"}, 401, ""},
		{"another's channel", "/pypi/brook/", []string{"X-API-Key", s.Token(t, "casey")}, 403, "brook"},
		{"another's organization", "/pypi/labs/", []string{"X-API-Key", s.Token(t, "casey")}, 403, "labs"},
		{"no such channel", "/pypi/nobody/", []string{"X-API-Key", upload}, 404, "nobody"},
		{"only downloads", "/pypi/brook/", []string{"X-API-Key", s.Token(t, "brook", "pypi:download", "conda", "api")}, 403, "pypi:upload"},
		{"token in the path", "/pypi/t/" + upload + "/brook/legacy/", nil, 403, "Send it in a header"},
		{"token in the path before", "/t/" + upload + "/pypi/brook/", nil, 403, "Send it in a header"},
		{"token as password", "/pypi/brook/", []string{"Authorization", basic("__token__", upload)}, 200, ""},
		{"token as user", "/pypi/brook/", []string{"Authorization", basic(upload, "x-auth-token")}, 200, ""},
		{"token alone", "/pypi/brook/", []string{"Authorization", basic(upload, "")}, 200, ""},
		{"bearer", "/pypi/brook/", []string{"Authorization", "Bearer " + upload}, 200, ""},
		{"password", "/pypi/brook/", []string{"Authorization", basic("brook", registrytest.Password)}, 200, ""},
		{"scope pypi", "/pypi/brook/", []string{"X-API-Key", s.Token(t, "brook", "pypi")}, 200, ""},
		{"scope repos", "/pypi/brook/", []string{"X-API-Key", s.Token(t, "brook", "repos")}, 200, ""},
		{"the organization's", "/pypi/labs/", []string{"X-API-Key", s.Token(t, "labs")}, 200, ""},
		{"administrator of the site", "/pypi/brook/", []string{"X-API-Key", s.Token(t, "ada")}, 403, "brook"},
	} {
		w := s.upload(t, tt.path, fields(a, "demo", "1.0"), a.data, tt.headers...)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.sentence) {
			t.Errorf("%s: %d %s, want %d", tt.name, w.Code, w.Body, tt.status)
		}
		if w.Code != http.StatusOK {
			checkRefusal(t, tt.name, w)
			checkNoTrace(t, w, upload)
		}
	}
	s.closeChannel(t)
	for _, channel := range []string{"brook", "nobody"} {
		if w := s.upload(t, "/pypi/"+channel+"/", fields(a, "demo", "1.0"), a.data); w.Code != map[string]int{"brook": 401, "nobody": 404}[channel] {
			t.Errorf("closed: %s answers %d %s", channel, w.Code, w.Body)
		}
	}
}

// TestUploadAgain: the same bytes are no error, other bytes are one for ever.
func TestUploadAgain(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	token := []string{"X-API-Key", s.Token(t, "brook")}
	first, other := wheel(t, pypitest.Spec{}), wheel(t, pypitest.Spec{Summary: "other bytes"})
	all := fields(first, "demo", "1.0")
	s.ok(t, "/pypi/brook/", all, first.data, token...)
	s.ok(t, "/pypi/brook/", all, first.data, token...)
	refused := func(data []byte, words string) {
		t.Helper()
		w := s.upload(t, "/pypi/brook/", all, data, token...)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), words) {
			t.Errorf("%d %s, want 400 and %q", w.Code, w.Body, words)
		}
	}
	refused(other.data, "File already exists: demo-1.0-py3-none-any.whl (sha256 "+s.project(t, "/pypi/brook/simple/demo/").Files[0].Hashes["sha256"]+")")
	if _, err := s.DeleteFile(t.Context(), s.Actor(t, "brook"), "brook", "demo", "1.0", first.name); err != nil {
		t.Fatal(err)
	}
	s.get(t, 404, "/pypi/brook/simple/demo/")
	for _, data := range [][]byte{first.data, other.data} {
		refused(data, "belonged to a file that was deleted")
		if w := s.upload(t, "/pypi/brook/", all, data, token...); strings.Contains(w.Body.String(), "already exist") {
			t.Errorf("skip-existing would take this for success: %s", w.Body)
		}
	}
	s.ok(t, "/pypi/labs/", all, other.data, token...) // another channel
}
