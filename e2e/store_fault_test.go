package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"testing"
)

// startBehind is a server behind a proxy that does something to the requests with
// an upload's bytes; the clients go by the proxy.
func startBehind(t *testing.T, harm func(r *http.Request)) *server {
	t.Helper()
	s := startServerOn(t, t.TempDir(), nil)
	inside, err := url.Parse(s.URL)
	sure(t, err)
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(inside)
			r.Out.Host = r.In.Host
			if strings.HasPrefix(r.In.URL.Path, "/upload/") {
				harm(r.Out)
			}
		},
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	})
	t.Cleanup(proxy.Close)
	s.API = proxy.URL + "/api"
	return s
}

// flip changes one byte of the file.
func flip(r *http.Request) {
	whole, _ := io.ReadAll(r.Body)
	at := bytes.Index(whole, []byte("BZh"))
	whole[at+len(whole[at:])/2] ^= 1
	r.Body = io.NopCloser(bytes.NewReader(whole))
}

// breakOff lets half of it through and cuts both connections.
func breakOff(r *http.Request) {
	half, _ := io.ReadAll(io.LimitReader(r.Body, r.ContentLength/2))
	r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(half), cutOff{}))
}

// cutOff is a connection that is cut.
type cutOff struct{}

// Read fails.
func (cutOff) Read([]byte) (int, error) { return 0, errors.New("the connection is cut") }

// holdsNothing fails the test if an upload left bytes, a row or a file.
func (s *server) holdsNothing(what string) {
	s.t.Helper()
	if left := s.storedBytes(); len(left) > 0 {
		s.t.Errorf("%s: left %q", what, left)
	}
	s.admin("", "check", "--deep")
	wantFiles(s.t, s, "/conda/alice/noarch")
}

// TestRejectedDigest spoils the bytes on their way: the client names the checksum,
// and takes away the release and the package that it had made (row 30).
func TestRejectedDigest(t *testing.T) {
	t.Parallel()
	for name, newClient := range map[string]func(*testing.T, *server) *client{"1.16.0": newClient, "1.13.0": newOldClient} {
		s := startBehind(t, flip)
		s.addUser("alice")
		c := newClient(t, s)
		c.login("alice")
		c.anaconda("upload", archive(t, tiny10)).exits(t, 1).says(t, "The bytes that arrived have another", "Removing empty").lacks(t, "Traceback")
		if got := s.status(c.storedToken(), "/api/package/alice/tiny"); got != http.StatusNotFound {
			t.Errorf("%s: the package answers %d, want 404", name, got)
		}
		s.holdsNothing(name)
	}
}

// TestCutConnection cuts an upload in the middle. The client made the package by a
// request of its own and did not come back to take it away; of the file is nothing
// there, and the next upload goes through.
func TestCutConnection(t *testing.T) {
	t.Parallel()
	cut := true
	s := startBehind(t, func(r *http.Request) {
		if cut {
			breakOff(r)
		}
	})
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	c.anaconda("upload", archive(t, tiny10)).exits(t, 1)
	s.holdsNothing("cut off")
	if got := s.collect(); !strings.Contains(got, "0 unfinished uploads") {
		t.Errorf("gc says %q", got)
	}
	cut = false
	c.anaconda("upload", archive(t, tiny10)).ok(t).says(t, "Upload complete")
	wantFiles(t, s, "/conda/alice/noarch", "tiny-1.0-0.tar.bz2")
}

// announced is an upload of tinyn that was staged.
type announced struct {
	PostURL  string            `json:"post_url"`
	FormData map[string]string `json:"form_data"`
	DistID   string            `json:"dist_id"`
}

const tinynPath = "/alice/tinyn/0.1/noarch/tinyn-0.1-0.conda"

func (s *server) stageTinyn(token string) (a announced) {
	s.t.Helper()
	got := s.post(token, s.API+"/stage"+tinynPath, "application/json", []byte(`{"distribution_type": "conda", "attrs": {}, "channels": []}`)).is(s.t, http.StatusOK)
	sure(s.t, json.Unmarshal(got.body, &a))
	return a
}

