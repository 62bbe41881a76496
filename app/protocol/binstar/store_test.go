package binstar_test

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// xmlRefusal is the code of an S3-style error, which is all that anaconda-client
// reads.
func xmlRefusal(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var answer struct {
		XMLName       xml.Name `xml:"Error"`
		Code, Message string
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Message == "" || w.Header().Get("Content-Type") != "application/xml" {
		t.Errorf("%d %v %s: %v, want an error in XML", w.Code, w.Header(), w.Body, err)
	}
	return answer.Code
}

func TestStoreIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.UploadSize = 64 << 10 })
	token := s.Token(t, "brook")
	a := build(t, condatest.Spec{Name: "tiny"})
	replace := func(fields [][2]string, key, value string) [][2]string {
		for i := range fields {
			if fields[i][0] == key {
				fields[i][1] = value
			}
		}
		return fields
	}
	many := func(fields [][2]string) [][2]string {
		for range 70 {
			fields = append([][2]string{{"x", "y"}}, fields...)
		}
		return fields
	}
	tests := []struct {
		name   string
		fields func([][2]string) [][2]string
		data   []byte
		status int
		code   string
	}{
		{"no ticket", func(f [][2]string) [][2]string { return f[1:] }, a.data, 403, "AccessDenied"},
		{"unknown ticket", func(f [][2]string) [][2]string { return replace(f, "key", "nonsense") }, a.data, 403, "AccessDenied"},
		{"other MD5", func(f [][2]string) [][2]string { return replace(f, "Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==") }, a.data, 400, "InvalidDigest"},
		{"MD5 that is none", func(f [][2]string) [][2]string { return replace(f, "Content-MD5", "xyz") }, a.data, 400, "InvalidDigest"},
		{"short MD5", func(f [][2]string) [][2]string { return replace(f, "Content-MD5", "AAAA") }, a.data, 400, "InvalidDigest"},
		{"other bytes", nil, []byte("other bytes"), 400, "InvalidDigest"},
		{"other size", func(f [][2]string) [][2]string { return replace(f, "Content-Length", "12") }, a.data, 400, "InvalidDigest"},
		{"size that is none", func(f [][2]string) [][2]string { return replace(f, "Content-Length", "many") }, a.data, 400, "InvalidRequest"},
		{"negative size", func(f [][2]string) [][2]string { return replace(f, "Content-Length", "-1") }, a.data, 400, "InvalidRequest"},
		{"declared too large", func(f [][2]string) [][2]string { return replace(f, "Content-Length", "999999") }, a.data, 413, "EntityTooLarge"},
		{"too large", func(f [][2]string) [][2]string { return f[:1] }, bytes.Repeat([]byte("x"), 65<<10), 413, "EntityTooLarge"},
		{"empty", func(f [][2]string) [][2]string { return f[:1] }, nil, 400, "InvalidRequest"},
		{"too many parts", many, a.data, 400, "InvalidRequest"},
		{"endless field", func(f [][2]string) [][2]string { return replace(f, "key", strings.Repeat("k", 20<<10)) }, a.data, 400, "InvalidRequest"},
	}
	for _, tt := range tests {
		ticket, _ := s.stage(t, token, "brook", a)
		fields := storeFields(ticket, a.data)
		if tt.fields != nil {
			fields = tt.fields(fields)
		}
		contentType, body := form(t, fields, a.basename, tt.data)
		w := s.store(t, contentType, body)
		if code := xmlRefusal(t, w); w.Code != tt.status || code != tt.code {
			t.Errorf("%s: %d %s, want %d %s", tt.name, w.Code, w.Body, tt.status, tt.code)
		}
		if strings.Contains(w.Body.String(), ticket) {
			t.Errorf("%s: the answer holds the ticket: %s", tt.name, w.Body)
		}
	}
}

func TestStoreRefusesForms(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	a := build(t, condatest.Spec{Name: "tiny"})
	ticket, _ := s.stage(t, token, "brook", a)
	contentType, whole := form(t, storeFields(ticket, a.data), a.basename, a.data)
	end := bytes.LastIndex(whole, []byte("\r\n--"))
	file := bytes.Index(whole, []byte(`name="file"`))
	tests := []struct {
		name, contentType string
		body              []byte
		code              string
	}{
		{"not a form", "application/json", []byte("{}"), "InvalidRequest"},
		{"no boundary", "multipart/form-data", whole, "InvalidRequest"},
		{"nothing", contentType, nil, "IncompleteBody"},
		{"cut off in the fields", contentType, whole[:60], "IncompleteBody"},
		{"cut off in a part's header", contentType, whole[:file], "InvalidRequest"},
		{"no file", contentType, bytes.Replace(whole, []byte(`name="file"`), []byte(`name="gift"`), 1), "InvalidRequest"},
		{"cut off in the file", contentType, whole[:end-20], "IncompleteBody"},
	}
	for _, tt := range tests {
		w := s.store(t, tt.contentType, tt.body)
		if code := xmlRefusal(t, w); w.Code != http.StatusBadRequest || code != tt.code {
			t.Errorf("%s: %d %s, want 400 %s", tt.name, w.Code, w.Body, tt.code)
		}
	}
	golden(t, "store_cut_off", s.store(t, contentType, whole[:60]))
}

// failingBody stands for the server's own limit on bodies.
type failingBody struct{ err error }

// Read fails.
func (b failingBody) Read([]byte) (int, error) { return 0, b.err }

// Close does nothing.
func (failingBody) Close() error { return nil }

func TestServersLimitIsTooLargeOnBothSurfaces(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	over := failingBody{model.Errorf(model.TooLarge, "The request is larger than allowed.")}
	r := request(t, http.MethodPost, "/upload/stage", "x", "Content-Type", "multipart/form-data; boundary=b")
	r.Body = over
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if code := xmlRefusal(t, w); w.Code != http.StatusRequestEntityTooLarge || code != "EntityTooLarge" {
		t.Errorf("store: %d %s", w.Code, w.Body)
	}
	r = request(t, http.MethodPost, "/api/package/brook/x", "x", "Authorization", "token "+s.Token(t, "brook"))
	r.Body = over
	w = httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	refusal(t, w, http.StatusRequestEntityTooLarge)
}
