package e2e

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// badUpload is an upload that has to be refused; the zero values are those of a
// right one of tinyn.
type badUpload struct {
	name      string
	path      string // owner/package/version/basename as it stands in the URL
	announced string // sha256 announced; empty: that of the bytes
	md5       string
	bytes     func([]byte) []byte
	step      string // the step that refuses it
	status    int
}

func badUploads() []badUpload {
	const right = "alice/tinyn/0.1/noarch/tinyn-0.1-0.conda"
	cut := func(b []byte) []byte { return b[:len(b)/2] }
	garbage := func([]byte) []byte { return []byte("this is not an archive") }
	empty := func([]byte) []byte { return nil }
	return []badUpload{
		{name: "announced digest differs", path: right, announced: strings.Repeat("0", 64), step: "store", status: http.StatusBadRequest},
		{name: "declared MD5 differs", path: right, md5: base64.StdEncoding.EncodeToString(make([]byte, 16)), step: "store", status: http.StatusBadRequest},
		{name: "no bytes", path: right, bytes: empty, step: "store", status: http.StatusBadRequest},
		{name: "truncated", path: right, bytes: cut, step: "commit", status: http.StatusBadRequest},
		{name: "no archive", path: right, bytes: garbage, step: "commit", status: http.StatusBadRequest},
		{name: "another name", path: "alice/other/0.1/noarch/other-0.1-0.conda", step: "commit", status: http.StatusBadRequest},
		{name: "another version", path: "alice/tinyn/0.2/noarch/tinyn-0.2-0.conda", step: "commit", status: http.StatusBadRequest},
		{name: "another subdir", path: "alice/tinyn/0.1/linux-64/tinyn-0.1-0.conda", step: "commit", status: http.StatusBadRequest},
		{name: "another archive type", path: "alice/tinyn/0.1/noarch/tinyn-0.1-0.tar.bz2", step: "commit", status: http.StatusBadRequest},
		{name: "unknown subdir", path: "alice/tinyn/0.1/amiga-68k/tinyn-0.1-0.conda", step: "stage", status: http.StatusBadRequest},
		{name: "path in the subdir", path: "alice/tinyn/0.1/..%2f..%2fnoarch/tinyn-0.1-0.conda", step: "stage", status: http.StatusNotFound},
		{name: "path in the file name", path: "alice/tinyn/0.1/noarch/..%2f..%2ftinyn-0.1-0.conda", step: "stage", status: http.StatusNotFound},
		{name: "file name with a NUL", path: "alice/tinyn/0.1/noarch/tinyn-0.1-0.conda%00", step: "stage", status: http.StatusNotFound},
		{name: "somebody else's channel", path: "bob/tinyn/0.1/noarch/tinyn-0.1-0.conda", step: "stage", status: http.StatusForbidden},
		{name: "a channel that is not there", path: "nobody/tinyn/0.1/noarch/tinyn-0.1-0.conda", step: "stage", status: http.StatusNotFound},
	}
}

// TestBadUploads refuses each with a sentence and keeps nothing of it: no
// package, no bytes, no temporary file.
func TestBadUploads(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	token := s.addToken("alice", "ci", "all")
	whole, err := os.ReadFile(archive(t, tinyn))
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range badUploads() {
		step, status, answer := s.upload(token, u, whole)
		if step != u.step || status != u.status {
			t.Errorf("%s: refused at %s with %d, want at %s with %d: %s", u.name, step, status, u.step, u.status, answer)
		}
		if !strings.Contains(answer, `"error"`) && !strings.Contains(answer, "<Message>") {
			t.Errorf("%s: answers %q, want a sentence in JSON or XML", u.name, answer)
		}
		for _, name := range []string{"tinyn", "other"} {
			if got := s.status(token, "/api/package/alice/"+name); got != http.StatusNotFound {
				t.Errorf("%s: left package %s behind (%d)", u.name, name, got)
			}
		}
		if left := s.storedBytes(); len(left) != 0 {
			t.Errorf("%s: left %q behind", u.name, left)
		}
		wantFiles(t, s, "/conda/alice/noarch")
	}
	if step, status, answer := s.upload(token, badUpload{path: "alice/tinyn/0.1/noarch/tinyn-0.1-0.conda"}, whole); step != "done" {
		t.Fatalf("the right upload is refused at %s with %d: %s", step, status, answer)
	}
	wantFiles(t, s, "/conda/alice/noarch", "tinyn-0.1-0.conda")
}

// upload goes through the three steps and returns the first that did not succeed,
// its status and its answer, or "done".
func (s *server) upload(token string, u badUpload, whole []byte) (step string, status int, answer string) {
	s.t.Helper()
	body := whole
	if u.bytes != nil {
		body = u.bytes(whole)
	}
	announced := u.announced
	if announced == "" {
		sum := sha256.Sum256(body)
		announced = hex.EncodeToString(sum[:])
	}
	staged := s.post(token, s.API+"/stage/"+u.path, "application/json", mustJSON(s.t, map[string]any{
		"distribution_type": "conda", "description": nil, "attrs": map[string]any{}, "dependencies": nil, "channels": []string{}, "sha256": announced,
	}))
	if staged.status != http.StatusOK {
		return "stage", staged.status, string(staged.body)
	}
	var ticket struct {
		PostURL  string            `json:"post_url"`
		FormData map[string]string `json:"form_data"`
		DistID   string            `json:"dist_id"`
	}
	if err := json.Unmarshal(staged.body, &ticket); err != nil {
		s.t.Fatal(err)
	}
	form, kind := storeForm(s.t, ticket.FormData, u.md5, body)
	if stored := s.post("", ticket.PostURL, kind, form); stored.status != http.StatusCreated {
		return "store", stored.status, string(stored.body)
	}
	committed := s.post(token, s.API+"/commit/"+u.path, "application/json", mustJSON(s.t, map[string]string{"dist_id": ticket.DistID}))
	if committed.status != http.StatusOK {
		return "commit", committed.status, string(committed.body)
	}
	return "done", committed.status, ""
}

// storeForm is the body of the second step, as anaconda-client sends it.
func storeForm(t *testing.T, fields map[string]string, digest string, body []byte) (form []byte, kind string) {
	t.Helper()
	if digest == "" {
		sum := md5.Sum(body)
		digest = base64.StdEncoding.EncodeToString(sum[:])
	}
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	for name, value := range fields {
		_ = w.WriteField(name, value) // a bytes.Buffer takes everything
	}
	_ = w.WriteField("Content-Length", strconv.Itoa(len(body)))
	_ = w.WriteField("Content-MD5", digest)
	file, err := w.CreateFormFile("file", "noarch/tinyn-0.1-0.conda")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = file.Write(body)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), w.FormDataContentType()
}

// storedBytes lists the files in the folder of bytes.
func (s *server) storedBytes() []string {
	s.t.Helper()
	var files []string
	err := filepath.WalkDir(filepath.Join(s.dir, "data", "blobs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return files
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
