package binstar_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/registry"
)

// put sends a file in one request, as curl -T does.
func (s *site) put(t testing.TB, token, path string, data []byte) *httptest.ResponseRecorder {
	t.Helper()
	r := request(t, http.MethodPut, "/api/upload/"+path, nil, "Authorization", "token "+token, "Content-Type", "")
	r.Body = http.NoBody
	if data != nil {
		r = httptest.NewRequest(http.MethodPut, "/api/upload/"+path, bytes.NewReader(data))
		r.URL.Scheme, r.URL.Host, r.RemoteAddr = "http", "vivarium.test:8080", "192.0.2.9"
		r.Header.Set("Authorization", "token "+token)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

func TestUploadFile(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.UploadSize = 64 << 10 })
	token := s.Token(t, "brook", "api:write")
	a := build(t, condatest.Spec{Name: "tiny", Subdir: "linux-64"})
	other := build(t, condatest.Spec{Name: "tiny", Subdir: "linux-64", Summary: "other bytes"})
	wheel, python := pypitest.Wheel(t, pypitest.Spec{Name: "rec"})
	_, otherPython := pypitest.Wheel(t, pypitest.Spec{Name: "rec", Summary: "other bytes"})
	tests := []struct {
		name, token, path string
		data              []byte
		status            int
	}{
		{"a scope of another surface", s.Token(t, "brook", "conda"), "brook/tiny-1.0-0.conda", a.data, 403},
		{"another's channel", token, "casey/tiny-1.0-0.conda", a.data, 403},
		{"a type that does not fit", token, "brook/tiny-1.0-0.conda?type=pypi", a.data, 400},
		{"a type that is none", token, "brook/tiny-1.0-0.conda?type=rock", a.data, 400},
		{"nothing", token, "brook/tiny-1.0-0.conda", nil, 400},
		{"too large", token, "brook/tiny-1.0-0.conda", make([]byte, 65<<10), 413},
		{"fresh", token, "brook/tiny-1.0-0.conda?label=dev&label=main", a.data, 201},
		{"again", token, "brook/tiny-1.0-0.conda", a.data, 200},
		{"other bytes", token, "brook/tiny-1.0-0.conda", other.data, 409},
		{"a wheel", token, "brook/" + wheel, python, 201},
		{"the wheel again", token, "brook/" + wheel, python, 200},
		{"another wheel of the name", token, "brook/" + wheel, otherPython, 409},
		{"a name that tells no type", token, "brook/Some%20notes.txt", a.data, 201},
		{"the same again", token, "brook/Some%20notes.txt", a.data, 200},
		{"other bytes under a version", token, "brook/Some%20notes.txt?version=1&package=notes", a.data, 201},
		{"and once more", token, "brook/Some%20notes.txt?version=1&package=notes", other.data, 409},
		{"a notebook", token, "brook/x.ipynb?package=counts", []byte(tinyNotebook), 201},
		{"no notebook", token, "brook/x.ipynb", []byte("{}"), 400},
	}
	for _, tt := range tests {
		w := s.put(t, tt.token, tt.path, tt.data)
		if w.Code != tt.status {
			t.Errorf("%s: %d %s, want %d", tt.name, w.Code, w.Body, tt.status)
		}
		if tt.status >= 400 {
			refusal(t, w, tt.status)
		}
	}
	golden(t, "upload_file", s.put(t, token, "brook/tiny-1.0-0.conda", a.data))
}
