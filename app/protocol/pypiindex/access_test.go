package pypiindex_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestCredentials reads a private project with every form of credential, in every
// form of address.
func TestCredentials(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook", "pypi:download")
	for _, prefix := range []string{"/pypi/t/" + token + "/brook/", "/t/" + token + "/pypi/brook/", "/t/" + token + "/brook/", "/pypi/t/" + token + "/brook/label/main/"} {
		s.checkReadsHush(t, prefix, token, nil)
	}
	for _, headers := range [][]string{
		{"Authorization", "token " + token}, {"Authorization", "Bearer " + token}, {"X-API-Key", token}, {"Authorization", basic("__token__", token)},
		{"Authorization", basic(token, "x-auth-token")}, {"Authorization", basic(token, "")}, {"Authorization", basic("anyone", token)}, {"Authorization", basic("brook", registrytest.Password)},
	} {
		for _, prefix := range []string{"/pypi/brook/", "/brook/", "/pypi/brook/label/main/", "/pypi/brook/+"} {
			s.checkReadsHush(t, prefix, token, headers)
		}
	}
	s.get(t, 404, "/pypi/brook/simple/hush/")
	s.get(t, 404, "/pypi/brook/simple/hush/", "X-API-Key", s.Token(t, "casey"))
	conda := s.Token(t, "brook", "conda", "api")
	s.get(t, 403, "/pypi/brook/simple/hush/", "X-API-Key", conda)
	s.get(t, 403, "/pypi/brook/simple/hush/", "X-API-Key", s.Token(t, "brook", "pypi:upload"))
	s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/", "X-API-Key", conda) // what anonymous may do takes no scope
	if body := s.get(t, 200, "/pypi/brook/simple/", "X-API-Key", conda).Body.String(); strings.Contains(body, "hush") {
		t.Errorf("a token without the scope sees hush: %s", body)
	}
	s.get(t, 200, "/pypi/t/"+s.Token(t, "labs")+"/brook/simple/rec-pkg-main/") // one token serves all channels of a host
}

func (s *site) checkReadsHush(t *testing.T, prefix, token string, headers []string) {
	t.Helper()
	list := s.get(t, 200, prefix+"simple/", headers...)
	if !strings.Contains(list.Body.String(), `"hush/"`) {
		t.Errorf("%s %v: the list hides hush: %s", prefix, headers, list.Body)
	}
	page := s.get(t, 200, prefix+"simple/hush/", headers...)
	f := s.project(t, prefix+"simple/hush/", headers...).Files[0]
	file := s.get(t, 200, prefix+"simple/hush/"+f.URL, headers...)
	metadata := s.get(t, 200, prefix+"simple/hush/"+f.URL+".metadata", headers...)
	for _, w := range []*httptest.ResponseRecorder{list, page, file, metadata} {
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

// TestWrongTokenIsRefused: never anonymous instead, on public projects neither.
func TestWrongTokenIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	dead := s.Token(t, "brook")
	if err := s.EndToken(t.Context(), s.TokenActor(t, dead)); err != nil {
		t.Fatal(err)
	}
	for _, tail := range []string{"brook/simple/", "brook/simple/rec-pkg-main/", "brook/simple/Rec.Pkg_Main", "brook/simple/nosuch/", "nobody/simple/x/", "brook/label/dev/simple/", "brook/label/x", "brook/simple/a/b/c/d"} {
		for _, token := range []string{dead, "viv-nonsense", "x", ""} {
			for _, prefix := range []string{"/pypi/t/" + token + "/", "/t/" + token + "/pypi/", "/t/" + token + "/"} {
				w := s.get(t, http.StatusUnauthorized, prefix+tail)
				if len(token) > 1 {
					checkNoTrace(t, w, token)
				}
			}
		}
		s.get(t, http.StatusUnauthorized, "/pypi/"+tail, "Authorization", basic("__token__", dead))
		s.get(t, http.StatusUnauthorized, "/pypi/"+tail, "Authorization", basic("brook", "wrong password"))
		s.get(t, http.StatusUnauthorized, "/pypi/"+tail, "Authorization", "nonsense")
	}
}

// TestHiddenLooksAbsent compares a private project with none at all, with the true
// ETag and digest in hand (T12, T14).
func TestHiddenLooksAbsent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook, casey := s.Token(t, "brook"), s.Token(t, "casey")
	etag := s.get(t, 200, "/pypi/brook/simple/hush/", "X-API-Key", brook).Header().Get("ETag")
	file := s.project(t, "/pypi/brook/simple/hush/", "X-API-Key", brook).Files[0].URL
	for _, who := range [][]string{nil, {"X-API-Key", casey}} {
		for _, condition := range [][]string{nil, {"If-None-Match", etag}, {"If-Match", etag}, {"If-None-Match", "*"}, {"Range", "bytes=0-1"}} {
			headers := append(slices.Clone(who), condition...)
			for _, path := range []string{"simple/hush/", "simple/hush/" + file, "simple/hush/" + file + ".metadata", "hush/json", "hush/1.0/json", "label/main/simple/hush/"} {
				hidden, absent := s.get(t, 404, "/pypi/brook/"+path, headers...), s.get(t, 404, "/pypi/brook/"+strings.ReplaceAll(path, "hush", "nope"), headers...)
				a, b := strings.ReplaceAll(hidden.Body.String(), "hush", "X"), strings.ReplaceAll(absent.Body.String(), "nope", "X")
				if a != b || !maps.EqualFunc(hidden.Header(), absent.Header(), slices.Equal) {
					t.Errorf("%s: %v %s, absent: %v %s", path, hidden.Header(), a, absent.Header(), b)
				}
			}
		}
		if body := s.get(t, 200, "/pypi/brook/simple/", who...).Body.String(); strings.Contains(body, "hush") {
			t.Errorf("the list shows hush: %s", body)
		}
	}
}

