package binstar_test

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strconv"
	"testing"

	"vivarium/app/format/conda/condatest"
)

// artifact is a built package and where it belongs.
type artifact struct {
	name, version, basename string
	data                    []byte
}

func build(t testing.TB, spec condatest.Spec) artifact {
	t.Helper()
	fileName, data := condatest.Build(t, spec)
	a := artifact{name: spec.Name, version: spec.Version, basename: spec.Subdir + "/" + fileName, data: data}
	if a.version == "" {
		a.version = "1.0"
	}
	if spec.Subdir == "" {
		a.basename = "noarch/" + fileName
	}
	return a
}

func (a artifact) path(verb, owner string) string {
	return (&url.URL{Path: fmt.Sprintf("/api/%s/%s/%s/%s/%s", verb, owner, a.name, a.version, a.basename)}).EscapedPath()
}

// announcement is what both uploaders say of a file before they send it.
func (a artifact) announcement(labels ...string) map[string]any {
	sum := sha256.Sum256(a.data)
	if labels == nil {
		labels = []string{}
	}
	return map[string]any{
		"distribution_type": "conda", "description": nil, "channels": labels, "sha256": hex.EncodeToString(sum[:]),
		"attrs":        map[string]any{"subdir": "noarch", "build": "0", "build_number": 0, "depends": []string{"python >=3.8"}},
		"dependencies": map[string]any{"depends": []any{map[string]any{"name": "python", "specs": []any{[]string{">=", "3.8"}}}}},
	}
}

// stage announces a and returns the ticket and dist_id.
func (s *site) stage(t testing.TB, token, owner string, a artifact, labels ...string) (ticket, distID string) {
	t.Helper()
	answer := object(t, s.must(t, http.StatusOK, token, http.MethodPost, a.path("stage", owner), a.announcement(labels...)))
	return answer["form_data"].(map[string]any)["key"].(string), answer["dist_id"].(string)
}

// form writes multipart fields in order, then the file; without a file name when
// that is empty, as rattler-build does.
func form(t testing.TB, fields [][2]string, fileName string, data []byte) (contentType string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range fields {
		if err := w.WriteField(f[0], f[1]); err != nil {
			t.Fatal(err)
		}
	}
	disposition := `form-data; name="file"`
	if fileName != "" {
		disposition += fmt.Sprintf(`; filename=%q`, fileName)
	}
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {disposition}})
	if err != nil {
		t.Fatal(err)
	}
	part.Write(data)
	w.Close()
	return w.FormDataContentType(), b.Bytes()
}

// storeFields are the fields that both uploaders send before the file.
func storeFields(ticket string, data []byte) [][2]string {
	sum := md5.Sum(data)
	return [][2]string{{"key", ticket}, {"Content-Length", strconv.Itoa(len(data))}, {"Content-MD5", base64.StdEncoding.EncodeToString(sum[:])}}
}

// store sends a form to the store step, without any credential in the headers.
func (s *site) store(t testing.TB, contentType string, body []byte) *httptest.ResponseRecorder {
	t.Helper()
	return s.do(t, "", http.MethodPost, "/upload/stage", string(body), "Content-Type", contentType)
}

// upload goes through the three steps.
func (s *site) upload(t testing.TB, token, owner string, spec condatest.Spec, labels ...string) artifact {
	t.Helper()
	a := build(t, spec)
	ticket, distID := s.stage(t, token, owner, a, labels...)
	contentType, body := form(t, storeFields(ticket, a.data), a.basename, a.data)
	if w := s.store(t, contentType, body); w.Code != http.StatusCreated {
		t.Fatalf("store: %d %s", w.Code, w.Body)
	}
	s.must(t, http.StatusOK, token, http.MethodPost, a.path("commit", owner), map[string]string{"dist_id": distID})
	return a
}

