package main

import (
	"bytes"
	"net/http"
	"os"
	"testing"
)

func TestNginxServesFiles(t *testing.T) {
	t.Parallel()
	if _, err := findNginx(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("skipped: %v", err)
	}
	n, err := startNginx(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := n.stop(); err != nil {
			t.Error(err)
		}
	}()
	body := bytes.Repeat([]byte("vivarium"), 10_000)
	if err := n.put("/conda/a/noarch/x.conda", body); err != nil {
		t.Fatal(err)
	}
	got, err := get(t.Context(), "http://"+n.address+"/conda/a/noarch/x.conda")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.body, body) {
		t.Errorf("got %d other bytes", len(got.body))
	}
	for range 2 {
		cost, err := spent(n.process, func() error {
			_, err := drive(t.Context(), n.address, request{path: "/conda/a/noarch/x.conda", etag: got.header.Get("ETag"), status: http.StatusNotModified}, 2, 50)
			return err
		})
		if err != nil || cost <= 0 {
			t.Errorf("50 requests cost %v, %v", cost, err)
		}
	}
}
