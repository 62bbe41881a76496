package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vivarium/app/config"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestTranscripts sends what real clients send, as it was recorded, to the whole
// site: each request has to be answered as the client was answered then.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/transcripts/*.txt")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d transcripts, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			tr := readTranscript(t, file)
			p := newPlayer(t, tr)
			for _, e := range tr.asked {
				status, kind := p.play(e)
				if status != e.status || kind != e.kind {
					t.Fatalf("%s:%d: %s %s is answered %d %s, want %d %s", file, e.line, e.method, e.target, status, kind, e.status, e.kind)
				}
			}
		})
	}
}

// player is a client that has nothing of its own to say.
type player struct {
	t      *testing.T
	url    string
	values map[string]string // by the name in angle brackets
	count  map[string]int
	files  map[string][]byte
}

func newPlayer(t *testing.T, tr transcript) *player {
	t.Helper()
	c := config.Default()
	c.DataDir = t.TempDir()
	parts, err := openParts(t.Context(), c, newLogger(c.Log, t.Output()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(parts.close)
	if _, err := parts.store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	handler, err := parts.handler(registry.Routes())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	p := &player{t: t, url: server.URL, count: map[string]int{}, files: map[string][]byte{}, values: map[string]string{
		"password": registrytest.Password, "site": server.Listener.Addr().String(), "machine": "machine.test", "vendor": "vendor.test", "person": "alice@machine.test",
	}}
	site := &registrytest.Site{Registry: parts.registry}
	for _, login := range tr.users {
		site.User(t, login)
	}
	for _, words := range tr.tokens {
		p.values["token "+words[0]] = site.Token(t, tr.users[0], words[1:]...)
	}
	return p
}

// play sends one request and notes what later ones may repeat of the answer.
func (p *player) play(e exchange) (status int, kind string) {
	p.t.Helper()
	body := p.body(e)
	req, err := http.NewRequestWithContext(p.t.Context(), e.method, p.url+p.fill(e.target), bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, h := range e.header {
		req.Header.Add(h[0], basic(p.fill(h[1])))
	}
	resp, err := (&http.Transport{DisableCompression: true}).RoundTrip(req)
	if err != nil {
		p.t.Fatalf("line %d: %v", e.line, err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatalf("line %d: %v", e.line, err)
	}
	if resp.StatusCode == http.StatusOK {
		p.learn(e.target, resp.Header, answer)
	}
	kind, _, _ = mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return resp.StatusCode, kind
}

// basic hides a name and a password as a client does: transcripts show them.
func basic(value string) string {
	plain, ok := strings.CutPrefix(value, "Basic(")
	if !ok {
		return value
	}
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(strings.TrimSuffix(plain, ")")))
}

// body is the body of a request: a form for a content type with a boundary.
func (p *player) body(e exchange) []byte {
	p.t.Helper()
	isForm := slices.ContainsFunc(e.header, func(h [2]string) bool { return strings.HasSuffix(h[1], "boundary=<boundary>") })
	if !isForm {
		return []byte(p.fill(strings.Join(e.body, "\n")))
	}
	const boundary = "a-boundary-of-the-test"
	p.values["boundary"] = boundary
	var out bytes.Buffer
	for _, line := range e.body {
		head, quoted, _ := strings.Cut(line, " = ")
		value, err := strconv.Unquote(quoted)
		if err != nil {
			p.t.Fatalf("line %d: %q: %v", e.line, line, err)
		}
		disposition, kind, typed := strings.Cut(head, " (")
		fmt.Fprintf(&out, "--%s\r\nContent-Disposition: %s\r\n", boundary, p.fill(disposition))
		if typed {
			fmt.Fprintf(&out, "Content-Type: %s\r\n", strings.TrimSuffix(kind, ")"))
		}
		fmt.Fprintf(&out, "\r\n%s\r\n", p.fill(value))
	}
	fmt.Fprintf(&out, "--%s--\r\n", boundary)
	return out.Bytes()
}

var named = regexp.MustCompile(`<([^<>]+)>`)

// fill puts values in the place of their names. What is no name stays.
func (p *player) fill(s string) string {
	return named.ReplaceAllStringFunc(s, func(name string) string {
		name = name[1 : len(name)-1]
		if value, ok := p.values[name]; ok {
			return value
		}
		if value, ok := p.ofFile(name); ok {
			return value
		}
		return "<" + name + ">"
	})
}

// learn names what later requests may repeat of an answer.
func (p *player) learn(target string, header http.Header, body []byte) {
	path, _, _ := strings.Cut(target, "?")
	if plain, err := url.PathUnescape(path); err == nil {
		path = strings.NewReplacer("<", "(", ">", ")").Replace(plain)
	}
	for kind, name := range map[string]string{"etag": "ETag", "last-modified": "Last-Modified"} {
		if value := header.Get(name); value != "" {
			p.values[kind+" "+path] = value
		}
	}
	var v any
	if strings.HasPrefix(path, "/api") && json.Unmarshal(body, &v) == nil {
		p.learnJSON(v)
	}
	if subdir, ok := strings.CutSuffix(path, "/repodata_shards.msgpack.zst"); ok && len(body) > 0 {
		p.learnShards(filepath.Base(subdir), body)
	}
}

// learnJSON numbers the secrets and handles that the API gives out.
func (p *player) learnJSON(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			p.learnJSON(item)
		}
	case map[string]any:
		for key, item := range v {
			if text, ok := item.(string); ok && slices.Contains([]string{"token", "key", "dist_id"}, key) && !p.knows(text) {
				p.count[key]++
				p.values[key+" "+strconv.Itoa(p.count[key])] = text
			}
			p.learnJSON(item)
		}
	}
}

func (p *player) knows(text string) bool {
	for _, value := range p.values {
		if value == text {
			return true
		}
	}
	return false
}
