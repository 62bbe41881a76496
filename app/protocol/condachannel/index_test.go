package condachannel

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"vivarium/app/model"
)

func TestPrefersGzip(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]bool{
		"gzip": true, "gzip, deflate": true, "deflate, gzip, zstd": true, "GZIP": true, "x-gzip": true, "*": true, "br;q=1.0, gzip;q=0.8": true,
		"gzip;q=1, identity;q=0.5": true, "gzip ; q = 0.5": true, "identity;q=0, gzip": true, "gzip;q=nonsense": true,
		"": false, "identity": false, "deflate": false, "gzip;q=0": false, "gzip;q=0.5, identity": false, "*;q=0": false, "gzip;q=0, *": false,
	} {
		if got := prefersGzip(accept); got != want {
			t.Errorf("prefersGzip(%q) = %v, want %v", accept, got, want)
		}
	}
}

// TestFormat negotiates repodata.json alone: the others are compressed as they
// are, and a content encoding would break clients.
func TestFormat(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		resource      resource
		plain, gziped model.IndexFormat
	}{
		{repodata, model.Repodata, model.RepodataGzip}, {zstd, model.RepodataZstd, model.RepodataZstd}, {shardIndex, model.ShardIndex, model.ShardIndex},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if got := format(r, tt.resource); got != tt.plain {
			t.Errorf("format(%s) = %s, want %s", tt.resource, got, tt.plain)
		}
		r.Header.Set("Accept-Encoding", "gzip, deflate")
		if got := format(r, tt.resource); got != tt.gziped {
			t.Errorf("format(%s) with gzip = %s, want %s", tt.resource, got, tt.gziped)
		}
	}
}