// storeTinyn sends the bytes with a ticket, to this server's address.
func (s *server) storeTinyn(a announced) answer {
	s.t.Helper()
	whole, err := os.ReadFile(archive(s.t, tinyn))
	sure(s.t, err)
	form, kind := storeForm(s.t, a.FormData, "", whole)
	return s.post("", s.URL+"/upload/stage", kind, form)
}

func (s *server) commitTinyn(token string, a announced) answer {
	s.t.Helper()
	return s.post(token, s.API+"/commit"+tinynPath, "application/json", mustJSON(s.t, map[string]string{"dist_id": a.DistID}))
}

// refusesTicket fails the test unless the answer is S3's word for a ticket that
// opens nothing, without the ticket.
func (a answer) refusesTicket(t *testing.T, of announced) {
	t.Helper()
	a.is(t, http.StatusForbidden)
	if text := string(a.body); !strings.Contains(text, "<Code>AccessDenied</Code>") || !strings.Contains(text, "This upload is unknown, finished or too old. Start it again.") {
		t.Errorf("answers %s", text)
	}
	for name, value := range of.FormData {
		if len(value) > 20 && strings.Contains(string(a.body), value) {
			t.Errorf("the answer holds %s", name)
		}
	}
}

// TestReplayedTicket is good for one upload of bytes, before and after the commit.
func TestReplayedTicket(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "api")
	a := s.stageTinyn(token)
	s.storeTinyn(a).is(t, http.StatusCreated)
	s.storeTinyn(a).refusesTicket(t, a)
	s.commitTinyn(token, a).is(t, http.StatusOK)
	held := s.storedBytes()
	s.storeTinyn(a).refusesTicket(t, a)
	s.commitTinyn(token, a).is(t, http.StatusNotFound)
	if got := s.storedBytes(); len(got) != len(held) {
		t.Errorf("%d files of bytes, had %d", len(got), len(held))
	}
	wantFiles(t, s, "/conda/alice/noarch", "tinyn-0.1-0.conda")
}

// TestOtherUsersTicket lets nobody finish what somebody else began, who then can.
func TestOtherUsersTicket(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	alice, bob := s.addToken("alice", "ci", "api"), s.addToken("bob", "ci", "api")
	a := s.stageTinyn(alice)
	s.storeTinyn(a).is(t, http.StatusCreated)
	s.commitTinyn(bob, a).is(t, http.StatusForbidden)
	own := strings.Replace(s.API+"/commit"+tinynPath, "alice", "bob", 1)
	s.post(bob, own, "application/json", mustJSON(t, map[string]string{"dist_id": a.DistID})).is(t, http.StatusNotFound)
	s.commitTinyn("", a).is(t, http.StatusUnauthorized)
	s.get(bob, "/api/package/bob/tinyn").is(t, http.StatusNotFound)
	wantFiles(t, s, "/conda/alice/noarch")
	s.commitTinyn(alice, a).is(t, http.StatusOK)
	wantFiles(t, s, "/conda/alice/noarch", "tinyn-0.1-0.conda")
}

// TestExpiredTicket opens nothing a day later, sent or not, and the collection of
// garbage takes away what it was for.
func TestExpiredTicket(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "api")
	unsent, sent := s.stageTinyn(token), s.stageTinyn(token)
	s.storeTinyn(sent).is(t, http.StatusCreated)
	late := startServerOn(t, s.stop(), []string{"VIVARIUM_TESTING_CLOCK_OFFSET=26h"})
	late.storeTinyn(unsent).refusesTicket(t, unsent)
	late.commitTinyn(token, unsent).is(t, http.StatusNotFound)
	late.commitTinyn(token, sent).is(t, http.StatusNotFound)
	wantFiles(t, late, "/conda/alice/noarch")
	if got := late.collect(); !strings.Contains(got, "2 unfinished uploads") {
		t.Errorf("gc says %q", got)
	}
	late.get(token, "/api/package/alice/tinyn").is(t, http.StatusNotFound)
	late.holdsNothing("expired")
}
