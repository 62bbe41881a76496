package e2e

import (
	"net/http"
	"strings"
	"testing"
)

// TestAnacondaCollaborators lets somebody else into one package (row 47).
func TestAnacondaCollaborators(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	alice, bob := newClient(t, s), newClient(t, s)
	alice.login("alice")
	bob.login("bob")
	alice.anaconda("upload", archive(t, tiny10), archive(t, tinyn)).ok(t)
	bob.anaconda("upload", "-u", "alice", archive(t, tiny11)).exits(t, 1).says(t, "403")
	alice.anaconda("package", "alice/tiny", "--add-collaborator", "bob").ok(t)
	alice.anaconda("package", "alice/tiny", "--list-collaborators").ok(t).says(t, "bob")
	bob.anaconda("upload", "-u", "alice", archive(t, tiny11)).ok(t).says(t, "Upload complete")
	wantFiles(t, s, "/conda/alice/linux-64", "tiny-1.1-h1234567_1.tar.bz2")
	bob.anaconda("upload", "--force", "-u", "alice", archive(t, tinyn)).exits(t, 1).says(t, "403") // another package
	bob.anaconda("package", "alice/tiny", "--add-collaborator", "bob").exits(t, 1).says(t, "403")
	alice.anaconda("package", "alice/tiny", "--add-collaborator", "nobody").exits(t, 1).says(t, `"nobody" is not a user`)
	alice.anaconda("package", "alice/nothing", "--add-collaborator", "bob").exits(t, 1).says(t, "404")
}

// TestAnacondaGroups makes a group, fills it and empties it again (rows 48 to
// 51).
func TestAnacondaGroups(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	s.admin("", "create-org", "acme", "--owner", "alice")
	alice, bob := newClient(t, s), newClient(t, s)
	alice.login("alice")
	bob.login("bob")
	alice.anaconda("upload", "-u", "acme", archive(t, tinyc), archive(t, tiny10)).ok(t)
	retry := func() outcome { return bob.anaconda("upload", "--force", "-u", "acme", archive(t, tinyc)) }
	retry().exits(t, 1).says(t, "403")

	alice.anaconda("groups", "add", "acme/devs", "--perms", "write").ok(t).says(t, "Created the group acme/devs")
	alice.anaconda("groups", "show", "acme").ok(t).says(t, "'devs'", "'Owners'", "'write'")
	alice.anaconda("groups", "show", "acme/devs").ok(t).says(t, "'devs'", "'permission': 'write'")
	alice.anaconda("groups", "add_member", "acme/devs/bob").ok(t).says(t, `Added the user "bob"`)
	alice.anaconda("groups", "members", "acme/devs").ok(t).says(t, "bob")
	retry().exits(t, 1).says(t, "403") // nothing is attached yet
	alice.anaconda("groups", "add_package", "acme/devs/tinyc").ok(t).says(t, "Added the package")
	alice.anaconda("groups", "packages", "acme/devs").ok(t).says(t, "acme/tinyc")
	retry().ok(t).says(t, "Upload complete")
	bob.anaconda("upload", "--force", "-u", "acme", archive(t, tiny10)).exits(t, 1).says(t, "403")
	bob.anaconda("upload", "-u", "acme", archive(t, tinyn)).exits(t, 1).says(t, "403") // a new package

	alice.anaconda("groups", "remove_package", "acme/devs/tinyc").ok(t).says(t, "Removed the package")
	retry().exits(t, 1).says(t, "403")
	alice.anaconda("groups", "add_package", "acme/devs/tinyc").ok(t)
	alice.anaconda("groups", "remove_member", "acme/devs/bob").ok(t).says(t, "Removed the user")
	retry().exits(t, 1).says(t, "403")
	alice.anaconda("groups", "members", "acme/devs").ok(t).lacks(t, "bob")
	wantFiles(t, s, "/conda/acme/linux-64", "tinyc-2.0-h0_0.conda")
}

