package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// TestCrawl asks for every address of the site that there is a row or a link for,
// as everybody who may see nothing of what is private in it: no private word is in
// any answer, an answer about what is hidden is the one about what is absent, an
// answer that names nothing is what a site without anything private gives, and no
// shared cache may keep what is not for everyone.
func TestCrawl(t *testing.T) {
	t.Parallel()
	c := newCrawl(t)
	for _, wrong := range c.problems() {
		t.Error(wrong)
	}
}

// crawl is a site with what can be asked of it.
type crawl struct {
	*canarySite
	without  *canarySite // the same without anything private
	owner    canaryVisitor
	visitors []canaryVisitor
	urls     []string
	secrets  []string // words that are in no answer
	hasty    bool     // the first problem is enough
	wrongs   []string
}

const crawlHost = "http://vivarium.test"

func newCrawl(t *testing.T) *crawl {
	t.Helper()
	c := &crawl{}
	c.without, c.canarySite = newCanarySites(t)
	c.owner = canaryVisitor{name: "owner", cookie: signIn(t, c, brook), secret: c.Token(t, brook)}
	c.visitors = c.canarySite.visitors()
	c.secrets = append(c.digests(), c.shard(), canary)
	c.explore()
	return c
}

// digests are those of all private bytes.
func (c *crawl) digests() []string {
	var all []string
	for _, pkg := range []string{"name", "project", "notebook", "environment", "r"} {
		d, err := c.Package(c.Context(), c.brook, labs, canary+pkg)
		check(c.T, err)
		for _, f := range d.Files() {
			all = append(all, f.SHA256, f.MD5)
			if f.MetadataSHA256 != "" {
				all = append(all, f.MetadataSHA256)
			}
		}
	}
	return all
}

// get asks as somebody.
func (s *canarySite) get(v canaryVisitor, url string) *httptest.ResponseRecorder {
	r, answer := httptest.NewRequest(http.MethodGet, crawlHost+url, nil), httptest.NewRecorder()
	v.send(r)
	s.ServeHTTP(answer, r)
	return answer
}

// explore finds all addresses, as the owner: those of the rows, and from there
// every link. The owner must come across every canary, so that its absence means
// something.
func (c *crawl) explore() {
	seen, next := map[string]bool{}, c.seeds()
	queries := map[string]int{}
	met := map[string]bool{}
	for len(next) > 0 {
		at := next[0]
		next = next[1:]
		path, query, _ := strings.Cut(at, "?")
		if seen[at] || query != "" && queries[path] >= 4 || strings.HasPrefix(path, "/static/") {
			continue
		}
		seen[at] = true
		queries[path]++
		body := plain(c.T, c.get(c.owner, at).Body.Bytes())
		for _, what := range canaries {
			met[what] = met[what] || bytes.Contains(body, []byte(canary+what))
		}
		next = append(next, linksIn(at, body)...)
	}
	for _, what := range canaries {
		if !met[what] {
			c.Errorf("nothing shows its owner %s%s: it is in no answer", canary, what)
		}
	}
	c.urls = slices.Sorted(maps.Keys(seen))
}

// subjects are what the rows are asked about: values by placeholder.
func (c *crawl) subjects() []map[string]string {
	conda := map[string]string{
		"package": canary + "name", "version": "1.0." + canary + "version", "basename...": "linux-64/" + canary + "name-1.0." + canary + "version-" + canary + "build.conda",
		"subdir": "linux-64", "file": canary + "name-1.0." + canary + "version-" + canary + "build.conda", "shard": c.secrets[len(c.secrets)-2] + ".msgpack.zst",
	}
	python := map[string]string{
		"package": canary + "project", "version": "0.9", "basename...": canary + "project-0.9.tar.gz", "file": canary + "project-0.9.tar.gz", "subdir": "noarch",
	}
	r := map[string]string{"package": canary + "r", "version": "1.0", "basename...": canary + "r_1.0.tar.gz", "rfile": canary + "r_1.0.tar.gz", "folder": "src/contrib"}
	public := map[string]string{"package": "finch", "version": "1.0", "basename...": "noarch/finch-1.0-0.conda", "subdir": "noarch", "file": "finch-1.0-0.conda", "label": "main", "label...": "main", "rfile": "rfinch_1.0.tar.gz"}
	return []map[string]string{conda, python, r, public, {"package": canary + "notebook"}, {"package": canary + "environment"}}
}