// TestUploadAsAnacondaClient replays anaconda-client's upload of a new package.
func TestUploadAsAnacondaClient(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api:read", "api:write")
	a := build(t, condatest.Spec{Name: "tiny", Subdir: "linux-64", Depends: []string{"python >=3.8"}, Summary: "a tiny thing", License: "MIT"})
	s.must(t, http.StatusOK, token, http.MethodHead, "/api", nil)
	s.must(t, http.StatusOK, token, http.MethodGet, "/api/user", nil)
	refusal(t, s.do(t, token, http.MethodGet, a.path("dist", "brook"), nil), http.StatusNotFound)
	refusal(t, s.do(t, token, http.MethodGet, "/api/package/brook/tiny", nil), http.StatusNotFound)
	golden(t, "package_created", s.do(t, token, http.MethodPost, "/api/package/brook/tiny", map[string]any{
		"public": true, "publish": false, "public_attrs": map[string]any{
			"name": "tiny", "summary": "a tiny thing", "package_types": []string{"conda"}, "license": map[string]any{"name": "MIT", "url": "http://license.example", "family": "MIT"},
			"home": "https://tiny.example", "dev_url": nil, "source_git_url": []string{"https://git.example/tiny", "https://other.example"},
		},
	}))
	refusal(t, s.do(t, token, http.MethodGet, "/api/release/brook/tiny/1.0", nil), http.StatusNotFound)
	golden(t, "release_created", s.do(t, token, http.MethodPost, "/api/release/brook/tiny/1.0", map[string]any{
		"requirements": []string{}, "announce": nil, "description": nil, "version": "1.0", "home_page": "https://tiny.example", "icon": "data:image/png;base64,AA",
	}))
	golden(t, "staged", s.do(t, token, http.MethodPost, a.path("stage", "brook"), a.announcement("dev", "Main")))
	ticket, distID := s.stage(t, token, "brook", a, "dev", "Main")
	contentType, body := form(t, storeFields(ticket, a.data), a.basename, a.data)
	golden(t, "stored", s.store(t, contentType, body))
	golden(t, "committed", s.do(t, token, http.MethodPost, a.path("commit", "brook"), map[string]string{"dist_id": distID}))

	golden(t, "package", s.do(t, "", http.MethodGet, "/api/package/brook/tiny", nil))
	golden(t, "release", s.do(t, "", http.MethodGet, "/api/release/brook/tiny/1.0", nil))
	golden(t, "file", s.do(t, "", http.MethodGet, a.path("dist", "brook"), nil))
	if sentence := refusal(t, s.do(t, token, http.MethodPost, a.path("stage", "brook"), a.announcement()), http.StatusConflict); sentence == "" {
		t.Error("staging it again says nothing")
	}
	// --force: the file is deleted, at exactly 200, and goes all the way again.
	golden(t, "file_deleted", s.do(t, token, http.MethodDelete, a.path("dist", "brook"), nil))
	s.upload(t, token, "brook", condatest.Spec{Name: "tiny", Subdir: "linux-64", Summary: "other bytes"})
}

// TestUploadAsRattlerBuild replays its upload to a private package that exists:
// the file part has no name, the description comes twice, and "public": true,
// which it always says, must not open the package.
func TestUploadAsRattlerBuild(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "api")
	const preamble = `{"public": true, "publish": false, "public_attrs": {"package_types": ["conda"], "name": "tiny", "home": ["https://a.example"], "license": "MIT"}}`
	s.must(t, http.StatusOK, token, http.MethodPost, "/api/package/brook/tiny", `{"public": false, "publish": false}`)
	if got := object(t, s.must(t, http.StatusOK, token, http.MethodPatch, "/api/package/brook/tiny", preamble)); got["access"] != "private" || got["public"] != false || got["home"] != "https://a.example" {
		t.Errorf("after the preamble: %v", got)
	}
	const release = `{"requirements": [], "announce": false, "description": null, "description": "the last one", "summary": "s"}`
	got := object(t, s.must(t, http.StatusOK, token, http.MethodPost, "/api/release/brook/tiny/1.0", release))
	if attrs := got["public_attrs"].(map[string]any); attrs["description"] != "the last one" || attrs["summary"] != "s" || got["announce"] != nil {
		t.Errorf("release: %v", got)
	}
	s.must(t, http.StatusOK, token, http.MethodPatch, "/api/release/brook/tiny/1.0", `{"public_attrs": {"summary": "t"}}`)
	a := build(t, condatest.Spec{Name: "tiny", TarBz2: true})
	ticket, distID := s.stage(t, token, "brook", a, "main", "dev")
	contentType, body := form(t, storeFields(ticket, a.data), "", a.data)
	if w := s.store(t, contentType, body); w.Code != http.StatusCreated {
		t.Fatalf("store: %d %s", w.Code, w.Body)
	}
	s.must(t, http.StatusOK, token, http.MethodPost, a.path("commit", "brook"), map[string]string{"dist_id": distID})
	if w := s.must(t, http.StatusOK, token, http.MethodGet, a.path("download", "brook"), nil); !bytes.Equal(w.Body.Bytes(), a.data) {
		t.Error("the download differs from what was uploaded")
	}
	refusal(t, s.do(t, "", http.MethodGet, a.path("download", "brook"), nil), http.StatusNotFound)
}

