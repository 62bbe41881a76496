package condachannel_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// put uploads data as brook, unless the headers say otherwise.
func (s *site) put(t testing.TB, path string, data []byte, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPut, path, bytes.NewReader(data))
	r.RemoteAddr = "192.0.2.9"
	r.Header.Set("Authorization", "Bearer "+s.Token(t, "brook", "conda"))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

func TestPut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	fileName, data := condatest.Build(t, condatest.Spec{Name: "fresh"})
	_, other := condatest.Build(t, condatest.Spec{Name: "fresh", Summary: "other bytes"})
	sum := sha256.Sum256(data)
	right := hex.EncodeToString(sum[:])
	tests := []struct {
		name, path string
		data       []byte
		status     int
		says       string
	}{
		{"wrong digest", "/conda/brook/noarch/" + fileName + "?sha256=" + strings.Repeat("0", 64), data, 400, "another SHA-256"},
		{"no digest at all", "/conda/brook/noarch/" + fileName + "?sha256=abc", data, 400, "64 hexadecimal digits"},
		{"fresh", "/conda/brook/noarch/" + fileName + "?sha256=" + right, data, 201, "Published brook/fresh/1.0/noarch/" + fileName},
		{"again", "/artifactory/brook/noarch/" + fileName, data, 200, "there already"},
		{"other bytes", "/brook/noarch/" + fileName, other, 409, "already exists"},
		{"other bytes, which replace", "/conda/brook/noarch/" + fileName + "?force=true", other, 201, "Published"},
		{"force that is neither", "/conda/brook/noarch/" + fileName + "?force=perhaps", other, 400, "true or false"},
		{"another subdir", "/conda/brook/linux-64/" + fileName, data, 400, "noarch"},
		{"unknown subdir", "/conda/brook/linux-65/" + fileName, data, 400, "not a conda subdir"},
		{"no subdir", "/conda/brook/" + fileName, data, 400, "SUBDIR/FILE"},
		{"no package", "/conda/brook/noarch/readme.txt", data, 400, "cannot be a conda package"},
		{"another name", "/conda/brook/noarch/other-1.0-0.conda", data, 400, "other"},
		{"empty", "/conda/brook/noarch/fresh-2.0-0.conda", nil, 400, "empty"},
		{"query that cannot be read", "/conda/brook/noarch/" + fileName + "?%zz", data, 400, "malformed"},
		{"no channel", "/conda/nobody/noarch/" + fileName, data, 404, "does not exist"},
	}
	for _, tt := range tests {
		w := s.put(t, tt.path, tt.data)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.says) || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s: %d %s, want %d and %q", tt.name, w.Code, w.Body, tt.status, tt.says)
		}
	}
	if got := s.get(t, http.StatusOK, "/artifactory/brook/noarch/"+fileName).Body.Bytes(); !bytes.Equal(got, other) {
		t.Error("the file is not the one that replaced the first")
	}
	s.get(t, http.StatusNotFound, "/conda/brook/noarch/fresh-2.0-0.conda")
}

