package web_test

import (
	"net/http"
	"testing"
)

func TestClientsPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.visitor(t).get("/docs/clients").want(t, http.StatusOK).shows(t, "<h1>Clients</h1>", "anaconda-client", "<code>anaconda upload</code>", "its requests are answered", `href="/docs/api"`)
}
