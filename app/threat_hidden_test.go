package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

// TestT14ConditionsTellNothing asks for what is hidden with every condition, by the
// validators that its owner got: the answer is the one about what is absent.
func TestT14ConditionsTellNothing(t *testing.T) {
	t.Parallel()
	c := newCrawl(t)
	tried := 0
	for _, at := range c.urls {
		own := c.get(c.owner, at)
		twin := c.twin(at)
		if twin == at || own.Code != http.StatusOK {
			continue
		}
		for _, v := range c.visitors[:3] { // anonymous, a stranger, somebody's neighbour
			for _, how := range conditions(own) {
				tried++
				c.same(fmt.Sprintf("%v", how), at, v, c.getWith(v, at, how), c.getWith(v, twin, how))
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d requests were tried", tried)
	}
	for _, wrong := range c.wrongs {
		t.Error(wrong)
	}
}

// TestT14HiddenChangesMoveNoDate: who has a right on one package is not told by a
// date that another one changed, which is hidden.
func TestT14HiddenChangesMoveNoDate(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	check(t, s.SetCollaborator(t.Context(), s.brook, labs, "finch", "casey", model.Write))
	casey := s.Token(t, "casey")
	dates := func() map[string][]string {
		found := map[string][]string{}
		for _, at := range []string{
			"/conda/labs/noarch/repodata.json", "/conda/labs/noarch/repodata_shards.msgpack.zst", "/conda/labs/channeldata.json", "/conda/labs/rss.xml",
			"/conda/labs/", "/pypi/labs/simple/", "/pypi/labs/simple/finch/", "/pypi/labs/finch/json",
		} {
			answer := s.ask(http.MethodGet, at, casey, "")
			gets(t, at, answer, http.StatusOK)
			found[at] = []string{answer.Header().Get("ETag"), answer.Header().Get("Last-Modified")}
		}
		return found
	}
	brook, before := s.Token(t, brook), dates()
	ofOwner := func() string {
		return s.ask(http.MethodGet, "/conda/labs/noarch/repodata.json", brook, "").Header().Get("Last-Modified")
	}
	for first, n := ofOwner(), 2; ofOwner() == first; n++ { // such dates have seconds
		s.Publish(t, s.brook, labs, condatest.Spec{Name: "raven", Version: fmt.Sprintf("%d.0", n)})
	}
	if after := dates(); !reflect.DeepEqual(before, after) {
		t.Errorf("the change shows:\n%v\n%v", before, after)
	}
}

// conditions are methods and headers by which a client asks for no more than it
// lacks of an answer that it has: name, value.
func conditions(own *httptest.ResponseRecorder) [][]string {
	etag, changed := own.Header().Get("ETag"), own.Header().Get("Last-Modified")
	if changed == "" {
		changed = time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	}
	if etag == "" {
		etag = `"x"`
	}
	return [][]string{
		{http.MethodHead}, {http.MethodGet, "If-None-Match", etag}, {http.MethodGet, "If-None-Match", "*"}, {http.MethodGet, "If-Modified-Since", changed},
		{http.MethodGet, "If-Match", etag}, {http.MethodGet, "If-Unmodified-Since", changed}, {http.MethodGet, "Range", "bytes=0-9"},
		{http.MethodGet, "Range", "bytes=0-9", "If-Range", etag}, {http.MethodHead, "If-None-Match", etag},
	}
}

// getWith asks as somebody, by a method with headers.
func (s *canarySite) getWith(v canaryVisitor, at string, how []string) *httptest.ResponseRecorder {
	r, answer := httptest.NewRequest(how[0], crawlHost+at, nil), httptest.NewRecorder()
	v.send(r)
	for i := 1; i < len(how); i += 2 {
		r.Header.Set(how[i], how[i+1])
	}
	s.ServeHTTP(answer, r)
	return answer
}

// oddHeaders are headers by which programs somewhere were made to answer something
// else than a cache took it for.
var oddHeaders = strings.Fields(`
	X-Forwarded-Host X-Forwarded-Server X-Forwarded-Proto X-Forwarded-Scheme X-Forwarded-Port X-Forwarded-Prefix X-Forwarded-Path X-Forwarded-Uri
	X-Forwarded-For X-Forwarded-Ssl X-Forwarded-User Forwarded X-Host X-Original-Host X-Original-Url X-Rewrite-Url X-Outside-Url X-Real-Ip True-Client-Ip
	CF-Connecting-IP X-Client-Ip X-HTTP-Method-Override X-HTTP-Method X-Method-Override X-Script-Name X-Base-Url X-Scheme X-Url-Scheme Front-End-Https
	X-Remote-User Remote-User X-WebAuth-User X-Token X-Auth-Token Api-Key Origin Referer User-Agent DNT Max-Forwards Via X-Requested-With Proxy Accept-Language
`)

// TestT16HeadersOutsideVary: what a shared cache may keep depends on no header but
// those that Vary names.
func TestT16HeadersOutsideVary(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	kept := 0
	for _, at := range []string{
		"/conda/labs/noarch/repodata.json", "/conda/labs/noarch/repodata.json.zst", "/conda/labs/noarch/current_repodata.json", "/conda/labs/noarch/repodata_shards.msgpack.zst",
		"/conda/labs/channeldata.json", "/conda/labs/rss.xml", "/conda/labs/index.html", "/conda/labs/notices.json", "/conda/labs/noarch/finch-1.0-0.conda", "/pypi/labs/simple/",
		"/pypi/labs/simple/finch/", "/pypi/labs/finch/json", "/pypi/labs/simple/finch/" + digest(t, "finch") + "/finch-1.0-py3-none-any.whl", "/cran/labs/src/contrib/PACKAGES",
		"/api/package/labs/finch", "/api/packages/labs", "/labs", "/labs/packages/finch", "/search?q=finch", "/avatar/labs", "/terms", "/conda/labs/noarch/raven-1.0-0.conda",
	} {
		plain := s.ask(http.MethodGet, at, "", "")
		how := plain.Header().Get("Cache-Control")
		if strings.Contains(how, "private") || strings.Contains(how, "no-store") || how == "" {
			continue
		}
		kept++
		for _, header := range oddHeaders {
			if strings.Contains(strings.Join(plain.Header()["Vary"], ", "), http.CanonicalHeaderKey(header)) {
				continue
			}
			answer := s.ask(http.MethodGet, at, "", "", header, "evil.example")
			if got, want := wordsOf(answer, hidden[0]), wordsOf(plain, hidden[0]); got != want {
				t.Errorf("GET %s with %s:\n%s\nwithout:\n%s", at, header, shortened(got), shortened(want))
			}
		}
	}
	if kept < 12 {
		t.Errorf("only %d answers may be kept by a shared cache", kept)
	}
}

// TestT19DigestsProveNothing announces in a channel of one's own the digest of a
// private file: the answer is as for a digest that nobody has, and nothing is
// there before its bytes were sent.
func TestT19DigestsProveNothing(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	d, err := s.Package(t.Context(), s.brook, labs, "raven")
	check(t, err)
	secret, known := s.Token(t, "casey"), ""
	for _, f := range d.Files() {
		if strings.HasSuffix(f.Basename, ".conda") {
			known = f.SHA256
		}
	}
	const path = "/casey/raven/1.0/noarch/raven-1.0-0.conda"
	var shapes []string
	for _, sha := range []string{known, strings.Repeat("ab", 32)} {
		answer := s.ask(http.MethodPost, "/api/stage"+path, secret, `{"distribution_type": "conda", "sha256": "`+sha+`"}`)
		gets(t, "stage", answer, http.StatusOK)
		var staged struct {
			PostURL  string            `json:"post_url"`
			FormData map[string]string `json:"form_data"`
			DistID   string            `json:"dist_id"`
		}
		check(t, json.Unmarshal(answer.Body.Bytes(), &staged))
		commit := s.ask(http.MethodPost, "/api/commit"+path, secret, `{"dist_id": "`+staged.DistID+`"}`)
		contentType, form := multipartForm(t, "file", "raven-1.0-0.conda", otherBytes(t), "key", staged.FormData["key"])
		store := s.ask(http.MethodPost, "/upload/stage", "", string(form), "Content-Type", contentType)
		shapes = append(shapes, fmt.Sprintf("%d fields to %s; commit %d %s; store %d %s", len(staged.FormData), staged.PostURL, commit.Code, commit.Body, store.Code,
			strings.ReplaceAll(store.Body.String(), sha, "SHA")))
		if commit.Code < 400 || store.Code < 400 {
			t.Errorf("without the bytes: %s", shapes[len(shapes)-1])
		}
		gets(t, "the file", s.ask(http.MethodGet, "/api/dist"+path, secret, ""), http.StatusNotFound)
	}
	if shapes[0] != shapes[1] {
		t.Errorf("a digest that is known here is answered\n%s\nand another\n%s", shapes[0], shapes[1])
	}
}

// otherBytes are a package's, of another content than the private one.
func otherBytes(t *testing.T) []byte {
	_, data := condatest.Build(t, condatest.Spec{Name: "raven", Summary: "another"})
	return data
}
