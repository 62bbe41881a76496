package e2e

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// forms are the servers in whose form rattler-build uploads, beside Anaconda's.
var forms = []string{"quetz", "prefix", "artifactory"}

// uploadTo uploads in the form of a server to a channel and returns the client's
// error text.
func (c *client) uploadTo(server, channel, token string, more ...string) string {
	c.t.Helper()
	return c.rattlerBuildUpload(append([]string{"--server", server, "--url", c.s.URL + "/" + server, "--owner", channel, "--token", token}, more...)...)
}

// TestRattlerBuildForms uploads two packages in each form with a token for conda
// alone, sees them listed at once and installs them, and is told what is wrong.
func TestRattlerBuildForms(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	token, reader, stranger := s.addToken("alice", "ci", "conda"), s.addToken("alice", "read", "conda:download"), s.addToken("bob", "ci", "all")
	for _, form := range forms {
		t.Run(form, func(t *testing.T) {
			s.admin("", "create-org", form+"-labs", "--owner", "alice")
			c, channel := newClient(t, s), form+"-labs"
			for name, wrong := range map[string]string{"wrong key": "viv-nonsense", "key for reading": reader, "a stranger": stranger} {
				if err := c.uploadTo(form, channel, wrong, archive(t, tinyn)); err == "" {
					t.Errorf("%s: the upload is not refused", name)
				}
			}
			wantFiles(t, s, "/conda/"+channel+"/noarch")
			if err := c.uploadTo(form, channel, token, archive(t, tiny10), archive(t, tinyc), archive(t, gamma)); err != "" {
				t.Fatal(err)
			}
			wantFiles(t, s, "/conda/"+channel+"/noarch", "gamma-1!2.0-0.conda", "tiny-1.0-0.tar.bz2")
			c.rattler("--channel", s.URL+"/conda/"+channel, t.TempDir(), "tinyc").has(t, "tiny-1.0-0.tar.bz2", "tinyc-2.0-h0_0.conda")
			if err := c.uploadTo(form, channel, token, archive(t, tinyc)); err != "" {
				t.Errorf("the same bytes again: %s", err)
			}
			before := readRepodata(t, s, "/conda/"+channel+"/noarch").PackagesConda["gamma-1!2.0-0.conda"]
			if err := c.uploadTo(form, channel, token, c.rebuilt(gamma)); err == "" {
				t.Error("other bytes under the same name are taken")
			}
			if after := readRepodata(t, s, "/conda/"+channel+"/noarch").PackagesConda["gamma-1!2.0-0.conda"]; after.SHA256 != before.SHA256 {
				t.Error("what was refused is listed")
			}
			// What the clients print does not name the status; the log does.
			s.answered(form, 401, 403, 403, 201, 201, 201, 200, 409)
		})
	}
}

// answered fails the test unless the uploads in a form were answered with just
// these statuses, in whatever order.
func (s *server) answered(form string, want ...int) {
	s.t.Helper()
	var got []int
	for line := range strings.Lines(s.log.String()) {
		var status int
		if _, rest, ok := strings.Cut(line, "path=/"+form+"/"); ok {
			_, rest, _ = strings.Cut(rest, "status=")
			fmt.Sscan(rest, &status)
			got = append(got, status)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		s.t.Errorf("uploads to %s were answered %v, want %v", form, got, want)
	}
}

// TestRattlerBuildDuplicates is how each client takes 409.
func TestRattlerBuildDuplicates(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "api:write")
	c := newClient(t, s)
	if err := c.uploadTo("quetz", "alice", token, archive(t, tinyn)); err != "" {
		t.Fatal(err)
	}
	other := c.rebuilt(tinyn)
	for form, says := range map[string]string{"quetz": "Error", "prefix": "already exists with other bytes", "artifactory": "Error"} {
		if err := c.uploadTo(form, "alice", token, other); !strings.Contains(err, says) {
			t.Errorf("%s: %q, want %q", form, err, says)
		}
	}
	if err := c.uploadTo("prefix", "alice", token, "--skip-existing", other); err != "" {
		t.Errorf("with --skip-existing: %s", err)
	}
	before := readRepodata(t, s, "/conda/alice/noarch").PackagesConda["tinyn-0.1-0.conda"]
	if err := c.uploadTo("prefix", "alice", token, "--force", other); err != "" {
		t.Errorf("with --force: %s", err)
	}
	if after := readRepodata(t, s, "/conda/alice/noarch").PackagesConda["tinyn-0.1-0.conda"]; after.SHA256 == before.SHA256 {
		t.Error("after an upload by force the index still lists the old bytes")
	}
	c.rattler("--channel", s.URL+"/conda/alice", t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
	audit := string(s.get(s.addToken("alice", "read", "api:read"), "/api/audit?action=file.replace").is(t, http.StatusOK).body)
	if !strings.Contains(audit, before.SHA256) {
		t.Errorf("the audit log has no replacement of %s: %s", before.SHA256, audit)
	}
}

// TestCurlUploads is curl -T to the addresses that take it, with and without a
// Content-Length.
func TestCurlUploads(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		lacks(t, "curl")
	}
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "api:write")
	put := func(file, url string, more ...string) string {
		args := append([]string{"-sS", "-w", " %{http_code}", "-H", "Authorization: token " + token, "-T", file, s.URL + url}, more...)
		return execute(t, t.TempDir(), plainEnv(s.dir), "", "curl", args...).ok(t).stdout
	}
	wheel := filepath.Join(t.TempDir(), wheelSpec{}.build(t).fileName)
	sure(t, os.WriteFile(wheel, wheelSpec{}.build(t).data, 0o600))
	for _, upload := range []struct {
		file, url string
		more      []string
		says      string
	}{
		{archive(t, tinyn), "/conda/alice/noarch/", nil, " 201"},
		{archive(t, tinyn), "/artifactory/alice/noarch/", []string{"-H", "Transfer-Encoding: chunked"}, " 200"},
		{archive(t, tinyc), "/api/upload/alice/?label=dev", nil, "201"}, // curl adds the name to a path without a query alone
		{wheel, "/api/upload/alice/", nil, `"download_url"`},
	} {
		url := strings.Replace(upload.url, "?", filepath.Base(upload.file)+"?", 1)
		if got := put(upload.file, url, upload.more...); !strings.Contains(got, upload.says) {
			t.Errorf("%s to %s: %q, want %q", filepath.Base(upload.file), url, got, upload.says)
		}
	}
	wantFiles(t, s, "/conda/alice/noarch", "tinyn-0.1-0.conda")
	wantFiles(t, s, "/conda/alice/label/dev/linux-64", "tinyc-2.0-h0_0.conda")
	s.get("", "/pypi/alice/simple/demo/").is(t, http.StatusOK)
}
