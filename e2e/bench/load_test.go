package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// count starts a server that answers body, or 304 to who has it, and counts its
// requests and connections.
func count(t *testing.T, body string) (address string, requests, connections *atomic.Int64) {
	t.Helper()
	requests, connections = new(atomic.Int64), new(atomic.Int64)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		w.Header().Set("ETag", `"e"`)
		http.ServeContent(w, r, "x.bin", time.Time{}, strings.NewReader(body))
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	return s.Listener.Addr().String(), requests, connections
}

func TestDrive(t *testing.T) {
	t.Parallel()
	address, requests, connections := count(t, strings.Repeat("x", 1000))
	n, err := drive(t.Context(), address, request{path: "/a", status: http.StatusOK}, 3, 100)
	if err != nil {
		t.Fatal(err)
	}
	if n != 100*1000 || requests.Load() != 100 || connections.Load() != 3 {
		t.Errorf("got %d bytes in %d requests over %d connections, want 100000, 100, 3", n, requests.Load(), connections.Load())
	}
}

func TestDriveUnchanged(t *testing.T) {
	t.Parallel()
	address, requests, _ := count(t, "body")
	n, err := drive(t.Context(), address, request{path: "/a", etag: `"e"`, status: http.StatusNotModified}, 1, 10)
	if n != 0 || err != nil || requests.Load() != 10 {
		t.Errorf("got %d bytes and %v for %d requests", n, err, requests.Load())
	}
}

func TestDriveStopsAtWrongStatus(t *testing.T) {
	t.Parallel()
	address, requests, _ := count(t, "body")
	_, err := drive(t.Context(), address, request{path: "/a", status: http.StatusNotModified}, 1, 10)
	if err == nil || !strings.Contains(err.Error(), "status 200 OK, want 304") || requests.Load() != 1 {
		t.Errorf("got %v after %d requests", err, requests.Load())
	}
}

func TestDriveEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	if _, err := drive(ctx, s.Listener.Addr().String(), request{path: "/", status: http.StatusOK}, 1, 1); err == nil {
		t.Error("got no error")
	}
}

func TestRequestSaysItsEncoding(t *testing.T) {
	t.Parallel()
	got := request{path: "/a", encoding: "gzip", etag: `"e"`}.text("h")
	want := "GET /a HTTP/1.1\r\nHost: h\r\nUser-Agent: bench\r\nAccept: */*\r\nAccept-Encoding: gzip\r\nIf-None-Match: \"e\"\r\n\r\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
