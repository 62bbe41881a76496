package condachannel_test

import (
	"encoding/base64"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/protocol/condachannel"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

// TestCredentials reads a private package with every form of credential.
func TestCredentials(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "conda:download")
	for _, prefix := range []string{"/conda/t/" + token + "/brook/", "/t/" + token + "/conda/brook/", "/t/" + token + "/brook/", "/t/" + token + "/conda/brook/label/main/"} {
		s.checkReadsHush(t, prefix, token, nil)
	}
	for _, headers := range [][]string{
		{"Authorization", "token " + token}, {"Authorization", "Bearer " + token}, {"X-API-Key", token}, {"Authorization", basic("__token__", token)},
		{"Authorization", basic(token, "x-auth-token")}, {"Authorization", basic(token, "")}, {"Authorization", basic("brook", registrytest.Password)},
	} {
		for _, prefix := range []string{"/conda/brook/", "/brook/", "/brook/label/main/"} {
			s.checkReadsHush(t, prefix, token, headers)
		}
	}
	s.get(t, http.StatusNotFound, "/conda/brook/"+hushFile)
	s.get(t, http.StatusNotFound, "/conda/brook/"+hushFile, "X-API-Key", s.Token(t, "casey"))
	s.get(t, http.StatusForbidden, "/conda/brook/"+hushFile, "X-API-Key", s.Token(t, "brook", "pypi"))
	s.get(t, http.StatusOK, "/conda/brook/"+tinyFile, "X-API-Key", s.Token(t, "brook", "pypi")) // what anonymous may do takes no scope
	s.get(t, http.StatusOK, "/conda/t/"+s.Token(t, "labs")+"/brook/"+tinyFile)                  // one token serves all channels of a host
}

func (s *site) checkReadsHush(t *testing.T, prefix, token string, headers []string) {
	t.Helper()
	index := s.get(t, http.StatusOK, prefix+"noarch/repodata.json", headers...)
	if !strings.Contains(index.Body.String(), "hush-1.0-0.conda") {
		t.Errorf("%s %v: the index hides hush: %s", prefix, headers, index.Body)
	}
	shards := s.get(t, http.StatusOK, prefix+"noarch/repodata_shards.msgpack.zst", headers...)
	shard := s.get(t, http.StatusOK, prefix+"noarch/shards/"+shardOf(t, shards.Body.Bytes(), "hush")+".msgpack.zst", headers...)
	file := s.get(t, http.StatusOK, prefix+hushFile, headers...)
	for _, w := range []*httptest.ResponseRecorder{index, shards, shard, file} {
		if !strings.HasPrefix(w.Header().Get("Cache-Control"), "private, ") || !strings.Contains(strings.Join(w.Header().Values("Vary"), " "), "Authorization") {
			t.Errorf("%s %v: a shared cache may keep it: %v", prefix, headers, w.Header())
		}
		checkNoTrace(t, w, token)
	}
}

// checkNoTrace fails when an answer holds the secret (T11).
func checkNoTrace(t *testing.T, w *httptest.ResponseRecorder, secret string) {
	t.Helper()
	if strings.Contains(w.Body.String(), secret) {
		t.Errorf("the body holds the token: %s", w.Body)
	}
	for name, values := range w.Header() {
		if strings.Contains(strings.Join(values, " "), secret) {
			t.Errorf("the header %s holds the token: %s", name, values)
		}
	}
}

