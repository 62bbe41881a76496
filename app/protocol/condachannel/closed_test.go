package condachannel_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

var everywhere = []string{
	"noarch/repodata.json", "noarch/repodata.json.zst", "noarch/repodata_shards.msgpack.zst", tinyFile, hushFile, "noarch/nope-1.0-0.conda",
	"noarch/current_repodata.json", "noarch/index.html", "channeldata.json", "", "noarch/shards/" + strings.Repeat("0", 64) + ".msgpack.zst",
}

// TestClosedChannel asks everybody anonymous to sign in, whether or not the thing
// exists; but never for notices.
func TestClosedChannel(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.closeChannel(t)
	for _, path := range everywhere {
		s.get(t, http.StatusUnauthorized, "/conda/brook/"+path)
		s.get(t, http.StatusUnauthorized, "/brook/label/dev/"+path)
	}
	s.get(t, http.StatusNotFound, "/conda/nobody/noarch/repodata.json")
	casey := s.Token(t, "casey", "conda:download")
	w := s.get(t, http.StatusOK, "/conda/t/"+casey+"/brook/"+tinyFile)
	if got := w.Header().Get("Cache-Control"); got != "private, max-age=31536000, immutable" {
		t.Errorf("Cache-Control: %s", got)
	}
	s.get(t, http.StatusNotFound, "/conda/t/"+casey+"/brook/"+hushFile)
	s.get(t, http.StatusNotFound, "/conda/t/"+casey+"/brook/noarch/nope-1.0-0.conda")
	s.get(t, http.StatusForbidden, "/conda/brook/"+tinyFile, "X-API-Key", s.Token(t, "casey", "api"))
}

// TestNothingForAnonymous is a site with anonymous: false, where an unknown
// channel looks like any other.
func TestNothingForAnonymous(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.Anonymous = false })
	for _, path := range everywhere {
		for _, channel := range []string{"brook", "nobody"} {
			s.get(t, http.StatusUnauthorized, "/conda/"+channel+"/"+path)
		}
	}
	token := s.Token(t, "casey")
	s.get(t, http.StatusNotFound, "/conda/nobody/noarch/repodata.json", "X-API-Key", token)
	s.get(t, http.StatusOK, "/conda/brook/noarch/repodata.json", "X-API-Key", token)
	for _, channel := range []string{"brook", "nobody"} {
		s.get(t, http.StatusOK, "/conda/"+channel+"/notices.json")
	}
}

// TestNotices: fast, never 401, never an error but for an unknown channel.
func TestNotices(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	check := func(path string, headers ...string) {
		t.Helper()
		if w := s.get(t, http.StatusOK, path, headers...); w.Body.String() != "{\"notices\":[]}\n" || w.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%s: %v %s", path, w.Header(), w.Body)
		}
	}
	paths := []string{"/conda/brook/notices.json", "/brook/notices.json", "/conda/brook/label/dev/notices.json", "/t/viv-wrong/conda/brook/notices.json", "/conda/t//brook/notices.json"}
	for _, path := range paths {
		check(path)
		check(path, "Authorization", "token viv-wrong")
		check(path, "Authorization", "nonsense")
	}
	s.get(t, http.StatusNotFound, "/conda/nobody/notices.json")
	s.closeChannel(t)
	for _, path := range paths {
		check(path)
	}
	s.Store.Close() // nothing but a broken site, which must not cost every install four tries
	check("/conda/brook/notices.json")
}

// TestNoticesAreShown to whoever may see the channel, for as long as they last,
// under an ETag of their own.
func TestNoticesAreShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	message, published, level, end := "Python 3.11 <ends>", model.NoticePublished, model.Warning, time.Now().Add(time.Hour)
	empty := s.get(t, http.StatusOK, "/conda/brook/notices.json").Header().Get("ETag")
	change := registry.NoticeChange{Message: &message, Status: &published, Level: &level, ExpiresAt: &end}
	n, err := s.CreateNotice(t.Context(), s.Actor(t, "brook"), "brook", change)
	if err != nil {
		t.Fatal(err)
	}
	w := s.get(t, http.StatusOK, "/brook/label/dev/notices.json")
	var answer struct {
		Notices []map[string]string
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.Notices) != 1 {
		t.Fatalf("%s: %v", w.Body, err)
	}
	got := answer.Notices[0]
	for _, key := range []string{"created_at", "expires_at", "expired_at"} {
		if _, err := time.Parse("2006-01-02T15:04:05+00:00", got[key]); err != nil {
			t.Errorf("%s is %q", key, got[key])
		}
	}
	if got["id"] != n.UID || got["message"] != message || got["level"] != "warning" || w.Header().Get("ETag") == empty {
		t.Errorf("got %v, %v", got, w.Header())
	}
	s.get(t, http.StatusNotModified, "/conda/brook/notices.json", "If-None-Match", w.Header().Get("ETag"))

	s.closeChannel(t)
	token, other := s.Token(t, "casey", "conda:download"), s.Token(t, "casey", "pypi:upload")
	for path, seen := range map[string]bool{
		"/conda/brook/notices.json": false, "/t/" + token + "/conda/brook/notices.json": true, "/t/" + other + "/conda/brook/notices.json": false,
	} {
		w := s.get(t, http.StatusOK, path)
		if strings.Contains(w.Body.String(), n.UID) != seen || seen && !strings.HasPrefix(w.Header().Get("Cache-Control"), "private") {
			t.Errorf("%s: %v %s", path, w.Header(), w.Body)
		}
	}
}
