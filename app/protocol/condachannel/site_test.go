package condachannel_test

import (
	"bytes"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/protocol/condachannel"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// site is a real registry with the surface before it. brook has the public
// package tiny (label main; its 2.0 has only dev) and the private package hush.
type site struct {
	*registrytest.Site
	handler http.Handler
}

const (
	tinyFile = "noarch/tiny-1.0-0.conda"
	devFile  = "noarch/tiny-2.0-0.conda"
	hushFile = "noarch/hush-1.0-0.conda"
)

func newSite(t testing.TB, options ...func(*registry.Policy)) *site {
	t.Helper()
	s := registrytest.New(t, options...)
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny"})
	s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny", Version: "2.0"}, "dev")
	private := model.Private
	if _, err := s.CreatePackage(t.Context(), brook, "brook", "hush", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	s.Publish(t, brook, "brook", condatest.Spec{Name: "hush"})
	return &site{Site: s, handler: condachannel.New(condachannel.Options{Registry: s.Registry, Routes: registry.Routes()})}
}

// closeChannel makes brook's channel closed.
func (s *site) closeChannel(t testing.TB) {
	t.Helper()
	a, err := s.Store.Account(t.Context(), "brook")
	if err != nil {
		t.Fatal(err)
	}
	a.Closed = true
	if err := s.Store.UpdateAccount(t.Context(), &a, "closed"); err != nil {
		t.Fatal(err)
	}
}

func (s *site) do(t testing.TB, method, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	r.RemoteAddr = "192.0.2.9"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// get is a GET that must have the status. A refusal must be one line of text.
func (s *site) get(t testing.TB, status int, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	w := s.do(t, http.MethodGet, path, headers...)
	if w.Code != status {
		t.Errorf("GET %s %v: %d %s, want %d", path, headers, w.Code, w.Body, status)
	}
	if w.Code >= 400 {
		checkRefusal(t, path, w)
	}
	return w
}

func checkRefusal(t testing.TB, path string, w *httptest.ResponseRecorder) {
	t.Helper()
	body, h := w.Body.String(), w.Header()
	if h.Get("Content-Type") != "text/plain; charset=utf-8" || strings.Count(body, "\n") != 1 || !strings.HasSuffix(body, "\n") || strings.Contains(body, "<") {
		t.Errorf("%s: %v %q, want one line of text", path, h, body)
	}
	if (h.Get("WWW-Authenticate") == `Basic realm="Vivarium"`) != (w.Code == http.StatusUnauthorized) || h.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%s: %d with %v", path, w.Code, h)
	}
}

// shardOf finds the shard of a package in an answered shard index.
func shardOf(t testing.TB, index []byte, name string) string {
	t.Helper()
	d, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	plain, err := d.DecodeAll(index, nil)
	if err != nil {
		t.Fatal(err)
	}
	key := append([]byte{0xa0 | byte(len(name))}, name+"\xc4\x20"...) // a short text, then 32 bytes
	_, rest, ok := bytes.Cut(plain, key)
	if !ok {
		return ""
	}
	return hex.EncodeToString(rest[:32])
}