// TestWrongTokenIsRefused: never anonymous instead, on public channels neither,
// for whatever stands behind it.
func TestWrongTokenIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	dead := s.Token(t, "brook")
	if err := s.EndToken(t.Context(), s.TokenActor(t, dead)); err != nil {
		t.Fatal(err)
	}
	later := s.Site.Later(400 * 24 * time.Hour)
	expired := s.Token(t, "brook")
	aged := &site{Site: later, handler: condachannel.New(condachannel.Options{Registry: later.Registry, Routes: registry.Routes()})}
	for _, tail := range []string{
		"brook/noarch/repodata.json", "brook/" + tinyFile, "brook/noarch/current_repodata.json", "brook/noarch/shards/" + strings.Repeat("0", 64) + ".msgpack.zst", "nobody/noarch/repodata.json",
		"brook", "brook/", "brook/linux_64/x", "brook/label/dev/noarch/repodata.json.zst",
	} {
		for _, token := range []string{dead, "viv-nonsense", "x", ""} {
			for _, prefix := range []string{"/conda/t/" + token + "/", "/t/" + token + "/conda/", "/t/" + token + "/"} {
				w := s.get(t, http.StatusUnauthorized, prefix+tail)
				if len(token) > 1 {
					checkNoTrace(t, w, token)
				}
			}
		}
		checkNoTrace(t, aged.get(t, http.StatusUnauthorized, "/conda/t/"+expired+"/"+tail), expired)
	}
	s.get(t, http.StatusUnauthorized, "/conda/brook/"+tinyFile, "Authorization", "token "+dead)
	s.get(t, http.StatusUnauthorized, "/conda/brook/"+tinyFile, "Authorization", "nonsense")
	s.get(t, http.StatusUnauthorized, "/conda/t/"+dead+"/brook/"+tinyFile, "If-None-Match", s.get(t, 200, "/conda/brook/"+tinyFile).Header().Get("ETag"))
}

// TestHiddenLooksAbsent compares a private file with none at all, with the true
// ETag in hand (T12, T14).
func TestHiddenLooksAbsent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook, casey := s.Token(t, "brook"), s.Token(t, "casey")
	etag := s.get(t, http.StatusOK, "/conda/brook/"+hushFile, "X-API-Key", brook).Header().Get("ETag")
	index := s.get(t, http.StatusOK, "/conda/brook/noarch/repodata_shards.msgpack.zst", "X-API-Key", brook)
	shard := shardOf(t, index.Body.Bytes(), "hush")
	none := strings.Repeat("0", 64)
	for _, who := range [][]string{nil, {"X-API-Key", casey}} {
		for _, condition := range [][]string{nil, {"If-None-Match", etag}, {"If-Match", etag}, {"If-None-Match", "*"}, {"Range", "bytes=0-1"}} {
			headers := append(slices.Clone(who), condition...)
			hidden, absent := s.get(t, 404, "/conda/brook/"+hushFile, headers...), s.get(t, 404, "/conda/brook/noarch/nope-1.0-0.conda", headers...)
			checkAlike(t, hidden, absent, "hush", "nope")
			checkAlike(t, s.get(t, 404, "/conda/brook/noarch/shards/"+shard+".msgpack.zst", headers...), s.get(t, 404, "/conda/brook/noarch/shards/"+none+".msgpack.zst", headers...), shard, none)
		}
		for _, path := range []string{"/conda/brook/noarch/repodata.json", "/conda/brook/label/main/noarch/repodata.json"} {
			if body := s.get(t, http.StatusOK, path, who...).Body.String(); strings.Contains(body, "hush") {
				t.Errorf("%s shows hush: %s", path, body)
			}
		}
		if shardOf(t, s.get(t, http.StatusOK, "/conda/brook/noarch/repodata_shards.msgpack.zst", who...).Body.Bytes(), "hush") != "" {
			t.Error("the shard index shows hush")
		}
	}
}

func checkAlike(t *testing.T, a, b *httptest.ResponseRecorder, nameA, nameB string) {
	t.Helper()
	bodyA, bodyB := strings.ReplaceAll(a.Body.String(), nameA, "X"), strings.ReplaceAll(b.Body.String(), nameB, "X")
	if bodyA != bodyB || !maps.EqualFunc(a.Header(), b.Header(), slices.Equal) {
		t.Errorf("%s: %v %s, %s: %v %s", nameA, a.Header(), bodyA, nameB, b.Header(), bodyB)
	}
}
