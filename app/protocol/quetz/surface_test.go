package quetz_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/protocol/quetz"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// site is a real registry with the surface before it.
type site struct {
	*registrytest.Site
	mux *http.ServeMux
}

func newSite(t *testing.T, options ...func(*registry.Policy)) site {
	t.Helper()
	s := site{registrytest.New(t, options...), http.NewServeMux()}
	handlers := quetz.New(s.Registry).Handlers()
	for _, row := range registry.Routes() {
		if row.Surface == model.QuetzSurface {
			h := handlers[row.Pattern]
			s.mux.HandleFunc(row.Pattern, func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(model.WithRoute(r.Context(), row)))
			})
		}
	}
	return s
}

// upload sends data with a token to a channel.
func (s site) upload(token, path string, data []byte) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/quetz/api/channels/"+path, bytes.NewReader(data))
	if token != "" {
		r.Header.Set("X-API-Key", token)
	}
	w := httptest.NewRecorder()
	s.mux.ServeHTTP(w, r)
	return w
}

func TestUpload(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	fileName, data := condatest.Build(t, condatest.Spec{Name: "tiny", Subdir: "linux-64"})
	_, other := condatest.Build(t, condatest.Spec{Name: "tiny", Subdir: "linux-64", Summary: "other bytes"})
	wheel, python := pypitest.Wheel(t, pypitest.Spec{})
	sum := sha256.Sum256(data)
	right, wrong := hex.EncodeToString(sum[:]), strings.Repeat("0", 64)
	token, reader := s.Token(t, "brook", "conda"), s.Token(t, "brook", "conda:download")
	tests := []struct {
		name, token, path string
		data              []byte
		status            int
		body              string
	}{
		{"no key", "", "brook/upload/" + fileName, data, 401, `{"detail":"Sign in, or send a valid access token."}`},
		{"wrong key", "viv-nonsense", "brook/upload/" + fileName, data, 401, `{"detail":"`},
		{"key for reading", reader, "brook/upload/" + fileName, data, 403, `{"detail":"The access token lacks the scope conda. Create one that has it."}`},
		{"another's channel", token, "casey/upload/" + fileName, data, 403, `{"detail":"brook may not change casey`},
		{"no channel", token, "nobody/upload/" + fileName, data, 404, `{"detail":"User \"nobody\" does not exist."}`},
		{"wrong digest", token, "brook/upload/" + fileName + "?force=false&sha256=" + wrong, data, 406, `{"detail":"The bytes that arrived have another SHA-256`},
		{"digest that is none", token, "brook/upload/" + fileName + "?sha256=abc", data, 400, `{"detail":"`},
		{"not a conda package", token, "brook/upload/" + wheel, python, 400, `{"detail":"`},
		{"empty", token, "brook/upload/" + fileName, nil, 400, `is empty."}`},
		{"fresh", token, "brook/upload/" + fileName + "?force=false&sha256=" + right, data, 201, "null"},
		{"again", token, "brook/upload/" + fileName + "?force=false&sha256=" + right, data, 200, "null"},
		{"duplicate", token, "brook/upload/" + fileName + "?force=false", other, 409, `{"detail":"Duplicate"}`},
		{"by force", token, "brook/upload/" + fileName + "?force=true", other, 201, "null"},
	}
	for _, tt := range tests {
		w := s.upload(tt.token, tt.path, tt.data)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.body) || w.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %s, want %d %s", tt.name, w.Code, w.Body, tt.status, tt.body)
		}
	}
	f, err := s.File(t.Context(), model.Actor{}, "brook", "tiny", "1.0", "linux-64/"+fileName)
	sum = sha256.Sum256(other)
	if err != nil || f.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("in the channel is %s, %v", f.SHA256, err)
	}
}

// TestConflictsOfAnotherKind keep their sentence.
func TestConflictsOfAnotherKind(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, immutable := s.Token(t, "brook"), true
	fileName, data := condatest.Build(t, condatest.Spec{})
	_, other := condatest.Build(t, condatest.Spec{Summary: "other bytes"})
	if w := s.upload(token, "brook/upload/"+fileName, data); w.Code != http.StatusCreated {
		t.Fatal(w.Body)
	}
	if _, err := s.UpdateChannel(t.Context(), s.Actor(t, "brook"), "brook", registry.ChannelChange{Immutable: &immutable}); err != nil {
		t.Fatal(err)
	}
	w := s.upload(token, "brook/upload/"+fileName+"?force=true", other)
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "immutable") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
