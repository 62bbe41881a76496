package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"vivarium/app/scaletest"
)

// TestHeldTransaction lets another process hold a transaction with a change of the
// channel. Reads go on, an upload and an admin command wait for it, and in the end
// all three changes are there.
func TestHeldTransaction(t *testing.T) {
	t.Parallel()
	s, alice := startPublishing(t)
	first, second := condaSpec{name: "first"}.build(t), condaSpec{name: "second"}.build(t)
	alice.must(t, first)
	s.shows(t, first)
	h := s.holder("first")
	h.hold("held for a while")
	ended := make(chan string, 2)
	var all sync.WaitGroup
	all.Go(func() {
		alice.must(t, second)
		ended <- "the upload"
	})
	all.Go(func() {
		if made := s.tryAdmin(password, "create-user", "bob", "--email", "bob@example.test", "--password-stdin"); made.status != 0 {
			t.Errorf("create-user: %s", made.both())
		}
		ended <- "create-user"
	})
	for until := time.After(time.Second); ; s.shows(t, first) {
		select {
		case what := <-ended:
			t.Fatalf("%s did not wait for the other process", what)
		case <-until:
			h.commit()
			all.Wait()
			s.shows(t, first, second)
			s.summary(t, "held for a while")
			s.get("", "/api/user/bob").is(t, http.StatusOK)
			s.admin("", "check")
			return
		}
	}
}

// TestProcessesChangeOneChannel has a server, an import and a process that writes
// to the database at work on one channel. No change of the log is lost: in the end
// the index that was kept up is what a new process makes.
func TestProcessesChangeOneChannel(t *testing.T) {
	t.Parallel()
	s, alice := startPublishing(t)
	count := scaletest.Count(t, 500, 20)
	made := func(prefix string, n int) artifact { return condaSpec{name: fmt.Sprint(prefix, n)}.build(t) }
	all := []artifact{made("first", 0)}
	alice.must(t, all[0])
	folder := t.TempDir()
	var uploads, imports []artifact
	for n := range count {
		uploads, imports = append(uploads, made("sent", n)), append(imports, made("brought", n))
		sure(t, os.WriteFile(filepath.Join(folder, imports[n].fileName), imports[n].data, 0o600))
	}
	var working sync.WaitGroup
	working.Go(func() {
		if got := s.tryAdmin("", "import", folder, "--channel", "alice"); got.status != 0 {
			t.Errorf("import: %s", got.both())
		}
	})
	working.Go(func() {
		for _, a := range uploads {
			alice.must(t, a)
		}
	})
	h := s.holder("first0")
	for n := range count {
		h.hold(fmt.Sprint("summary ", n))
		h.commit()
		s.summary(t, fmt.Sprint("summary ", n))
	}
	working.Wait()
	all = slices.Concat(all, uploads, imports)
	s.shows(t, all...)
	kept := s.get("", "/conda/alice/noarch/repodata.json").is(t, http.StatusOK)
	s.admin("", "check")
	other := startServerOn(t, s.stop(), []string{unlimited})
	sure(t, os.RemoveAll(filepath.Join(other.dir, "data", "cache")))
	if made := other.get("", "/conda/alice/noarch/repodata.json").is(t, http.StatusOK); !bytes.Equal(made.body, kept.body) || made.header.Get("ETag") != kept.header.Get("ETag") {
		t.Errorf("another process makes %d bytes with ETag %s, want the %d with %s", len(made.body), made.header.Get("ETag"), len(kept.body), kept.header.Get("ETag"))
	}
}

// TestCommandsAreVisibleWhenTheyReturn asks the server right after each command for
// what it has answered before.
func TestCommandsAreVisibleWhenTheyReturn(t *testing.T) {
	t.Parallel()
	s, alice := startPublishing(t)
	a := condaSpec{name: "first"}.build(t)
	alice.must(t, a)
	all, last := []artifact{a}, ""
	for n := range scaletest.Count(t, 100, 5) {
		s.shows(t, all...)
		a := condaSpec{name: fmt.Sprint("more", n)}.build(t)
		folder := t.TempDir()
		sure(t, os.WriteFile(filepath.Join(folder, a.fileName), a.data, 0o600))
		s.admin("", "import", folder, "--channel", "alice")
		all = append(all, a)
		s.shows(t, all...)

		if last != "" {
			s.get(last, "/api/user").is(t, http.StatusOK)
			s.admin("", "revoke-token", "alice", fmt.Sprint("token", n-1))
			s.get(last, "/api/user").is(t, http.StatusUnauthorized)
		}
		last = s.addToken("alice", fmt.Sprint("token", n), "all")
		s.get(last, "/api/user").is(t, http.StatusOK)
		s.admin("", "disable-user", "alice")
		s.get(last, "/api/user").is(t, http.StatusUnauthorized)
		s.admin("", "enable-user", "alice")
		s.get(last, "/api/user").is(t, http.StatusOK)
	}
	before := s.get("", "/conda/alice/noarch/repodata.json").is(t, http.StatusOK)
	s.admin("", "reindex", "alice")
	if after := s.get("", "/conda/alice/noarch/repodata.json").is(t, http.StatusOK); after.header.Get("ETag") != before.header.Get("ETag") {
		t.Errorf("reindex made %s of %s", after.header.Get("ETag"), before.header.Get("ETag"))
	}
}

// startPublishing starts a server and returns it with somebody who uploads to
// alice.
func startPublishing(t *testing.T) (*server, publisher) {
	t.Helper()
	s := startServerOn(t, t.TempDir(), []string{unlimited})
	s.addUser("alice")
	return s, s.publisher("alice", s.addToken("alice", "ci", "all"))
}

// must publishes a file, which must work.
func (p publisher) must(t *testing.T, a artifact) {
	t.Helper()
	if v, err := p.publish(t.Context(), a); err != nil || !v.made() {
		t.Errorf("%s: %v, %v", a.fileName, v, err)
	}
}

// shows fails the test unless alice's index lists files, and the shard of each is
// in the index of shards.
func (s *server) shows(t *testing.T, files ...artifact) {
	t.Helper()
	listed, shards := readRepodata(t, s, "/conda/alice/noarch"), s.shards()
	for _, a := range files {
		if listed.PackagesConda[a.fileName].SHA256 != a.sha256() || len(shards[a.name]) == 0 {
			t.Errorf("%s is not in the index", a.fileName)
		}
	}
}

// summary fails the test unless channeldata.json has it.
func (s *server) summary(t *testing.T, want string) {
	t.Helper()
	if got := s.get("", "/conda/alice/channeldata.json").is(t, http.StatusOK); !bytes.Contains(got.body, []byte(`"`+want+`"`)) {
		t.Errorf("no package has the summary %q:\n%.500s", want, got.body)
	}
}
