package e2e

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"
	"testing"
)

// TestSimpleForms asks for each form of a page, as curl does (rows 22 and 23).
func TestSimpleForms(t *testing.T) {
	t.Parallel()
	s, _ := stocked(t)
	const html, htmlV1 = "text/html; charset=utf-8", "application/vnd.pypi.simple.v1+html"
	for _, page := range []string{"/pypi/alice/simple/", "/pypi/alice/simple/leaf/"} {
		for accept, want := range map[string]string{simpleJSON: simpleJSON, htmlV1: htmlV1, "text/html": html, "*/*": html, "": html, "image/png": html, "application/json": html} {
			a := s.ask("GET", page, "Accept", accept).is(t, http.StatusOK)
			if got := a.header.Get("Content-Type"); got != want || !strings.Contains(strings.Join(a.header.Values("Vary"), ","), "Accept") {
				t.Errorf("%s, Accept %q: %s, want %s; Vary %q", page, accept, got, want, a.header.Values("Vary"))
			}
			head := s.ask("HEAD", page, "Accept", accept).is(t, http.StatusOK)
			for _, name := range []string{"Content-Type", "Content-Length", "ETag", "Cache-Control"} {
				if head.header.Get(name) != a.header.Get(name) {
					t.Errorf("HEAD %s: %s is %q, GET has %q", page, name, head.header.Get(name), a.header.Get(name))
				}
			}
			s.ask("GET", page, "Accept", accept, "If-None-Match", a.header.Get("ETag")).is(t, http.StatusNotModified)
		}
		s.ask("GET", page+"?format=application/vnd.pypi.simple.v1%2Bjson").is(t, http.StatusOK)
	}
	token := s.addToken("alice", "ci", "pypi:download")
	for _, prefix := range []string{"/pypi/alice/simple/", "/pypi/t/" + token + "/alice/simple/"} {
		for from, to := range map[string]string{"Rec.Pkg_Main": "rec-pkg-main/", "rec-pkg-main": "rec-pkg-main/", "Rec.Pkg_Main/?a=b": "../rec-pkg-main/?a=b"} {
			if got := s.ask("GET", prefix+from).is(t, http.StatusMovedPermanently).header.Get("Location"); got != to {
				t.Errorf("%s redirects to %q, want %q", from, got, to)
			}
		}
	}
}

// TestMetadataBeside compares what is served beside each wheel with what is in it
// (row 25), and asks for parts of it (row 24).
func TestMetadataBeside(t *testing.T) {
	t.Parallel()
	s, _ := stocked(t)
	for _, name := range []string{"leaf", "rec-pkg-main", "tiny-wheel"} {
		for _, f := range s.project("/pypi/alice/simple/" + name + "/").Files {
			address := "/pypi/alice/simple/" + name + "/" + f.URL
			whole := s.ask("GET", address).is(t, http.StatusOK)
			if sum := sha256.Sum256(whole.body); hex.EncodeToString(sum[:]) != f.Hashes["sha256"] || int64(len(whole.body)) != f.Size {
				t.Errorf("%s has other bytes than announced", f.Filename)
			}
			etag := whole.header.Get("ETag")
			s.ask("GET", address, "Range", "bytes=0-99").is(t, http.StatusPartialContent)
			if part := s.ask("GET", address, "Range", "bytes=-100", "If-Range", etag).is(t, http.StatusPartialContent); !bytes.Equal(part.body, whole.body[len(whole.body)-100:]) {
				t.Errorf("%s: the last 100 bytes are others", f.Filename)
			}
			s.ask("GET", address, "Range", fmt.Sprintf("bytes=%d-", len(whole.body))).is(t, http.StatusRequestedRangeNotSatisfiable)
			s.ask("GET", address, "If-None-Match", etag).is(t, http.StatusNotModified)
			if !strings.HasSuffix(f.Filename, ".whl") {
				continue
			}
			metadata := s.ask("GET", address+".metadata").is(t, http.StatusOK).body
			sum := sha256.Sum256(metadata)
			if announced := f.CoreMetadata.(map[string]any)["sha256"]; announced != hex.EncodeToString(sum[:]) || !bytes.Equal(metadata, metadataIn(t, whole.body)) {
				t.Errorf("the metadata of %s: %s, announced %s", f.Filename, metadata, announced)
			}
		}
	}
}

func metadataIn(t *testing.T, wheel []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(wheel), int64(len(wheel)))
	sure(t, err)
	for _, f := range r.File {
		if path.Base(f.Name) != "METADATA" {
			continue
		}
		body, err := f.Open()
		sure(t, err)
		raw, err := io.ReadAll(body)
		sure(t, err)
		return raw
	}
	t.Fatal("no METADATA")
	return nil
}

// TestParallelUploads: 32 files at once are all there; of one file sent 8 times at
// once there is one, and nobody is told of an error (row 47).
func TestParallelUploads(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "pypi:upload")
	var wg sync.WaitGroup
	send := func(a artifact) {
		wg.Go(func() {
			if v, err := s.publisher("alice", token).publish(context.Background(), a); err != nil || !v.made() {
				t.Errorf("%s: %s %v", a.fileName, v, err)
			}
		})
	}
	for i := range 32 {
		send(wheelSpec{name: "many", version: fmt.Sprintf("1.%d", i)}.build(t))
	}
	for range 8 {
		send(wheelSpec{name: "one"}.build(t))
	}
	wg.Wait()
	if got := len(s.project("/pypi/alice/simple/many/").Files); got != 32 {
		t.Errorf("%d of 32 files are there", got)
	}
	if got := len(s.project("/pypi/alice/simple/one/").Files); got != 1 {
		t.Errorf("%d files of one name are there", got)
	}
}
