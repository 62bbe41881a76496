package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestCrawlThroughCache puts a caching proxy before the site, as careless as one may
// be, and has the owner warm it with every address. What others get from it then is
// what they, or anyone, get from the site.
func TestCrawlThroughCache(t *testing.T) {
	t.Parallel()
	c := newCrawl(t)
	front := startCache(t, c)
	for range 2 {
		for _, at := range c.urls {
			front.get(c.owner, at)
		}
	}
	for _, v := range c.visitors {
		for _, at := range c.urls {
			answer := front.get(v, at)
			c.silent(at, answer, v)
			if c.normal(essence(answer)) != c.normal(essence(c.get(canaryVisitor{}, at))) {
				c.same("through the cache", at, v, essence(answer), essence(c.get(v, at)))
			}
		}
	}
	if got := front.get(canaryVisitor{}, "/conda/labs/noarch/finch-1.0-0.conda").Header().Get("X-Cache"); got != "HIT" {
		t.Errorf("a public file is a %s: the proxy keeps nothing, so that this says nothing", got)
	}
	for _, wrong := range c.wrongs {
		t.Error(wrong)
	}
}

// essence is an answer without what a proxy may change.
func essence(answer *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	out := httptest.NewRecorder()
	out.Code, out.Body = answer.Code, answer.Body
	for _, name := range []string{"Cache-Control", "Content-Type", "ETag", "Location", "Vary", "WWW-Authenticate"} {
		out.Header()[name] = answer.Header()[name]
	}
	return out
}

// cacheConfig is a proxy that keeps whatever nobody forbids it to keep. %[1]s is its
// folder, %[2]s where it listens, %[3]s the site.
const cacheConfig = `daemon off;
master_process off;
pid %[1]s/nginx.pid;
error_log stderr;
events { worker_connections 256; }
http {
	access_log off;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	proxy_cache_path %[1]s/cache keys_zone=all:8m;
	server {
		listen %[2]s;
		location / {
			proxy_pass http://%[3]s;
			proxy_set_header Host vivarium.test;
			proxy_cache all;
			proxy_cache_key $request_uri;
			proxy_cache_valid any 1h;
			add_header X-Cache $upstream_cache_status always;
		}
	}
}
`

// cache is a running proxy.
type cache struct {
	*testing.T
	address string
	client  http.Client
}

// startCache runs nginx before a site until the test ends.
func startCache(t *testing.T, site http.Handler) *cache {
	t.Helper()
	path := findNginx(t)
	behind := httptest.NewServer(site)
	t.Cleanup(behind.Close)
	address, err := freeAddress()
	check(t, err)
	dir := t.TempDir()
	file := filepath.Join(dir, "nginx.conf")
	check(t, os.WriteFile(file, fmt.Appendf(nil, cacheConfig, dir, address, behind.Listener.Addr()), 0o600))
	var log bytes.Buffer
	run := exec.CommandContext(t.Context(), path, "-p", dir, "-c", file, "-e", "stderr")
	run.Stderr = &log
	check(t, run.Start())
	t.Cleanup(func() { _ = run.Wait() }) // killed with the test's context
	front := &cache{T: t, address: address, client: http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if err := front.up(); err != nil {
		t.Fatalf("%v\n%s", err, &log)
	}
	return front
}

// findNginx looks where Debian puts it, too, which is not on every PATH. Without it
// the test is skipped, and in CI it fails.
func findNginx(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"nginx", "/usr/sbin/nginx"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("nginx is not installed")
	}
	t.Skip("nginx is not installed: tools/install-test-needs comparison")
	return ""
}

// up waits until the proxy takes connections.
func (c *cache) up() error {
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		if conn, err := net.DialTimeout("tcp", c.address, time.Second); err == nil {
			return conn.Close()
		}
	}
	return errors.New("nginx does not come up")
}

// get asks the proxy as somebody.
func (c *cache) get(v canaryVisitor, at string) *httptest.ResponseRecorder {
	r, err := http.NewRequestWithContext(c.Context(), http.MethodGet, "http://"+c.address+at, nil)
	check(c.T, err)
	r.Header.Set("Accept-Encoding", "identity")
	v.send(r)
	answer, err := c.client.Do(r)
	check(c.T, err)
	defer answer.Body.Close()
	out := httptest.NewRecorder()
	out.Code = answer.StatusCode
	out.Body = new(bytes.Buffer)
	_, err = io.Copy(out.Body, answer.Body)
	check(c.T, err)
	for name, values := range answer.Header {
		out.Header()[name] = values
	}
	return out
}