// TestStageAlone: old clients stage without making package and release first, and
// without a label, which is main.
func TestStageAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	s.upload(t, token, "labs", condatest.Spec{Name: "tiny", Version: "1!2.0+l"})
	golden(t, "labels_main", s.do(t, "", http.MethodGet, "/api/channels/labs", nil))
	for _, path := range []string{"/api/dist/labs/tiny/1!2.0+l/noarch/tiny-1!2.0+l-0.conda", "/api/dist/labs/tiny/1%212.0%2Bl/noarch%2Ftiny-1%212.0%2Bl-0.conda"} {
		s.must(t, http.StatusOK, token, http.MethodGet, path, nil)
	}
}

func TestStageIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := build(t, condatest.Spec{Name: "tiny"})
	brook, casey := s.Token(t, "brook"), s.Token(t, "casey")
	tests := []struct {
		name, token, path string
		change            map[string]any
		status            int
	}{
		{"another's channel", casey, a.path("stage", "brook"), nil, 403},
		{"unknown channel", brook, a.path("stage", "nowhere"), nil, 404},
		{"no type", brook, a.path("stage", "brook"), map[string]any{"distribution_type": ""}, 400},
		{"odd type", brook, a.path("stage", "brook"), map[string]any{"distribution_type": "tarball"}, 400},
		{"type as a number", brook, a.path("stage", "brook"), map[string]any{"distribution_type": 7}, 400},
		{"attributes as a list", brook, a.path("stage", "brook"), map[string]any{"attrs": []int{1}}, 400},
		{"dependencies as a list", brook, a.path("stage", "brook"), map[string]any{"dependencies": []int{1}}, 400},
		{"labels as a text", brook, a.path("stage", "brook"), map[string]any{"channels": "main"}, 400},
		{"reserved label", brook, a.path("stage", "brook"), map[string]any{"channels": []string{"nolabel"}}, 400},
		{"digest that is none", brook, a.path("stage", "brook"), map[string]any{"sha256": "../../x"}, 400},
		{"digest as a number", brook, a.path("stage", "brook"), map[string]any{"sha256": 12}, 400},
		{"file name with a trick", brook, "/api/stage/brook/tiny/1.0/noarch/..%5Ctiny-1.0-0.conda", nil, 400},
		{"file name with a control character", brook, "/api/stage/brook/tiny/1.0/noarch/tiny%01-1.0-0.conda", nil, 400},
		{"subdir that is none", brook, "/api/stage/brook/tiny/1.0/nosuch-99/tiny-1.0-0.conda", nil, 400},
		{"subdir that climbs", brook, "/api/stage/brook/tiny/1.0/%2e%2e%2f%2e%2e/tiny-1.0-0.conda", nil, 400},
		{"no subdir", brook, "/api/stage/brook/tiny/1.0/tiny-1.0-0.conda", nil, 400},
		{"package name that is none", brook, "/api/stage/brook/a%20b/1.0/noarch/tiny-1.0-0.conda", nil, 400},
		{"endless version", brook, "/api/stage/brook/tiny/1" + string(bytes.Repeat([]byte("0"), 500)) + "/noarch/tiny-1.0-0.conda", nil, 400},
	}
	for _, tt := range tests {
		body := a.announcement()
		for key, value := range tt.change {
			body[key] = value
		}
		if w := s.do(t, tt.token, http.MethodPost, tt.path, body); w.Code != tt.status {
			t.Errorf("%s: %d %s, want %d", tt.name, w.Code, w.Body, tt.status)
		} else {
			refusal(t, w, tt.status)
		}
	}
	refusal(t, s.do(t, brook, http.MethodGet, "/api/package/brook/tiny", nil), http.StatusNotFound)
}

func TestCommitIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := s.Token(t, "brook")
	a := build(t, condatest.Spec{Name: "tiny"})
	_, distID := s.stage(t, brook, "brook", a)
	for body, status := range map[string]int{
		"": 404, "{}": 404, `{"dist_id": "nonsense"}`: 404, `{"dist_id": 7}`: 400, `[]`: 400, `{"dist_id": "` + distID + `"}`: 400, // its bytes are missing
	} {
		refusal(t, s.do(t, brook, http.MethodPost, a.path("commit", "brook"), body), status)
	}
	refusal(t, s.do(t, s.Token(t, "casey"), http.MethodPost, a.path("commit", "brook"), map[string]string{"dist_id": distID}), http.StatusForbidden)
}
