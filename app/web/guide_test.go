package web_test

import (
	"net/http"
	"testing"
)

func TestGuide(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.visitor(t).get("/docs").want(t, http.StatusOK).shows(t, "<h1>Guide</h1>", `href="/docs/api"`, `href="/docs/clients"`)
}
