package e2e

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestU17WrongDigests announces digests that are not those of the bytes.
func TestU17WrongDigests(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	zeros := strings.Repeat("0", 64)
	whole := condaSpec{}.build(t).data
	for name, u := range map[string]badUpload{
		"sha256 of a conda upload": {announced: zeros, step: "store"},
		"sha256 that is none":      {announced: "xyz", step: "stage"},
		"MD5 of a conda upload":    {md5: base64.StdEncoding.EncodeToString(make([]byte, md5.Size)), step: "store"},
	} {
		u.path = "alice/demo/1.0/noarch/demo-1.0-0.conda"
		if step, status, answer := v.upload(v.token, u, whole); step != u.step || status != http.StatusBadRequest {
			t.Errorf("%s: %s %d %s, want 400 at %s", name, step, status, answer, u.step)
		}
	}
	wheel := wheelSpec{}.build(t)
	sum := md5.Sum(wheel.data)
	for name, fields := range map[string][][2]string{
		"sha256_digest":              {{"sha256_digest", zeros}},
		"sha256_digest that is none": {{"sha256_digest", "xyz"}},
		"md5_digest":                 {{"sha256_digest", wheel.sha256()}, {"md5_digest", zeros[:32]}},
		"md5_digest that is none":    {{"sha256_digest", wheel.sha256()}, {"md5_digest", "xyz"}},
		"cut sha256_digest":          {{"md5_digest", hex.EncodeToString(sum[:])}, {"sha256_digest", wheel.sha256()[:60]}},
	} {
		form := formOf(fields, "content", wheel.fileName, int64(len(wheel.data)), strings.NewReader(string(wheel.data)))
		got, err := v.alice.send(t.Context(), "post", v.URL+"/pypi/alice/", form.kind, v.token, form.size, form.body)
		if err != nil || got.status != http.StatusBadRequest {
			t.Errorf("%s: %v, %v, want 400", name, got, err)
		}
	}
	v.hasNothing()
}

// TestU24WhoBeforeWhat posts five gigabytes without a right to. The answer comes
// before the body, of which next to nothing is taken.
func TestU24WhoBeforeWhat(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	v.addUser("bob")
	stranger, reader := v.addToken("bob", "ci", "all"), v.addToken("alice", "read", "api:read pypi:download conda:download")
	const kind = "Content-Type: multipart/form-data; boundary=b"
	tests := []struct {
		name, path, credential string
		status                 int
	}{
		{"anonymous", "/pypi/alice/", "", http.StatusUnauthorized},
		{"anonymous to legacy", "/pypi/alice/legacy/", "", http.StatusUnauthorized},
		{"wrong token", "/pypi/alice/", "Authorization: token viv-nonsense", http.StatusUnauthorized},
		{"stranger", "/pypi/alice/", "Authorization: token " + stranger, http.StatusForbidden},
		{"token for reading", "/pypi/alice/", "Authorization: token " + reader, http.StatusForbidden},
		{"no such channel", "/pypi/nobody/", "Authorization: token " + v.token, http.StatusNotFound},
		{"stage", "/api/stage/alice/demo/1.0/noarch/demo-1.0-0.conda", "", http.StatusRequestEntityTooLarge},
	}
	for _, test := range tests {
		const size = "Content-Length: 5000000000"
		got := v.raw("POST "+test.path+" HTTP/1.1", "", kind, size, "Expect: 100-continue", test.credential)
		if got.status != test.status {
			t.Errorf("%s, asking first: %d %s, want %d", test.name, got.status, got.body, test.status)
		}
		v.costsLittle(test.name, func() { v.takesLittle(test.name, test.path, test.status, kind, size, test.credential) })
	}
	v.takesLittle("store without a ticket", "/upload/stage", http.StatusForbidden, kind, "Content-Length: 5000000000")
	v.hasNothing()
}