// shard is the hash of the private conda package's.
func (c *crawl) shard() string {
	doc, err := c.OpenIndex(c.Context(), c.brook, labs, model.MainLabel, "linux-64", model.ShardIndex)
	check(c.T, err)
	body, err := model.ReadBody(doc.Body)
	check(c.T, err)
	return shardOf(c.T, body, canary+"name")
}

var oneOf = regexp.MustCompile(`\{([a-z0-9_.]*|\$)\}`)

// seeds are the addresses of all rows that are asked with GET.
func (c *crawl) seeds() []string {
	usual := map[string]string{
		"$": "", "owner": labs, "org": labs, "channel": labs, "login": labs, "user": brook, "label": canary + "label", "label...": canary + "label",
		"group": canary + "group", "folder": "src/contrib", "sha256": c.secrets[0], "token": "1",
		"account": labs, "days": canaryDays, "collection": "flock",
	}
	var all []string
	for _, row := range registry.Routes() {
		path, ok := strings.CutPrefix(row.Pattern, http.MethodGet+" ")
		if !ok {
			continue
		}
		for _, subject := range c.subjects() {
			subject["project"] = subject["package"]
			all = append(all, prefixes[row.Surface]+oneOf.ReplaceAllStringFunc(path, func(hole string) string {
				hole = strings.Trim(hole, "{}")
				if value, ok := subject[hole]; ok {
					return value
				}
				if value, ok := usual[hole]; ok {
					return value
				}
				return canary + "name" // a row may have names that are not known here
			}))
		}
	}
	return append(all, "/search?q="+canary, "/api/search?name="+canary, "/conda/labs/label/"+canary+"label/noarch/repodata.json")
}

var (
	htmlLink  = regexp.MustCompile(`(?:href|src|action|hx-get|url)="([^"]*)"`)
	jsonLink  = regexp.MustCompile(`"(?:url|[a-z_]*url)": ?"([^"]*)"|"((?:` + crawlHost + `)?/[^"\\ <>]*)"`)
	xmlLink   = regexp.MustCompile(`<(?:link|guid|comments)[^>]*>([^<]*)<`)
	condaFile = regexp.MustCompile(`"([A-Za-z0-9._+!-]+\.(?:conda|tar\.bz2))":`)
)

// linksIn are the addresses of this site in the answer to one of it.
func linksIn(at string, body []byte) []string {
	base, err := url.Parse(crawlHost + at)
	if err != nil {
		return nil
	}
	var all []string
	for _, kind := range []*regexp.Regexp{htmlLink, jsonLink, xmlLink, condaFile} {
		for _, m := range kind.FindAllSubmatch(body, -1) {
			to, err := base.Parse(html.UnescapeString(string(bytes.Join(m[1:], nil))))
			if err == nil && to.Host == base.Host {
				to.Fragment = ""
				all = append(all, strings.TrimPrefix(to.String(), crawlHost))
			}
		}
	}
	return all
}

// problems crawls as everybody and says what must not be.
func (c *crawl) problems() []string {
	c.wrongs = nil
	for _, at := range c.urls {
		anonymous := c.get(canaryVisitor{}, at)
		c.shared(at, c.get(c.owner, at), anonymous, c.owner)
		for _, v := range c.visitors {
			answer := c.get(v, at)
			c.silent(at, answer, v)
			c.shared(at, answer, anonymous, v)
			if twin := c.twin(at); twin != at && !v.told {
				c.same("hidden looks absent", at, v, answer, c.get(v, twin))
			} else if twin == at && v.name == "anonymous" {
				c.same("as on a site without", at, v, timeless(c.T, answer), timeless(c.T, c.without.get(v, at)))
			}
			c.inPath(at, v)
			if c.hasty && len(c.wrongs) > 0 {
				return c.wrongs
			}
		}
	}
	return c.wrongs
}

func (c *crawl) wrong(format string, args ...any) {
	c.wrongs = append(c.wrongs, fmt.Sprintf(format, args...))
}

// inPath asks with the token in the path, where that can be.
func (c *crawl) inPath(at string, v canaryVisitor) {
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(at, prefix+"/"); ok && v.secret != "" {
			token := "/t/" + v.secret + prefix + "/"
			answer := c.get(canaryVisitor{}, token+rest)
			c.silent(at, answer, v)
			c.never(token+rest, answer)
			if twin := strings.TrimPrefix(c.twin(at), prefix+"/"); twin != rest && !v.told {
				c.same("hidden looks absent behind a token", at, v, answer, c.get(canaryVisitor{}, token+twin))
			}
		}
	}
}