// TestAnacondaGroupsRefused: groups are for an organization's owners, who cannot
// all leave, and for tokens with the scope.
func TestAnacondaGroupsRefused(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	s.admin("", "create-org", "acme", "--owner", "alice")
	alice, bob := newClient(t, s), newClient(t, s)
	alice.login("alice")
	bob.login("bob")
	alice.anaconda("groups", "add", "acme/devs", "--perms", "admin").ok(t)
	alice.anaconda("groups", "add_member", "acme/devs/bob").ok(t)
	for _, args := range [][]string{{"show", "acme"}, {"members", "acme/devs"}, {"add", "acme/mine"}, {"add_member", "acme/Owners/bob"}, {"show", "acme/nothing"}} {
		bob.anaconda(append([]string{"groups"}, args...)...).exits(t, 1).says(t, "403")
	}
	bob.anaconda("groups", "show", "nowhere").exits(t, 1).says(t, "404")
	alice.anaconda("groups", "show", "acme/nothing").exits(t, 1).says(t, "404")
	alice.anaconda("groups", "add_member", "acme/devs/nobody").exits(t, 1).says(t, `"nobody" is not a user`)
	alice.anaconda("groups", "remove_member", "acme/Owners/alice").exits(t, 1).says(t, "alice is the last owner of acme")
	read := s.addToken("alice", "look", "api:read")
	alice.anaconda("-t", read, "groups", "show", "acme").ok(t)
	alice.anaconda("-t", read, "groups", "add", "acme/more").exits(t, 1).says(t, "403", "api:modify-group")
}

// TestAnacondaUploadForOrganization publishes to an organization's private
// packages: as a writer of a group, and with the organization's own token. A
// reader may install, and not upload.
func TestAnacondaUploadForOrganization(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	for _, login := range []string{"alice", "bob", "carol", "dave"} {
		s.addUser(login)
	}
	s.admin("", "create-org", "acme", "--owner", "alice")
	alice, bob := newClient(t, s), newClient(t, s)
	alice.login("alice")
	bob.login("bob")
	alice.anaconda("groups", "add", "acme/writers", "--perms", "write").ok(t)
	s.change(http.StatusNoContent, s.addToken("alice", "groups", "api:modify-group"), http.MethodPost, "/api/group/acme/writers", `{"all_packages": true}`)
	alice.anaconda("groups", "add_member", "acme/writers/bob").ok(t)
	bob.anaconda("upload", "--private", "-u", "acme", archive(t, tinyn)).ok(t).says(t, "Upload complete")

	robot := alice.createToken("--name", "robot", "-o", "acme").ok(t).stdout
	newClient(t, s).anaconda("-t", robot, "upload", "--private", archive(t, tiny10)).ok(t).says(t, "Upload complete", s.URL+"/acme/tiny")
	bob.createToken("--name", "robot", "-o", "acme").exits(t, 1).says(t, "403") // a writer is no owner

	alice.anaconda("groups", "add", "acme/readers").ok(t)
	alice.anaconda("groups", "add_member", "acme/readers/carol").ok(t)
	alice.anaconda("groups", "add_package", "acme/readers/tinyn").ok(t)
	tokens := map[string]string{"bob": s.addToken("bob", "ci", "all"), "carol": s.addToken("carol", "ci", "all"), "dave": s.addToken("dave", "ci", "all"), "acme": robot}
	for who, files := range map[string][]string{
		"acme": {"tiny-1.0-0.tar.bz2", "tinyn-0.1-0.conda"}, "bob": {"tiny-1.0-0.tar.bz2", "tinyn-0.1-0.conda"}, "carol": {"tinyn-0.1-0.conda"}, "dave": nil,
	} {
		wantFiles(t, s, "/conda/t/"+tokens[who]+"/acme/noarch", files...)
	}
	c := newClient(t, s)
	c.rattler("--channel", s.URL+"/t/"+tokens["carol"]+"/acme", t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
	c.rattler("--channel", s.URL+"/t/"+tokens["carol"]+"/acme", t.TempDir(), "tiny").fails(t, "No candidates were found for tiny")
	s.uploadAs(tokens["carol"], "--force", "-u", "acme", tinyn).exits(t, 1).says(t, "403")
	alice.anaconda("groups", "remove_member", "acme/readers/carol").ok(t)
	wantFiles(t, s, "/conda/t/"+tokens["carol"]+"/acme/noarch")
	if got := s.status(tokens["carol"], "/conda/acme/noarch/tinyn-0.1-0.conda"); got != http.StatusNotFound {
		t.Errorf("who was taken out of the group gets the file: %d", got)
	}
}

// change sends JSON that must be answered with the status.
func (s *server) change(status int, token, method, path, body string) {
	s.t.Helper()
	s.send(method, s.URL+path, strings.NewReader(body), "Authorization", "token "+token, "Content-Type", "application/json").is(s.t, status)
}
