package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFirstStart runs the command that the first start prints, as it is printed.
func TestFirstStart(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	if !strings.Contains(s.log.String(), s.URL) {
		t.Errorf("the start does not name %s:\n%s", s.URL, s.log)
	}
	var command string
	for line := range strings.Lines(s.log.String()) {
		if at := strings.Index(line, program); at >= 0 && strings.Contains(line, "create-user") {
			command = strings.TrimSpace(line[at:])
		}
	}
	if command == "" {
		t.Fatalf("the start prints no create-user command:\n%s", s.log)
	}
	made := strings.TrimSpace(execute(t, s.dir, plainEnv(s.dir), "", "bash", "-c", command).ok(t).stdout)
	if made == "" || strings.ContainsAny(made, " \n") {
		t.Fatalf("%s\nprinted %q, want a password alone", command, made)
	}
	users := s.listing("list-users")
	if len(users) != 1 {
		t.Fatalf("list-users has %d users after %s", len(users), command)
	}
	newClient(t, s).anaconda("login", "--username", users[0]["name"].(string), "--password", made).ok(t).says(t, "login successful")
	execute(t, s.dir, plainEnv(s.dir), "", "bash", "-c", command).exits(t, 1)
}

// listing runs an admin listing as JSON.
func (s *server) listing(args ...string) []map[string]any {
	s.t.Helper()
	var rows []map[string]any
	text := s.admin("", append(args, "--json")...)
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		s.t.Fatalf("%v: %v\n%s", args, err, text)
	}
	return rows
}

// TestCommandsBesideServer are in force when they return.
func TestCommandsBesideServer(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	s.admin("", "create-org", "acme", "--owner", "alice", "--email", "acme@example.test")
	s.get("", "/api/user/acme").is(t, http.StatusOK)
	s.get("", "/alice").is(t, http.StatusOK)

	s.admin("", "rename-user", "bob", "robert")
	s.get("", "/api/user/robert").is(t, http.StatusOK)
	s.get("", "/api/user/bob").is(t, http.StatusNotFound)
	s.tryAdmin(password, "create-user", "bob", "--email", "b@example.test", "--password-stdin").exits(t, 0)
	s.admin("", "delete-user", "robert")
	s.get("", "/api/user/robert").is(t, http.StatusNotFound)

	s.admin("", "grant-admin", "alice")
	s.admin("", "revoke-admin", "alice")
	for _, command := range [][]string{{"list-users"}, {"list-orgs"}} {
		for _, row := range s.listing(command...) {
			if row["name"] == "" {
				t.Errorf("%s has a row without a name: %v", command, row)
			}
		}
	}
	s.tryAdmin("", "create-user", "dora", "--email", "dora@example.test").exits(t, 2).says(t, "--password-stdin", "--generate-password")
	s.tryAdmin(password, "create-user", "alice", "--email", "other@example.test", "--password-stdin").exits(t, 1)
	s.tryAdmin(password, "create-user", "noarch", "--email", "n@example.test", "--password-stdin").says(t, "noarch")
	s.tryAdmin("", "gc").ok(t)
	s.tryAdmin("", "config").ok(t).says(t, "data_dir")
	execute(t, s.dir, plainEnv(s.dir), "", program, "version").ok(t).says(t, "go1.")
	execute(t, s.dir, plainEnv(s.dir), "", program, "healthcheck", "--listen", s.host).ok(t)
}

// TestSecondServer is refused while the first holds the data folder.
func TestSecondServer(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	execute(t, s.dir, plainEnv(s.dir), "", program, "serve", "--listen", freeAddress(t)).exits(t, 1).lacks(t, "goroutine")
	execute(t, s.dir, plainEnv(s.dir), "", program, "healthcheck", "--listen", freeAddress(t)).exits(t, 1)
}

// TestWrongConfiguration stops the start with the key and its line.
func TestWrongConfiguration(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "config.yaml")
	for content, words := range map[string][]string{
		"signup: open\nlistn: :80\n":           {"listn", "2"},
		"signup: sometimes\n":                  {"signup", "1"},
		"signup: open\nmetrics: true\n":        {"metrics", "2"},
		"limits:\n  upload_size: enormous\n":   {"limits.upload_size"},
		"testing:\n  clock_offset: tomorrow\n": {"testing.clock_offset"},
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		execute(t, dir, plainEnv(dir), "", program, "serve", "--listen", "127.0.0.1:0").exits(t, 2).says(t, words...).lacks(t, "goroutine")
	}
}

// TestClosedSite serves nothing to anyone who has not signed in.
func TestClosedSite(t *testing.T) {
	t.Parallel()
	s := startServerOn(t, t.TempDir(), []string{"VIVARIUM_ANONYMOUS=false", "VIVARIUM_SIGNUP=closed"})
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	s.uploadAs(token, tinyn).ok(t)
	for _, channel := range []string{"alice", "nobody"} {
		for _, path := range []string{"/noarch/repodata.json", "/noarch/tinyn-0.1-0.conda", "/noarch/repodata_shards.msgpack.zst"} {
			a := s.get("", "/conda/"+channel+path).is(t, http.StatusUnauthorized)
			if got := a.header.Get("WWW-Authenticate"); got != `Basic realm="Vivarium"` {
				t.Errorf("%s: WWW-Authenticate %q", a.request, got)
			}
		}
	}
	s.get("", "/conda/alice/notices.json").is(t, http.StatusOK)
	s.get("", "/signup").is(t, http.StatusForbidden)
	page := s.get("", "/alice").is(t, http.StatusSeeOther)
	if at := page.header.Get("Location"); !strings.HasPrefix(at, "/signin?next=") {
		t.Errorf("the page of a closed channel leads to %q", at)
	}
	c := newClient(t, s)
	c.rattler("--channel", s.URL+"/conda/alice", t.TempDir(), "tinyn").fails(t, "401")
	c.rattler("--channel", "http://__token__:"+token+"@"+s.host+"/conda/alice", t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
}

// TestExpiredToken is refused like a wrong one once its time is over.
func TestExpiredToken(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	short := s.admin("", "create-token", "alice", "--name", "short", "--scopes", "all", "--expires", "1h")
	s.get(short, "/api/user").is(t, http.StatusOK)
	later := startServerOn(t, s.stop(), []string{"VIVARIUM_TESTING_CLOCK_OFFSET=2h"})
	later.get(short, "/api/user").is(t, http.StatusUnauthorized)
	later.get(short, "/api").is(t, http.StatusOK)
	later.get("", "/t/"+short+"/conda/alice/noarch/repodata.json").is(t, http.StatusUnauthorized)
}
