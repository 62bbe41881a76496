package registry_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// portrait is a small PNG.
func portrait(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 10, 20))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPhoto(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, casey, anyone, ctx := s.Actor(t, "brook"), s.Actor(t, "casey"), model.Actor{}, t.Context()
	if _, err := s.Photo(ctx, anyone, "brook"); model.CodeOf(err) != model.NotFound {
		t.Errorf("before: %v", err)
	}
	for _, login := range []string{"brook", "Labs"} {
		if err := s.SetPhoto(ctx, brook, login, portrait(t)); err != nil {
			t.Fatal(err)
		}
		p, err := s.Photo(ctx, anyone, login)
		if err != nil || p.MediaType() != "image/jpeg" {
			t.Fatalf("photo of %s: %d bytes of %s, %v", login, len(p.Image), p.MediaType(), err)
		}
		if a, err := s.Account(ctx, anyone, login); err != nil || a.Photo != p.SHA256 {
			t.Errorf("the account says %q, %v, want %q", a.Photo, err, p.SHA256)
		}
		lines, err := s.AuditLines(ctx, brook, registry.AuditFilter{Account: login})
		if err != nil || len(lines) == 0 || lines[0].Action != "account.photo" || lines[0].Detail != "" {
			t.Errorf("audit lines: %+v, %v", lines, err)
		}
	}
	export, err := s.Export(ctx, brook)
	if err != nil || len(export.Profile.Photo) == 0 {
		t.Errorf("exported %d bytes, %v", len(export.Profile.Photo), err)
	}
	if err := s.RemovePhoto(ctx, brook, "brook"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Photo(ctx, anyone, "brook"); model.CodeOf(err) != model.NotFound {
		t.Errorf("after it was removed: %v", err)
	}
	if err := s.SetPhoto(ctx, brook, "brook", []byte("no picture")); model.FieldsOf(err)["photo"] == "" {
		t.Errorf("no picture: %v", err)
	}
	for name, actor := range map[string]model.Actor{"somebody else": casey, "nobody": anyone, "a token": s.TokenActor(t, s.Token(t, "brook", "all"))} {
		if err := s.SetPhoto(ctx, actor, "labs", portrait(t)); err == nil {
			t.Errorf("%s gave labs a photo", name)
		}
		if err := s.RemovePhoto(ctx, actor, "labs"); err == nil {
			t.Errorf("%s took the photo of labs away", name)
		}
	}
}

// TestPhotoBehindTheDoor: where nothing is public, photos are not either.
func TestPhotoBehindTheDoor(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t, func(p *registry.Policy) { p.Anonymous = false })
	if err := s.SetPhoto(t.Context(), s.Actor(t, "casey"), "casey", portrait(t)); err != nil {
		t.Fatal(err)
	}
	for _, login := range []string{"casey", "nobody-here"} {
		if _, err := s.Photo(t.Context(), model.Actor{}, login); model.CodeOf(err) != model.Unauthenticated {
			t.Errorf("photo of %s without signing in: %v", login, err)
		}
	}
	if _, err := s.Photo(t.Context(), s.Actor(t, "brook"), "casey"); err != nil {
		t.Error(err)
	}
}
