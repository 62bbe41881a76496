package pypiindex_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// nothingLeft fails the test when a refused upload left a row, bytes or a
// temporary file.
func (s *site) nothingLeft(t *testing.T) {
	t.Helper()
	listed, err := s.PythonProjects(t.Context(), s.Actor(t, "brook"), "brook", "main")
	if err != nil || len(listed.Names) > 0 {
		t.Errorf("projects left: %v %v", listed, err)
	}
	if _, err := s.Package(t.Context(), s.Actor(t, "brook"), "brook", "demo"); model.CodeOf(err) != model.NotFound {
		t.Errorf("the package is there: %v", err)
	}
	_ = filepath.WalkDir(filepath.Join(s.Dir, "blobs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("bytes left: %s", path)
		}
		return nil
	})
}

// attempt is an upload that is refused: what of a good one is different.
type attempt struct {
	name     string
	fields   func(all []field) []field
	data     []byte // nil: those of the good wheel
	fileName string
	status   int
	sentence string
}

// with replaces a field, or adds one.
func with(name, value string) func([]field) []field {
	return func(all []field) []field {
		for i := range all {
			if all[i].name == name {
				all[i].value = value
				return all
			}
		}
		return append(all, field{name, value})
	}
}

func attempts(t *testing.T) []attempt {
	good := wheel(t, pypitest.Spec{})
	named := func(spec pypitest.Spec, change func(*pypitest.Spec)) []byte {
		change(&spec)
		return wheel(t, spec).data
	}
	wrong := strings.Repeat("0", 64)
	return []attempt{
		{name: "register", fields: with(":action", "submit"), status: 410, sentence: "Registration is not needed"},
		{name: "register without a file", fields: func([]field) []field { return []field{{":action", "submit"}, {"name", "demo"}} }, status: 410, sentence: "Registration is not needed"},
		{name: "documentation", fields: with(":action", "doc_upload"), status: 410},
		{name: "protocol version", fields: with("protocol_version", "2"), status: 400, sentence: "Unknown protocol version"},
		{name: "no file", fields: func(all []field) []field { return all[:4] }, status: 400, sentence: "No file in upload"},
		{name: "nothing at all", fields: func([]field) []field { return nil }, status: 400, sentence: "No file in upload"},
		{name: "two files", fields: func(all []field) []field { return append(all, field{"content", "demo-1.0-py3-none-any.whl"}) }, status: 400, sentence: "two files"},
		{name: "field too large", fields: with("summary", strings.Repeat("x", 64<<10+1)), status: 400, sentence: `"summary" is too large`},
		{name: "description too large", fields: with("description", strings.Repeat("x", 1<<20+1)), status: 400, sentence: `"description" is too large`},
		{name: "fields too large together", fields: func(all []field) []field {
			for range 70 {
				all = append(all, field{"classifiers", strings.Repeat("x", 64<<10)})
			}
			return all
		}, status: 400, sentence: "too large"},
		{name: "too many fields", fields: func(all []field) []field {
			for range 2048 {
				all = append(all, field{"classifiers", "x"})
			}
			return all
		}, status: 400, sentence: "parts"},

		{name: "name with a path", fileName: "../demo-1.0-py3-none-any.whl", status: 400, sentence: "Invalid file name"},
		{name: "name with a backslash", fileName: `..\\demo-1.0-py3-none-any.whl`, status: 400, sentence: "Invalid file name"},
		{name: "name with a control character", fileName: "demo-1.0\x01-py3-none-any.whl", status: 400, sentence: "Malformed upload"},
		{name: "name with a blank", fileName: "de mo-1.0-py3-none-any.whl", status: 400, sentence: "Invalid file name"},
		{name: "name in capitals at its end", fileName: "demo-1.0-py3-none-any.WHL", status: 400, sentence: "Invalid file name"},
		{name: "no name", fileName: "", fields: with("content", ""), status: 400, sentence: "Invalid file name"},
		{name: "long name", fileName: strings.Repeat("x", 250) + "-1.0-py3-none-any.whl", status: 400, sentence: "Invalid file name"},
		{name: "egg", fileName: "demo-1.0-py3.11.egg", status: 400, sentence: "Invalid file name"},
		{name: "installer", fileName: "demo-1.0.exe", status: 400, sentence: "Invalid file name"},
		{name: "bzip2", fileName: "demo-1.0.tar.bz2", status: 400, sentence: "Invalid file name"},
		{name: "metadata", fileName: "demo-1.0-py3-none-any.whl.metadata", status: 400, sentence: "Invalid file name"},
		{name: "wheel without tags", fileName: "demo-1.0.whl", status: 400, sentence: "Invalid wheel filename"},
		{name: "wheel with a word for a version", fileName: "demo-one-py3-none-any.whl", status: 400, sentence: "is no version"},
		{name: "wheel of no project", fileName: "_demo-1.0-py3-none-any.whl", status: 400, sentence: "is no project name"},
		{name: "sdist without a version", fileName: "demo.tar.gz", status: 400, sentence: "Invalid sdist filename"},
		{name: "another type", fields: with("filetype", "sdist"), status: 400, sentence: "of type sdist"},
		{name: "type of no file", fields: with("filetype", "bdist_egg"), status: 400, sentence: "bdist_egg"},

		{name: "another SHA-256", fields: with("sha256_digest", wrong), status: 400, sentence: "SHA-256"},
		{name: "half a SHA-256", fields: with("sha256_digest", wrong[:10]), status: 400, sentence: "SHA-256"},
		{name: "another MD5", fields: with("md5_digest", wrong[:32]), status: 400, sentence: "MD5"},
		{name: "MD5 that is none", fields: with("md5_digest", "xyz"), status: 400, sentence: "md5_digest"},

		{name: "another project in the form", fields: with("name", "other"), status: 400, sentence: "The form says the project is other, the file says demo"},
		{name: "another version in the form", fields: with("version", "1.1"), status: 400, sentence: "The form says the version is 1.1, the file says 1.0"},
		{name: "renamed to another version", fileName: "demo-1.1-py3-none-any.whl", fields: with("version", "1.1"), status: 400, sentence: "1.1"},
		{name: "renamed to another project", fileName: "omed-1.0-py3-none-any.whl", fields: with("name", "omed"), status: 400, sentence: "omed"},

		{name: "empty", data: []byte{}, status: 400, sentence: "is empty"},
		{name: "text", data: []byte("no archive"), status: 400, sentence: "Invalid distribution file"},
		{name: "cut off", data: good.data[:len(good.data)/2], status: 400, sentence: "Invalid distribution file"},
		{name: "more behind it", data: append(bytes.Clone(good.data), "tail"...), status: 400, sentence: "Invalid distribution file"},
		{name: "sdist under a wheel's name", data: sdist(t, pypitest.Spec{}).data, status: 400, sentence: "Invalid distribution file"},
		{name: "wheel under an sdist's name", fileName: "demo-1.0.tar.gz", status: 400, sentence: "Invalid distribution file"},
		{name: "no RECORD", data: pypitest.Zip(t, pypitest.WheelEntries(pypitest.Spec{})...), status: 400, sentence: "Invalid distribution file"},
		{name: "climbing member", data: pypitest.Zip(t, pypitest.WithRecord(append(pypitest.WheelEntries(pypitest.Spec{}), pypitest.Entry{Name: "../x", Body: []byte("x")}))...), status: 400, sentence: "Invalid distribution file"},
		{name: "metadata of the future", data: named(pypitest.Spec{}, func(s *pypitest.Spec) { s.MetadataVersion = "3.0" }), status: 400, sentence: "Metadata-Version"},
		{name: "requirement that is none", data: named(pypitest.Spec{}, func(s *pypitest.Spec) { s.Requires = []string{"foo >"} }), status: 400, sentence: "Requires-Dist"},
		{name: "Python that is none", data: named(pypitest.Spec{}, func(s *pypitest.Spec) { s.RequiresPython = "3.x" }), status: 400, sentence: "Requires-Python"},
		{name: "license of nobody", data: named(pypitest.Spec{MetadataVersion: "2.4"}, func(s *pypitest.Spec) { s.Headers = []string{"License-Expression: Nobody-1.0"} }), status: 400, sentence: "License-Expression"},
		{name: "too large", data: make([]byte, 64<<10+1), status: 413, sentence: "65536 bytes"},
	}
}

