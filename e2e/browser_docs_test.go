package e2e

import (
	"fmt"
	"testing"
)

// TestDocsInBrowser reads about the API and about clients, with scripts and without:
// an address of one call opens it, with a command for this very server.
func TestDocsInBrowser(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts=%t", scripts), func(t *testing.T) {
			t.Parallel()
			s := startServer(t)
			b := newBrowser(t, s, scripts)
			b.open("/")
			b.click("link", "API")
			b.arrives("/docs/api")
			b.find("heading", "API reference")
			b.inspect("docs-api")
			b.open("/docs/api#get-search")
			b.shows("'" + s.API + "/search?name=tide")
			b.inspect("docs-api-call")
			b.click("link", "Clients")
			b.arrives("/docs/clients")
			b.shows("anaconda upload", "its requests are answered")
			b.inspect("docs-clients")
			b.click("link", "Overview")
			b.arrives("/docs")
			b.find("heading", "Guide")
			b.inspect("docs")
		})
	}
}