// TestPutLabels takes labels from the address and from the query; who replaces a
// file and names none keeps those that it had.
func TestPutLabels(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	fileName, data := condatest.Build(t, condatest.Spec{Name: "fresh"})
	if w := s.put(t, "/conda/brook/label/dev/2026/noarch/"+fileName+"?label=Next", data); w.Code != http.StatusCreated {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	_, other := condatest.Build(t, condatest.Spec{Name: "fresh", Summary: "other bytes"})
	if w := s.put(t, "/conda/brook/noarch/"+fileName+"?force=1", other); w.Code != http.StatusCreated {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	s.get(t, http.StatusOK, "/conda/brook/label/dev/2026/noarch/"+fileName)
	s.get(t, http.StatusOK, "/conda/brook/label/next/noarch/"+fileName)
	s.get(t, http.StatusNotFound, "/conda/brook/label/main/noarch/"+fileName)
	if w := s.put(t, "/conda/brook/noarch/x-1.0-0.conda?label=nolabel", data); w.Code != http.StatusBadRequest {
		t.Errorf("a label that none may have: %d %s", w.Code, w.Body)
	}
}

// inHeader is what a token in the path is told that would do in a header.
const inHeader = "A token in the address opens downloads only. Send it in a header: \"Authorization: token TOKEN\".\n"

// TestPutNeedsTheScope: what is in the path opens downloads alone.
// TestPutAgain: the labels that are named reach a file that is there already.
func TestPutAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	fileName, data := condatest.Build(t, condatest.Spec{Name: "fresh"})
	at := "/conda/brook/noarch/" + fileName
	for _, step := range []struct {
		path   string
		status int
		says   string
		on     []string
	}{
		{at, 201, "Published", []string{"main"}},
		{"/conda/brook/label/zulu/noarch/" + fileName, 200, "there already, with the same bytes, on main, zulu.", []string{"main", "zulu"}},
		{at, 200, "on main, zulu.", []string{"main", "zulu"}},
		{at + "?label=zulu", 200, "on main, zulu.", []string{"main", "zulu"}},
		{at + "?label=no%20label!", 400, "label", []string{"main", "zulu"}},
		{at + "?label=dev&force=true", 200, "on dev.", []string{"dev"}},
		{at + "?force=true", 200, "on dev.", []string{"dev"}},
	} {
		w := s.put(t, step.path, data)
		if w.Code != step.status || !strings.Contains(w.Body.String(), step.says) {
			t.Errorf("%s: %d %s, want %d and %q", step.path, w.Code, w.Body, step.status, step.says)
		}
		for _, label := range []string{"main", "zulu", "dev"} {
			listed := strings.Contains(s.get(t, http.StatusOK, "/conda/brook/label/"+label+"/noarch/repodata.json").Body.String(), fileName)
			if listed != slices.Contains(step.on, label) {
				t.Errorf("after %s the file stands on %s: %t", step.path, label, listed)
			}
		}
	}
}

func TestPutNeedsTheScope(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	fileName, data := condatest.Build(t, condatest.Spec{Name: "fresh"})
	for scope, want := range map[string]string{
		"all": inHeader, "conda": inHeader, "api:write": inHeader, "conda:download": "The access token lacks the scope conda. Create one that has it.\n",
	} {
		w := s.put(t, "/conda/t/"+s.Token(t, "brook", scope)+"/brook/noarch/"+fileName, data)
		if w.Code != http.StatusForbidden || w.Body.String() != want {
			t.Errorf("%s in the path: %d %s, want %s", scope, w.Code, w.Body, want)
		}
	}
	for scope, status := range map[string]int{"conda:download": 403, "pypi": 403, "api:read": 403, "api:write": 201} {
		if w := s.put(t, "/conda/brook/noarch/"+fileName, data, "Authorization", "token "+s.Token(t, "brook", scope)); w.Code != status {
			t.Errorf("%s: %d %s, want %d", scope, w.Code, w.Body, status)
		}
	}
	if w := s.put(t, "/conda/brook/noarch/"+fileName, data, "Authorization", "Bearer viv-nonsense"); w.Code != http.StatusUnauthorized {
		t.Errorf("a wrong token: %d %s", w.Code, w.Body)
	}
}

// failingBody is a body that breaks off.
type failingBody struct{ err error }

// Read fails.
func (b failingBody) Read([]byte) (int, error) { return 0, b.err }

// TestPutReadsNothingOfARefused body.
func TestPutReadsNothingOfARefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for path, status := range map[string]int{"/conda/casey/noarch/fresh-1.0-0.conda": 403, "/conda/brook/linux-65/fresh-1.0-0.conda": 400, "/conda/brook/noarch/fresh-1.0-0.conda": 413} {
		r := httptest.NewRequest(http.MethodPut, path, failingBody{model.Errorf(model.TooLarge, "Too large.")})
		r.Header.Set("X-API-Key", s.Token(t, "brook"))
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("%s: %d %s, want %d", path, w.Code, w.Body, status)
		}
	}
}

// TestPutBeyondTheLimit, with a body that does not say how long it is.
func TestPutBeyondTheLimit(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.UploadSize = 4 << 10 })
	w := s.put(t, "/conda/brook/noarch/fresh-1.0-0.conda", make([]byte, 5000))
	if w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(w.Body.String(), "limits.upload_size") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