// TestRefusedUploadLeavesNothing goes through the checks of an upload in one
// sentence each; none leaves a row, bytes or a temporary file.
func TestRefusedUploadLeavesNothing(t *testing.T) {
	t.Parallel()
	s := emptySite(t, func(p *registry.Policy) { p.UploadSize = 64 << 10 })
	token := s.Token(t, "brook")
	good := wheel(t, pypitest.Spec{})
	for _, a := range attempts(t) {
		t.Run(a.name, func(t *testing.T) {
			all, data := fields(good, "demo", "1.0"), a.data
			if a.fileName != "" {
				all = with("content", a.fileName)(all)
			}
			if a.fields != nil {
				all = a.fields(all)
			}
			if data == nil {
				data = good.data
			}
			w := s.upload(t, "/pypi/brook/legacy/", all, data, "X-API-Key", token)
			if w.Code != a.status || !strings.Contains(w.Body.String(), a.sentence) {
				t.Errorf("%d %s, want %d and %q", w.Code, w.Body, a.status, a.sentence)
			}
			checkRefusal(t, a.name, w)
			if len(w.Body.String()) > 400 || strings.Contains(w.Body.String(), "already exist") {
				t.Errorf("says %s", w.Body)
			}
			s.nothingLeft(t)
		})
	}
	s.ok(t, "/pypi/brook/legacy/", fields(good, "demo", "1.0"), good.data, "X-API-Key", token)
}

// TestRefusedForms are those that are no form, or not a whole one.
func TestRefusedForms(t *testing.T) {
	t.Parallel()
	s := emptySite(t)
	token := s.Token(t, "brook")
	a := wheel(t, pypitest.Spec{})
	contentType, whole := form(t, append(fields(a, "demo", "1.0"), field{"sha256_digest", hexSum(a.data)}), a.data)
	refused := func(name, contentType string, body []byte) {
		t.Helper()
		w := s.do(http.MethodPost, "/pypi/brook/", body, "Content-Type", contentType, "X-API-Key", token)
		if w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		checkRefusal(t, name, w)
		s.nothingLeft(t)
	}
	refused("no type", "", whole)
	refused("no multipart", "application/json", []byte("{}"))
	refused("an urlencoded form", "application/x-www-form-urlencoded", []byte(":action=file_upload"))
	refused("no boundary", "multipart/form-data", whole)
	refused("another boundary", "multipart/form-data; boundary=x", whole)
	end := bytes.LastIndex(whole, []byte("\r\n--"))
	for _, length := range []int{0, 10, len(whole) / 3, len(whole) / 2, bytes.Index(whole, []byte("sha256_digest")) - 40, end - 30, end, end + 10, len(whole) - 4} {
		refused(fmt.Sprintf("cut off after %d of %d bytes", length, len(whole)), contentType, whole[:length])
	}
	if w := s.do(http.MethodPost, "/pypi/brook/", whole, "Content-Type", contentType, "X-API-Key", token); w.Code != http.StatusOK {
		t.Errorf("the whole: %d %s", w.Code, w.Body)
	}
}

func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
