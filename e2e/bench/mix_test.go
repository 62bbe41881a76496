package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// mixed is a server of an index that changes with every upload, and of a file.
type mixed struct {
	mix
	made, files, unchanged atomic.Int64
}

func startMixed(t *testing.T, index func(n int64) []byte) *mixed {
	t.Helper()
	var m mixed
	routes := http.NewServeMux()
	routes.HandleFunc("GET /file", func(http.ResponseWriter, *http.Request) { m.files.Add(1) })
	routes.HandleFunc("GET /index", func(w http.ResponseWriter, r *http.Request) {
		n := m.made.Load()
		etag := fmt.Sprintf("%q", fmt.Sprint(n))
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			m.unchanged.Add(1)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(index(n))
	})
	s := httptest.NewServer(routes)
	t.Cleanup(s.Close)
	m.address, m.index, m.file = s.Listener.Addr().String(), "/index", "/file"
	return &m
}

func TestMix(t *testing.T) {
	t.Parallel()
	const hash = "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"
	body := packedIndex(t, "abc", hash)
	m := startMixed(t, func(int64) []byte { return body })
	m.upload = func(context.Context) error { m.made.Add(1); return nil }
	took, err := m.run(t.Context(), 300*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	sent, changed := m.sent.Load(), m.changed.Load()
	if int64(len(took)) != sent || sent < 100 {
		t.Errorf("%d requests were sent and %d took time", sent, len(took))
	}
	if made, files := m.made.Load(), m.files.Load(); made != sent/100 || made != int64(len(m.uploads)) || files < sent/100*9 || files > (sent/100+1)*9 {
		t.Errorf("of %d requests %d were uploads and %d downloads", sent, made, files)
	}
	if changed < mixConnections || m.unchanged.Load() == 0 || m.unchanged.Load()+changed+m.files.Load()+m.made.Load() != sent {
		t.Errorf("of %d requests %d read a new index and %d an old one", sent, changed, m.unchanged.Load())
	}
}

func TestMixFindsTornIndexes(t *testing.T) {
	t.Parallel()
	whole := packedIndex(t, "abc", strings.Repeat("0c", 32))
	m := startMixed(t, func(int64) []byte { return whole[:len(whole)-4] })
	if _, err := m.run(t.Context(), time.Minute); err == nil {
		t.Error("an index that is not whole is no error")
	}
}

func TestMixFindsOneTagForTwoIndexes(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	whole := packedIndex(t, "abc", strings.Repeat("0d", 32))
	m := startMixed(t, func(int64) []byte {
		if asked.Add(1) == 1 {
			return whole
		}
		return append(whole, whole...)
	})
	if _, err := m.run(t.Context(), time.Minute); err == nil || !strings.Contains(err.Error(), "bytes and") {
		t.Errorf("got %v for two indexes with one ETag", err)
	}
}
