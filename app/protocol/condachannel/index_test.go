package condachannel

import (
	"strings"
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

// TestNegotiated: JSON alone is served under a content encoding. The others are
// compressed as they are, and an encoding would break clients.
func TestNegotiated(t *testing.T) {
	t.Parallel()
	for res := range indexes {
		if want := strings.HasSuffix(string(res), ".json"); res.negotiated() != want {
			t.Errorf("%s is negotiated: %v", res, !want)
		}
	}
}

// TestNamed: a name leads to one resource, and every index has one.
func TestNamed(t *testing.T) {
	t.Parallel()
	for res := range indexes {
		name := strings.TrimPrefix(string(res), "{subdir}/")
		if found := inChannel[name]; res.ofChannel() && found != res {
			t.Errorf("%s of a channel is %q", name, found)
		}
		if found := inSubdir[name]; !res.ofChannel() && found != res {
			t.Errorf("%s of a subdir is %q", name, found)
		}
	}
	for name := range inSubdir {
		if model.CheckFileName(name) == nil && (strings.HasSuffix(name, ".conda") || strings.HasSuffix(name, ".tar.bz2")) {
			t.Errorf("%s hides a package", name)
		}
	}
}