// takesLittle sends headers and then a body of 100 MiB as fast as the server takes
// it. The answer must have the status, and no more be taken than the kernel's buffers
// take by themselves while a busy server gets round to closing the connection.
func (v *victim) takesLittle(name, path string, status int, headers ...string) {
	v.t.Helper()
	conn := v.dial()
	defer conn.Close()
	sure(v.t, conn.SetWriteBuffer(64<<10)) // what lies here is not taken
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n", path, v.host, strings.Join(headers, "\r\n"))
	_, err := io.WriteString(conn, strings.Replace(head, "\r\n\r\n\r\n", "\r\n\r\n", 1))
	sure(v.t, err)
	taken := make(chan int64)
	go func() {
		n, _ := io.Copy(conn, zeros(100<<20)) // ends when the server closes
		taken <- n
	}()
	got := v.readAnswer(conn, "POST "+path)
	if n := <-taken; n > 8<<20 || got.status != status {
		v.t.Errorf("%s: %d after %d kB, want %d after less than 8 MiB", name, got.status, n>>10, status)
	}
}

// TestU26GiantForms sends forms with too many parts, too large fields and headers,
// nested ones and ones without an end.
func TestU26GiantForms(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	field := func(name, value string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"
	}
	file := func(name string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"demo-1.0-py3-none-any.whl\"\r\n\r\nx\r\n--b--\r\n"
	}
	forms := map[string]string{
		"100,000 parts":                  strings.Repeat(field("a", "x"), 100_000) + "--b--\r\n",
		"100,000 parts of one name":      strings.Repeat(field(":action", "file_upload"), 100_000),
		"a field of 32 MiB":              field("a", strings.Repeat("x", 32<<20)) + "--b--\r\n",
		"a description of 32 MiB":        field("description", strings.Repeat("x", 32<<20)) + "--b--\r\n",
		"100 fields that are just legal": strings.Repeat(field("a", strings.Repeat("x", 60<<10)), 100) + "--b--\r\n",
		"a part header of 8 MiB":         "--b\r\nX-Large: " + strings.Repeat("x", 8<<20) + "\r\n\r\nx\r\n--b--\r\n",
		"a million part headers":         "--b\r\n" + strings.Repeat("X: y\r\n", 1_000_000) + "\r\nx\r\n--b--\r\n",
		"a part without an end":          "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + strings.Repeat("x", 1<<20),
		"no parts":                       "--b--\r\n",
		"nothing":                        "",
		"only line ends":                 strings.Repeat("\r\n", 4<<20),
		"only dashes":                    strings.Repeat("--", 4<<20),
		"a form in a form":               "--b\r\nContent-Type: multipart/form-data; boundary=c\r\n\r\n--c\r\n\r\n--c--\r\n--b--\r\n",
		"a name of 1 MiB":                field(strings.Repeat("a", 1<<20), "x") + file("file"),
	}
	for name, form := range forms {
		for _, path := range []string{"/pypi/alice/", "/upload/stage"} {
			v.costsLittle(name+" to "+path, func() {
				got := v.tell(path, form)
				if got.status != http.StatusBadRequest && got.status != http.StatusRequestEntityTooLarge && got.status != http.StatusForbidden || !strings.Contains(string(got.body), " ") {
					t.Errorf("%s to %s: %d %.200s, want 400, 403 or 413 with a sentence", name, path, got.status, got.body)
				}
			})
		}
	}
	huge := v.raw("GET /api HTTP/1.1", "", "X-Large: "+strings.Repeat("x", 100<<10))
	if huge.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("100 kB of headers: %d, want 431", huge.status)
	}
	v.hasNothing()
}

// tell posts a form on a connection of its own and reads the answer, whether or
// not the server takes all of the form.
func (v *victim) tell(path, form string) answer {
	v.t.Helper()
	conn := v.dial()
	defer conn.Close()
	go func() {
		_, _ = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: token %s\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
			path, v.host, v.token, len(form), form) // the server may close before the end
	}()
	return v.readAnswer(conn, "POST "+path)
}
