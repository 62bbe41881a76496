package e2e

import (
	"net/http"
	"testing"
)

// TestAnacondaUpload uploads both archive types in the ways that anaconda-client
// offers (rows 18 to 25).
func TestAnacondaUpload(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	s.admin("", "create-org", "acme", "--owner", "alice")
	c := newClient(t, s)
	c.login("alice")
	tiny := archive(t, tiny10)

	c.anaconda("upload", tiny).ok(t).says(t, "Upload complete", "conda located at:", s.URL+"/alice/tiny")
	c.anaconda("upload", tiny).exits(t, 1).says(t, "Distribution already exists")
	c.anaconda("upload", "--skip-existing", tiny).ok(t).says(t, "Skipping upload")
	c.anaconda("upload", "--force", tiny).ok(t).says(t, "already exists. Removing.", "Upload complete")

	c.anaconda("upload", "-l", "dev", "-l", "main", archive(t, tiny11)).ok(t).says(t, "Upload complete")
	wantFiles(t, s, "/conda/alice/label/dev/linux-64", "tiny-1.1-h1234567_1.tar.bz2")
	wantFiles(t, s, "/conda/alice/linux-64", "tiny-1.1-h1234567_1.tar.bz2")

	c.anaconda("upload", "--label", "dev", archive(t, tinydev)).ok(t)
	wantFiles(t, s, "/conda/alice/label/dev/noarch", "tinydev-0.9-0.conda")
	wantFiles(t, s, "/conda/alice/noarch", "tiny-1.0-0.tar.bz2")

	c.anaconda("upload", "-u", "acme", archive(t, tinyc)).ok(t).says(t, `Using "acme" as upload username`, "Upload complete")
	wantFiles(t, s, "/conda/acme/linux-64", "tinyc-2.0-h0_0.conda")
	c.anaconda("upload", "-u", "bob", tiny).exits(t, 1).says(t, "403")
	c.anaconda("upload", "-u", "nosuch", tiny).exits(t, 1).says(t, `User "nosuch" does not exist`)
	c.anaconda("upload", archive(t, gamma)).ok(t).says(t, "Upload complete")
}

// TestAnacondaUploadPrivate makes a package that only its owner sees, from the
// first upload on.
func TestAnacondaUploadPrivate(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	c := newClient(t, s)
	c.login("alice")
	c.anaconda("upload", "--private", archive(t, tinyn)).ok(t).says(t, "Upload complete")
	wantFiles(t, s, "/conda/alice/noarch")
	mine, theirs := s.addToken("alice", "ci", "all"), s.addToken("bob", "ci", "all")
	wantFiles(t, s, "/conda/t/"+mine+"/alice/noarch", "tinyn-0.1-0.conda")
	wantFiles(t, s, "/conda/t/"+theirs+"/alice/noarch")
	for _, path := range []string{"/api/package/alice/tinyn", "/conda/alice/noarch/tinyn-0.1-0.conda", "/alice/tinyn"} {
		if got := s.status("", path); got != http.StatusNotFound {
			t.Errorf("%s answers anonymous with %d, want 404", path, got)
		}
		if got, absent := s.get(theirs, path), s.get(theirs, absentTwin(path)); got.status != http.StatusNotFound || got.status != absent.status {
			t.Errorf("%s answers a stranger with %d, want 404 as for %s (%d)", path, got.status, absentTwin(path), absent.status)
		}
	}
}

// TestAnacondaShowDownloadRemove reads packages back and removes them (rows 31 to
// 35, 53 and 55).
func TestAnacondaShowDownloadRemove(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.admin("", "create-org", "acme", "--owner", "alice")
	c := newClient(t, s)
	c.login("alice")
	c.anaconda("upload", archive(t, tiny10), archive(t, tiny11)).ok(t)

	c.anaconda("show", "alice").ok(t).says(t, "alice/tiny", "linux-64", "noarch", "Organizations:", "acme").lacks(t, "alice@example.test")
	c.anaconda("show", "alice/tiny").ok(t).says(t, "Versions:", "1.0", "1.1", "The tiny package")
	c.anaconda("show", "alice/tiny/1.1").ok(t).says(t, "   + "+tiny11)
	c.anaconda("show", "alice/tiny/1.1/"+tiny11).ok(t).says(t, "md5", "sha256", "labels", "Metadata:", "depends")
	c.anaconda("show", "nosuch").exits(t, 1).says(t, "404")

	c.makeFolders("D/noarch", "D/linux-64")
	c.anaconda("download", "alice/tiny", "-o", "D").ok(t).says(t, "has been downloaded")
	c.sameFile("D/"+tiny10, archive(t, tiny10))
	c.sameFile("D/"+tiny11, archive(t, tiny11))

	c.anaconda("remove", "-f", "alice/tiny/1.1/"+tiny11).ok(t)
	wantFiles(t, s, "/conda/alice/linux-64")
	c.anaconda("remove", "-f", "alice/tiny/1.1").ok(t)
	if got := s.status("", "/api/release/alice/tiny/1.1"); got != http.StatusNotFound {
		t.Errorf("a removed release answers %d, want 404", got)
	}
	c.anacondaStdin("y\n", "remove", "alice/tiny").ok(t)
	c.anaconda("show", "alice/tiny").exits(t, 1).says(t, "404")
	wantFiles(t, s, "/conda/alice/noarch")
}
