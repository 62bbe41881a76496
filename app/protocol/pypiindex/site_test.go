package pypiindex_test

import (
	"bytes"
	"encoding/base64"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/protocol/pypiindex"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// site is a real registry with the surface before it. brook has the public project
// Rec.Pkg_Main (wheel and sdist of 1.0, a wheel of 1.1+l.1; of 2.0rc1 only under the
// label dev) and the private project hush.
type site struct {
	*registrytest.Site
	handler http.Handler
}

func newSite(t testing.TB, options ...func(*registry.Policy)) *site {
	t.Helper()
	s := emptySite(t, options...)
	s.publish(t, "brook", wheel(t, recPkg("1.0")))
	s.publish(t, "brook", sdist(t, recPkg("1.0")))
	s.publish(t, "brook", wheel(t, recPkg("1.1+l.1")))
	s.publish(t, "brook", wheel(t, recPkg("2.0rc1")), "dev")
	private := model.Private
	if _, err := s.CreatePackage(t.Context(), s.Actor(t, "brook"), "brook", "hush", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	s.publish(t, "brook", wheel(t, pypitest.Spec{Name: "hush"}))
	return s
}

func emptySite(t testing.TB, options ...func(*registry.Policy)) *site {
	t.Helper()
	s := registrytest.New(t, options...)
	return &site{Site: s, handler: pypiindex.New(pypiindex.Options{Registry: s.Registry, Routes: registry.Routes()})}
}

func recPkg(version string) pypitest.Spec {
	return pypitest.Spec{
		Name: "Rec.Pkg_Main", Version: version, MetadataVersion: "2.4", Summary: "Records <things>", RequiresPython: ">=3.9,<4", Requires: []string{`leaf; extra == "fast"`},
		Extras: []string{"fast"}, Description: "# Rec\n\nIt records.\n",
		Headers: []string{"License-Expression: MIT", "Author: Brook", "Keywords: a,b", "Project-URL: Homepage, https://rec.example", "Description-Content-Type: text/markdown", "Classifier: Typing :: Typed"},
	}
}

// artifact is a built distribution.
type artifact struct {
	name string
	data []byte
}

func wheel(t testing.TB, spec pypitest.Spec) artifact {
	name, data := pypitest.Wheel(t, spec)
	return artifact{name, data}
}

func sdist(t testing.TB, spec pypitest.Spec) artifact {
	name, data := pypitest.Sdist(t, spec)
	return artifact{name, data}
}

// publish puts a file into a channel that brook owns.
func (s *site) publish(t testing.TB, owner string, a artifact, labels ...string) model.File {
	t.Helper()
	in, err := s.Receive(t.Context(), s.Actor(t, "brook"), owner)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if _, err := in.ReadFrom(bytes.NewReader(a.data)); err != nil {
		t.Fatal(err)
	}
	f, _, err := s.PublishPython(t.Context(), s.Actor(t, "brook"), owner, in, registry.Upload{FileName: a.name, Labels: labels})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// closeChannel makes brook's channel closed.
func (s *site) closeChannel(t testing.TB) {
	t.Helper()
	a, err := s.Store.Account(t.Context(), "brook")
	if err != nil {
		t.Fatal(err)
	}
	a.Closed = true
	if err := s.Store.UpdateAccount(t.Context(), &a, "closed"); err != nil {
		t.Fatal(err)
	}
}

func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

// request makes a request as the server hands it on.
func request(method, path string, body []byte, headers ...string) *http.Request {
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	r.URL.Scheme, r.URL.Host, r.RemoteAddr = "http", "vivarium.test:8080", "192.0.2.9"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func (s *site) do(method, path string, body []byte, headers ...string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, request(method, path, body, headers...))
	return w
}

// get is a GET that must have the status. A refusal must be one line of text.
func (s *site) get(t testing.TB, status int, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	w := s.do(http.MethodGet, path, nil, headers...)
	if w.Code != status {
		t.Errorf("GET %s %v: %d %s, want %d", path, headers, w.Code, w.Body, status)
	}
	if w.Code >= 400 && w.Code != http.StatusRequestedRangeNotSatisfiable {
		checkRefusal(t, path, w)
	}
	return w
}

func checkRefusal(t testing.TB, path string, w *httptest.ResponseRecorder) {
	t.Helper()
	body, h := w.Body.String(), w.Header()
	if h.Get("Content-Type") != "text/plain; charset=utf-8" || strings.Count(body, "\n") != 1 || !strings.HasSuffix(body, "\n") || strings.Contains(body, "</") {
		t.Errorf("%s: %v %q, want one line of text", path, h, body)
	}
	if (h.Get("WWW-Authenticate") == `Basic realm="Vivarium"`) != (w.Code == http.StatusUnauthorized) {
		t.Errorf("%s: %d with %v", path, w.Code, h)
	}
}

// field is a field of an upload form; the one named content is the file.
type field struct{ name, value string }

// fields are what all clients say of a file, before it and after it.
func fields(a artifact, name, version string) []field {
	return []field{{":action", "file_upload"}, {"protocol_version", "1"}, {"name", name}, {"version", version}, {"content", a.name}}
}

// form writes a multipart form as the clients do.
func form(t testing.TB, all []field, data []byte) (contentType string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range all {
		if f.name != "content" {
			if err := w.WriteField(f.name, f.value); err != nil {
				t.Fatal(err)
			}
			continue
		}
		part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="content"; filename="` + f.value + `"`}})
		if err != nil {
			t.Fatal(err)
		}
		part.Write(data)
	}
	w.Close()
	return w.FormDataContentType(), b.Bytes()
}

// upload sends a form to an address with headers.
func (s *site) upload(t testing.TB, path string, all []field, data []byte, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	contentType, body := form(t, all, data)
	return s.do(http.MethodPost, path, body, append([]string{"Content-Type", contentType}, headers...)...)
}