// twin is the address of something that does not exist and is named alike.
func (c *crawl) twin(at string) string {
	at = strings.ReplaceAll(at, canary, absent)
	for _, secret := range c.secrets {
		if secret != canary {
			at = strings.ReplaceAll(at, secret, absentDigest(secret))
		}
	}
	return at
}

// absentDigest is another digest of the same length.
func absentDigest(digest string) string {
	sum := sha256.Sum256([]byte(digest))
	return hexOf(sum[:])[:len(digest)]
}

var canaryWord = regexp.MustCompile(canary + `[a-z.]*`)

// silent checks that nothing private is in an answer but what the question said.
// Administrators of the site may read what was done.
func (c *crawl) silent(at string, answer *httptest.ResponseRecorder, v canaryVisitor) {
	if path, _, _ := strings.Cut(at, "?"); v.name == "ada" && (path == "/admin/audit" || strings.HasSuffix(path, "/settings/audit")) {
		return
	}
	text := fmt.Sprintf("%v %s", answer.Header(), plain(c.T, answer.Body.Bytes()))
	for _, said := range canaryWord.FindAllString(at, -1) {
		text = strings.ReplaceAll(text, said, "")
	}
	for _, secret := range c.secrets {
		if strings.Contains(text, secret) && !strings.Contains(at, secret) || secret == canary && strings.Contains(text, canary) {
			c.wrong("GET %s as %s tells %q (%d):\n%s", at, v.name, secret, answer.Code, shortened(text))
			return
		}
	}
}

// same checks that two answers are alike but for names and numbers of requests.
func (c *crawl) same(what, at string, v canaryVisitor, got, want *httptest.ResponseRecorder) {
	if a, b := c.normal(got), c.normal(want); a != b {
		c.wrong("GET %s as %s: %s:\n%s\n%s", at, v.name, what, shortened(a), shortened(b))
	}
}

var createdAt = regexp.MustCompile(`created_at.\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)

// timeless takes out when the channel was made or changed last, which differs
// between two sites, and the ETag of what says it in its body.
func timeless(t *testing.T, answer *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	body := plain(t, answer.Body.Bytes())
	answer.Header().Del("Last-Modified")
	if createdAt.Match(body) {
		answer.Header().Del("ETag")
		answer.Body = bytes.NewBuffer(createdAt.ReplaceAll(body, nil))
	}
	return answer
}

func (c *crawl) normal(answer *httptest.ResponseRecorder) string {
	head := answer.Header().Clone()
	id := head.Get("X-Request-Id")
	for _, volatile := range []string{"X-Request-Id", "Date"} {
		head.Del(volatile)
	}
	text := strings.ReplaceAll(fmt.Sprintf("%d %v %s", answer.Code, head, plain(c.T, answer.Body.Bytes())), canary, absent)
	if id != "" {
		text = strings.ReplaceAll(text, id, "")
	}
	for _, secret := range c.secrets {
		if secret != canary {
			text = strings.ReplaceAll(text, secret, absentDigest(secret))
		}
	}
	return text
}

// shared checks that what is not for everyone is kept by no shared cache.
func (c *crawl) shared(at string, answer, anonymous *httptest.ResponseRecorder, v canaryVisitor) {
	keeps := func(a *httptest.ResponseRecorder) bool {
		how := a.Header().Get("Cache-Control")
		return !strings.Contains(how, "private") && !strings.Contains(how, "no-store")
	}
	if answer.Code != anonymous.Code || !bytes.Equal(answer.Body.Bytes(), anonymous.Body.Bytes()) {
		if keeps(answer) && answer.Code < 400 {
			c.wrong("GET %s as %s: a cache may give to others what is not for everyone: %v", at, v.name, answer.Header())
		}
	}
}

// never checks that no shared cache keeps the answer to an address with a token in
// it.
func (c *crawl) never(at string, answer *httptest.ResponseRecorder) {
	if how := answer.Header().Get("Cache-Control"); answer.Code < 400 && !strings.Contains(how, "private") && !strings.Contains(how, "no-store") {
		c.wrong("GET %s: a cache may keep what a token got: %v", at, answer.Header())
	}
}

func shortened(s string) string {
	const most = 3000
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