var everywhere = []string{
	"simple/", "simple", "simple/rec-pkg-main/", "simple/hush/", "simple/nosuch/", "simple/Rec.Pkg_Main", "simple/rec-pkg-main/" + strings.Repeat("0", 64) + "/x.whl",
	"+simple/hush/", "rec-pkg-main/json", "nosuch/json", "nothing", "label/dev/simple/", "label/x", "simple/_odd",
}

// TestClosedChannel asks everybody anonymous to sign in, whether or not the thing
// exists: uv sends stored credentials only then.
func TestClosedChannel(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	file := s.project(t, "/pypi/brook/simple/rec-pkg-main/").Files[0].URL
	s.closeChannel(t)
	for _, path := range everywhere {
		s.get(t, 401, "/pypi/brook/"+path)
		s.get(t, 401, "/brook/"+path)
	}
	s.get(t, 401, "/pypi/brook/simple/rec-pkg-main/"+file)
	s.get(t, 404, "/pypi/nobody/simple/x/")
	casey := s.Token(t, "casey", "pypi:download")
	if w := s.get(t, 200, "/pypi/t/"+casey+"/brook/simple/rec-pkg-main/"+file); w.Header().Get("Cache-Control") != "private, max-age=31536000, immutable" {
		t.Errorf("Cache-Control: %s", w.Header().Get("Cache-Control"))
	}
	if w := s.get(t, 200, "/pypi/brook/simple/rec-pkg-main/", "X-API-Key", casey); !strings.HasPrefix(w.Header().Get("Cache-Control"), "private") {
		t.Errorf("Cache-Control: %s", w.Header().Get("Cache-Control"))
	}
	s.get(t, 301, "/pypi/t/"+casey+"/brook/simple/Rec.Pkg_Main")
	s.get(t, 404, "/pypi/t/"+casey+"/brook/simple/hush/")
	s.get(t, 403, "/pypi/brook/simple/rec-pkg-main/", "X-API-Key", s.Token(t, "casey", "api"))
}

// TestNothingForAnonymous is a site with anonymous: false, where an unknown
// channel looks like any other.
func TestNothingForAnonymous(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.Anonymous = false })
	for _, path := range everywhere {
		for _, channel := range []string{"brook", "nobody"} {
			s.get(t, 401, "/pypi/"+channel+"/"+path)
		}
	}
	token := s.Token(t, "casey")
	s.get(t, 404, "/pypi/nobody/simple/", "X-API-Key", token)
	s.get(t, 200, "/pypi/brook/simple/", "X-API-Key", token)
}
