package registry_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/outbound"
	"vivarium/app/registry/registrytest"
)

// gallery is a server with pictures of addresses, which counts what it is asked.
type gallery struct {
	*httptest.Server
	mu       sync.Mutex
	pictures map[string][]byte // by digest of the address; nil: it fails
	asked    []string
}

func newGallery(t *testing.T, s *registrytest.Site, pictures map[string][]byte) *gallery {
	t.Helper()
	g := &gallery{pictures: map[string][]byte{}}
	for address, picture := range pictures {
		g.pictures[digestOf(address)] = picture
	}
	g.Server = httptest.NewServer(g)
	t.Cleanup(g.Close)
	s.Gravatar = g.URL + "/avatar/"
	s.Outbound = outbound.New(outbound.Options{Timeout: 5 * time.Second, MaxBytes: 1 << 20, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	return g
}

// ServeHTTP answers with a picture.
func (g *gallery) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked = append(g.asked, r.URL.String())
	picture, ok := g.pictures[r.URL.Path[len("/avatar/"):]]
	switch {
	case !ok:
		http.NotFound(w, r)
	case picture == nil:
		w.WriteHeader(http.StatusBadGateway)
	default:
		_, _ = w.Write(picture)
	}
}

// requests is what was asked since the last call.
func (g *gallery) requests() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	out := g.asked
	g.asked = nil
	return out
}

// TestGravatar fetches the picture of an address once, keeps it, and asks again when
// a day has gone.
func TestGravatar(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	sent := portrait(t)
	g := newGallery(t, s, map[string][]byte{"brook@example.test": sent, "mallory@example.test": []byte("<script>alert(1)</script>"), "ada@example.test": nil})
	look := func(s *registrytest.Site, login string, code model.Code, requests int) model.Photo {
		t.Helper()
		p, err := s.Photo(t.Context(), model.Actor{}, login)
		if (err != nil || code != 0) && model.CodeOf(err) != code {
			t.Errorf("photo of %s: %v, want %v", login, err, code)
		}
		if got := g.requests(); len(got) != requests {
			t.Errorf("photo of %s: asked %q, want %d requests", login, got, requests)
		}
		return p
	}
	first := look(s, "brook", 0, 1)
	if bytes.Equal(first.Image, sent) || first.MediaType() != "image/jpeg" {
		t.Error("the picture was not made anew")
	}
	look(s, "brook", 0, 0)
	look(s, "casey", model.NotFound, 1) // who has none there
	look(s, "casey", model.NotFound, 0)
	look(s, "mallory", model.NotFound, 1) // what is no picture
	look(s, "mallory", model.NotFound, 0)
	look(s, "labs", model.NotFound, 0) // without an address
	later := s.Later(25 * time.Hour)
	look(later, "brook", 0, 1)
	look(later, "brook", 0, 0)

	look(s, "ada", model.NotFound, 1)    // it fails
	look(s, "casey", model.NotFound, 0)  // for a while nothing is asked
	evenLater := s.Later(60 * time.Hour) // and what is kept is shown
	g.Close()
	look(evenLater, "brook", 0, 0)

	if err := s.SetPhoto(t.Context(), s.Actor(t, "brook"), "brook", sent); err != nil {
		t.Fatal(err)
	}
	look(s, "brook", 0, 0)
	s.Gravatar = ""
	look(s, "casey", model.NotFound, 0)
}

// TestGravatarOfAnotherAddress: a picture belongs to an address, not to an account.
func TestGravatarOfAnotherAddress(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	newGallery(t, s, map[string][]byte{"brook@example.test": portrait(t)})
	if _, err := s.Photo(t.Context(), model.Actor{}, "brook"); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeEmail(t.Context(), s.Actor(t, "brook"), "other@example.test", registrytest.Password); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Photo(t.Context(), model.Actor{}, "brook"); model.CodeOf(err) != model.NotFound {
		t.Errorf("the picture of the old address: %v", err)
	}
	s.Gravatar = ""
	if _, err := s.Photo(t.Context(), model.Actor{}, "brook"); model.CodeOf(err) != model.NotFound {
		t.Errorf("when it is switched off: %v", err)
	}
}

// TestGravatarIsAskedOnce lets many look at the same time.
func TestGravatarIsAskedOnce(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	g := newGallery(t, s, map[string][]byte{"brook@example.test": portrait(t)})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { _, _ = s.Photo(t.Context(), model.Actor{}, "brook") }) // those who come too early see none
	}
	all.Wait()
	if got := g.requests(); len(got) != 1 || got[0] != "/avatar/"+digestOf("brook@example.test")+"?d=404&s=512" {
		t.Errorf("asked %q", got)
	}
}

func digestOf(address string) string {
	digest := sha256.Sum256([]byte(address))
	return hex.EncodeToString(digest[:])
}
