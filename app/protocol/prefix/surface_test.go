package prefix_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/protocol/prefix"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// site is a real registry with the surface before it.
type site struct {
	*registrytest.Site
	mux *http.ServeMux
}

func newSite(t *testing.T) site {
	t.Helper()
	s := site{registrytest.New(t), http.NewServeMux()}
	handlers := prefix.New(s.Registry).Handlers()
	for _, row := range registry.Routes() {
		if row.Surface == model.PrefixSurface {
			h := handlers[row.Pattern]
			s.mux.HandleFunc(row.Pattern, func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(model.WithRoute(r.Context(), row)))
			})
		}
	}
	return s
}

// part is one part of a form; headers are name, value, name, value.
type part struct {
	name, fileName string
	body           []byte
	headers        []string
}

// form packs parts as rattler-build does.
func form(t *testing.T, parts ...part) (kind string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, p := range parts {
		h := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + p.name + `"; filename="` + p.fileName + `"`}}
		for i := 0; i < len(p.headers); i += 2 {
			h.Set(p.headers[i], p.headers[i+1])
		}
		w, err := m.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(p.body)
	}
	m.Close()
	return m.FormDataContentType(), b.Bytes()
}

// post sends a body as brook to a channel.
func (s site) post(t *testing.T, path, kind string, body []byte) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/prefix/api/v1/upload/"+path, bytes.NewReader(body))
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Authorization", "Bearer "+s.Token(t, "brook", "conda"))
	w := httptest.NewRecorder()
	s.mux.ServeHTTP(w, r)
	if w.Header().Get("Content-Type") != "text/plain; charset=utf-8" || strings.Count(w.Body.String(), "\n") != 1 {
		t.Errorf("%s: %v %q, want one line of text", path, w.Header(), w.Body)
	}
	return w
}

func TestUpload(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	fileName, data := condatest.Build(t, condatest.Spec{Name: "tiny"})
	_, other := condatest.Build(t, condatest.Spec{Name: "tiny", Summary: "other bytes"})
	sum := sha256.Sum256(data)
	sound := part{"file", fileName, data, []string{"X-File-Name", fileName, "X-File-SHA256", hex.EncodeToString(sum[:])}}
	changed := part{"file", fileName, other, nil}
	lie := part{"file", fileName, other, []string{"X-File-SHA256", hex.EncodeToString(sum[:])}}
	many := make([]part, 20)
	for i := range many {
		many[i] = part{"field", "", []byte("x"), nil}
	}
	tests := []struct {
		name, path string
		parts      []part
		status     int
		says       string
	}{
		{"another's channel", "casey", []part{sound}, 403, "may not change casey"},
		{"no channel", "nobody", []part{sound}, 404, "does not exist"},
		{"wrong digest", "brook", []part{lie}, 400, "another SHA-256"},
		{"no file", "brook", []part{{"other", "", data, nil}}, 400, `no part named "file"`},
		{"two files", "brook", []part{sound, sound}, 400, "two files"},
		{"an attestation", "brook", []part{sound, {"attestation", "", []byte("{}"), nil}}, 400, "attestations"},
		{"too many parts", "brook", many, 400, "more than 16 parts"},
		{"a path as name", "brook", []part{{"file", "../" + fileName, data, nil}}, 400, ""},
		{"no name", "brook", []part{{"file", "", data, nil}}, 400, ""},
		{"fresh", "brook?label=dev", []part{{"note", "", []byte("passed over"), nil}, sound}, 201, "Published brook/tiny/1.0/noarch/" + fileName},
		{"again", "brook", []part{sound}, 200, "there already"},
		{"other bytes", "brook", []part{changed}, 409, "already exists with other bytes"},
		{"by force", "brook?force=true", []part{changed}, 201, "Published"},
	}
	for _, tt := range tests {
		kind, body := form(t, tt.parts...)
		if w := s.post(t, tt.path, kind, body); w.Code != tt.status || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s: %d %s, want %d and %q", tt.name, w.Code, w.Body, tt.status, tt.says)
		}
	}
	f, err := s.File(t.Context(), model.Actor{}, "brook", "tiny", "1.0", "noarch/"+fileName)
	if err != nil || strings.Join(f.Labels, " ") != "dev" {
		t.Errorf("the file has the labels %q, %v; want that of the first upload", f.Labels, err)
	}
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	fileName, data := condatest.Build(t, condatest.Spec{Name: "tiny"})
	kind, whole := form(t, part{"file", fileName, data, nil})
	for name, tt := range map[string]struct {
		kind string
		body []byte
		says string
	}{
		"no form":            {"application/json", []byte("{}"), "multipart/form-data"},
		"nothing":            {kind, nil, "broke off"},
		"cut off":            {kind, whole[:len(whole)/2], "broke off"},
		"cut off in headers": {kind, whole[:70], "cannot be read"},
	} {
		if w := s.post(t, "brook", tt.kind, tt.body); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s: %d %s, want 400 and %q", name, w.Code, w.Body, tt.says)
		}
	}
}
