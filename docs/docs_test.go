package docs_test

import (
	"slices"
	"testing"

	"vivarium/docs"
)

func TestClients(t *testing.T) {
	t.Parallel()
	all := docs.Clients()
	upload := slices.ContainsFunc(all, func(c docs.Client) bool {
		return c.Name == "anaconda-client" && c.Command == "anaconda upload" && c.Result == "works"
	})
	if !upload {
		t.Errorf("the uploads of anaconda-client are not among %d lines", len(all))
	}
	for _, c := range all {
		if c.Name == "" || c.Version == "" || c.Command == "" || c.Result == "" || c.Test == "" {
			t.Errorf("a line lacks something: %+v", c)
		}
	}
}
