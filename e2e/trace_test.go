package e2e

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestT11SecretsLeaveNoTrace sends tokens and passwords in every form, right and
// wrong, to addresses that answer in every way: none is in any answer, in the log, or
// in any file that the server writes.
func TestT11SecretsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	s := startServerOn(t, t.TempDir(), []string{"VIVARIUM_LOG_LEVEL=debug", "VIVARIUM_LOG_FORMAT=json", "VIVARIUM_LIMITS_SIGN_IN_ATTEMPTS=0"})
	s.addUser("alice")
	token, dead := s.addToken("alice", "ci", "all"), s.addToken("alice", "dead", "all")
	s.uploadAs(token, "--private", tinyn).ok(t)
	s.admin("", "revoke-token", "alice", "dead")
	const typo = "wonderlamp-5e2"
	secrets := []string{token, dead, password, typo}
	for _, secret := range []string{token, dead, "viv-0000000000000000000000000000000000"} {
		for _, path := range []string{
			"/conda/alice/noarch/repodata.json", "/conda/alice/noarch/tinyn-0.1-0.conda", "/conda/alice/noarch", "/conda/alice/noarch/", "/conda/alice", "/conda/nobody/noarch/repodata.json",
			"/pypi/alice/simple", "/pypi/alice/simple/", "/pypi/alice/simple/Leaf", "/api/user", "/api/package/alice/nothing", "/alice", "/alice/tinyn", "/nowhere/at/all", "/conda/alice/rss.xml",
			"/conda/alice/channeldata.json", "/conda/alice/index.html", "/search?q=" + secret, "/signin?next=/" + secret,
		} {
			for name, form := range formsOf(secret, path) {
				for _, method := range []string{http.MethodGet, http.MethodPut} {
					a := s.ask(method, form[0], append(form[1:], "Referer", s.URL+"/t/"+secret+path)...)
					if !strings.Contains(path, secret) {
						a.hides(t, name, secrets...)
					}
				}
			}
		}
	}
	p := s.person()
	for _, form := range [][]string{
		{"/signin", "username", "alice", "password", typo}, {"/signin", "username", typo, "password", "alice"}, {"/signup", "username", "bob", "password", typo, "confirm", typo + "x"},
		{"/signin", "username", "alice", "password", password}, {"/account/security", "current", typo, "new", typo + "2", "confirm", typo}, {"/account/email", "email", "a@b.test", "password", typo},
	} {
		a := p.form(form[0], form[1:]...)
		if form[2] != typo { // a name that was typed is shown again
			a.hides(t, form[0], secrets...)
		}
	}
	for _, who := range [][2]string{{"alice", typo}, {"alice", password}, {typo, "x"}} {
		s.ask(http.MethodGet, "/api/user", "Authorization", "Basic "+basic(who[0], who[1])).hides(t, "Basic", secrets...)
	}
	log := s.log.String()
	for _, secret := range append(secrets, basic("__token__", token)) {
		if strings.Contains(log, secret) {
			t.Errorf("the log has %.6s…", secret)
		}
	}
	s.admin("", "backup", filepath.Join(s.dir, "data", "copy.backup"))
	wantNoneOnDisk(t, s.stop(), secrets)
}

// hides fails the test if an answer has one of the secrets in it.
func (a answer) hides(t *testing.T, what string, secrets ...string) {
	t.Helper()
	text := fmt.Sprint(a.header) + string(a.body)
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("%s (%s): the answer %d has %.6s… in it:\n%.600s", a.request[:min(len(a.request), 60)], what, a.status, secret, text)
		}
	}
}

// wantNoneOnDisk reads all that the server has written.
func wantNoneOnDisk(t *testing.T, dir string, secrets []string) {
	t.Helper()
	read := 0
	sure(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, secret := range secrets {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("%s has %.6s… in it", path, secret)
			}
		}
		read++
		return err
	}))
	if read < 3 {
		t.Errorf("there are only %d files", read)
	}
}
