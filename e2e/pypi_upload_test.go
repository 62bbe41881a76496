package e2e

import (
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTwine uploads wheels and sdists, to the address with and without its slash,
// the same again, and other bytes (rows 26 to 29, 33, 34 and 44).
func TestTwine(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	c := newClient(t, s)
	token := s.addToken("alice", "ci", "pypi:upload")
	legacy := s.URL + "/pypi/alice/legacy/"
	twine := func(url, user, secret string, args ...string) outcome {
		return c.tool("twine", append([]string{"upload", "--repository-url", url, "-u", user, "-p", secret}, args...)...).flat()
	}
	twine(legacy, "__token__", token, distribution(t, tinyWheel), distribution(t, tinySdist)).ok(t).says(t, "Uploading tiny_wheel-0.3.tar.gz")
	s.lists("/pypi/alice/simple/tiny-wheel/", tinyWheel, tinySdist)
	twine(s.URL+"/pypi/alice", "__token__", token, distribution(t, leaf10)).ok(t)
	twine(s.URL+"/pypi/alice/", "alice", password, distribution(t, leaf11)).ok(t)
	twine(s.URL+"/pypi/alice/legacy", token, "x-auth-token", distribution(t, "leaf-1.1.tar.gz")).ok(t)
	s.lists("/pypi/alice/simple/leaf/", leaf10, leaf11, "leaf-1.1.tar.gz")

	twine(legacy, "__token__", token, distribution(t, tinyWheel)).ok(t)
	twine(legacy, "__token__", token, distribution(t, "other/"+leaf10)).exits(t, 1).says(t, "400 Bad Request", "File already exists: "+leaf10)
	twine(legacy, "__token__", "viv-wrong", distribution(t, leaf10)).exits(t, 1).says(t, "401 ", "token")
	twine(legacy, "alice", "wrong", distribution(t, leaf10)).exits(t, 1).says(t, "401 ")
	twine(legacy, "bob", password, distribution(t, leaf10)).exits(t, 1).says(t, "403 Forbidden", "bob may not change alice")
	twine(legacy, "__token__", s.addToken("alice", "read", "pypi:download"), distribution(t, leaf10)).exits(t, 1).says(t, "403 Forbidden", "The access token lacks the scope pypi:upload")
	twine(s.URL+"/pypi/alice/simple/", "__token__", token, distribution(t, leaf10)).exits(t, 1).says(t, "405 Method Not Allowed", "This address is for installing. Upload to /pypi/alice/legacy/ instead.")
	c.tool("twine", "register", "--repository-url", legacy, "-u", "__token__", "-p", token, distribution(t, tinyWheel)).flat().exits(t, 1).says(t, "410 Gone", "Registration is not needed").lacks(t, "Traceback")
	c.tool("twine", "check", "--strict", distribution(t, tinyWheel)).ok(t)

	renamed := filepath.Join(c.Home, "leaf-1.2-py3-none-any.whl")
	sure(t, os.Link(distribution(t, leaf10), renamed))
	twine(legacy, "__token__", token, renamed).exits(t, 1)
	s.lists("/pypi/alice/simple/leaf/", leaf10, leaf11, "leaf-1.1.tar.gz")
}

// TestUvPublish is the same with uv, which shows the body alone, and its check of
// what is there already (rows 26 to 29, 32 to 34 and 45).
func TestUvPublish(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.admin("", "create-org", "acme", "--owner", "alice")
	c := newClient(t, s)
	token := s.addToken("alice", "ci", "pypi")
	legacy, simple := s.URL+"/pypi/acme/legacy/", s.URL+"/pypi/acme/simple/"
	publish := func(url string, args ...string) outcome {
		return c.tool("uv", append([]string{"publish", "--publish-url", url}, args...)...)
	}
	publish(legacy, "-t", token, distribution(t, tinyWheel), distribution(t, tinySdist)).ok(t).says(t, "Uploading tiny_wheel-0.3.tar.gz")
	s.lists("/pypi/acme/simple/tiny-wheel/", tinyWheel, tinySdist)
	publish(s.URL+"/pypi/acme", "-u", "alice", "-p", password, distribution(t, leaf10)).ok(t)
	s.lists("/pypi/acme/simple/leaf/", leaf10)

	publish(legacy, "-t", token, distribution(t, tinyWheel)).ok(t)
	publish(legacy, "-t", token, distribution(t, "other/"+leaf10)).exits(t, 2).says(t, "File already exists: "+leaf10)
	publish(legacy, "-t", "viv-wrong", distribution(t, leaf10)).exits(t, 2).says(t, "token")
	publish(legacy, "-t", s.addToken("alice", "read", "pypi:download"), distribution(t, leaf10)).exits(t, 2).says(t, "The access token lacks the scope pypi:upload")
	publish(simple, "-t", token, distribution(t, leaf10)).exits(t, 2).says(t, "Upload to /pypi/acme/legacy/ instead.", "simple")

	publish(legacy, "-t", token, "--check-url", simple, distribution(t, leaf10)).ok(t).says(t, "already exists, skipping")
	publish(legacy, "-t", token, "--check-url", simple, distribution(t, "other/"+leaf10)).exits(t, 2).says(t, "do not match for `"+leaf10)
	publish(legacy, "-t", token, "--check-url", simple, distribution(t, leaf11)).ok(t).lacks(t, "skipping")
	s.lists("/pypi/acme/simple/leaf/", leaf10, leaf11)
}

// TestUvPublishPrivate has the page of what is there ask for a credential of its
// own (row 32).
func TestUvPublishPrivate(t *testing.T) {
	t.Parallel()
	s := startServerOn(t, t.TempDir(), []string{"VIVARIUM_ANONYMOUS=false"})
	s.addUser("alice")
	c := newClient(t, s)
	token := s.addToken("alice", "ci", "pypi")
	publish := func(check string) outcome {
		return c.tool("uv", "publish", "--publish-url", s.URL+"/pypi/alice/legacy/", "-t", token, "--check-url", check, distribution(t, leaf10))
	}
	simple := s.URL + "/pypi/alice/simple/"
	publish(withUser(simple, "__token__", token)).ok(t).lacks(t, "skipping")
	publish(withUser(simple, "__token__", token)).ok(t).says(t, "already exists, skipping")
	publish(s.URL+"/pypi/t/"+token+"/alice/simple/").ok(t).says(t, "already exists, skipping")
	publish(simple).ok(t) // taken for not there, and the same bytes are no error
}

// TestAnacondaUploadPython puts wheels and sdists up with anaconda-client, beside
// conda files of the same name (row 26 of anaconda-api.md).
func TestAnacondaUploadPython(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	o := c.anaconda("upload", distribution(t, tinyWheel), distribution(t, tinySdist)).ok(t).says(t, "Upload complete", s.URL+"/alice/Tiny-Wheel", "standard python located at:")
	if n := strings.Count(o.both(), "Upload complete"); n != 2 {
		t.Errorf("%d uploads are complete, want 2:\n%s", n, o.both())
	}
	s.lists("/pypi/alice/simple/tiny-wheel/", tinyWheel, tinySdist)
	if p := s.get("", "/api/package/alice/Tiny-Wheel").json(t); p["package_types"].([]any)[0] != "pypi" || p["summary"] != "A test package" {
		t.Errorf("the package is %v", p)
	}
	c.anaconda("upload", distribution(t, tinyWheel)).exits(t, 1).says(t, "already exists")
	c.anaconda("upload", "--skip-existing", distribution(t, tinyWheel)).ok(t).says(t, "Skipping upload")
	c.anaconda("upload", "--force", distribution(t, tinyWheel)).ok(t).says(t, "Upload complete")
	c.anaconda("upload", "-l", "dev", distribution(t, leaf10)).ok(t)
	s.lists("/pypi/alice/label/dev/simple/leaf/", leaf10)
	s.lists("/pypi/alice/simple/leaf/")

	c.anaconda("upload", archive(t, tiny10), archive(t, tinyn)).ok(t)
	c.anaconda("show", "alice/Tiny-Wheel").ok(t).says(t, "0.3", "pypi")
	c.anaconda("show", "alice/Tiny-Wheel/0.3").ok(t).says(t, tinyWheel, tinySdist)
	c.makeFolders("D")
	c.anaconda("download", "alice/Tiny-Wheel", "-o", "D").ok(t)
	c.sameFile("D/"+tinySdist, distribution(t, tinySdist))
	c.anaconda("remove", "-f", "alice/Tiny-Wheel/0.3/"+tinySdist).ok(t)
	s.lists("/pypi/alice/simple/tiny-wheel/", tinyWheel)
	c.tool("twine", "upload", "--repository-url", s.URL+"/pypi/alice/", "-u", "alice", "-p", password, distribution(t, tinySdist)).flat().exits(t, 1).says(t, "belonged to a file that was deleted")
	c.installs(s.URL+"/pypi/alice/simple/", []string{"tiny.wheel"}, "tiny_wheel-0.3")
}

// TestTooLargePython has the limit on the screen, and no bytes on the disk (row
// 38).
func TestTooLargePython(t *testing.T) {
	t.Parallel()
	s := startServerOn(t, t.TempDir(), []string{"VIVARIUM_LIMITS_UPLOAD_SIZE=10MiB"})
	s.addUser("alice")
	c := newClient(t, s)
	big := wheelSpec{name: "big", files: []entry{{name: "big.bin", body: noise(40 << 20), stored: true}}}.build(t)
	path := filepath.Join(c.Home, big.fileName)
	sure(t, os.WriteFile(path, big.data, 0o600))
	c.tool("twine", "upload", "--repository-url", s.URL+"/pypi/alice/", "-u", "alice", "-p", password, path).flat().exits(t, 1).says(t, "413 ", "10485760 bytes")
	c.tool("uv", "publish", "--publish-url", s.URL+"/pypi/alice/", "-u", "alice", "-p", password, path).exits(t, 2).says(t, "10485760 bytes")
	if left := s.storedBytes(); len(left) > 0 {
		t.Errorf("left on the disk: %q", left)
	}
	if got := s.status("", "/pypi/alice/simple/big/"); got != http.StatusNotFound {
		t.Errorf("the page answers %d", got)
	}
}

// noise is n bytes that no compression makes smaller, the same each time.
func noise(n int) []byte {
	data := make([]byte, n)
	rand.NewChaCha8([32]byte{}).Read(data)
	return data
}
