package store

import (
	"encoding/json"
	"testing"

	"vivarium/app/model"
)

func TestReleaseRoundTrip(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	p := w.pkg(w.user("ada"), "x", model.Public)
	bare := w.release(p, "1.10")
	full := model.Release{
		PackageID: p.ID, Version: "1.9", Description: "d", Announce: "a", CreatedAt: noon,
		Attrs: json.RawMessage(`{"a": "it's <b> \u0000 ?"}`), Requirements: json.RawMessage(`[]`),
	}
	check(t, w.InsertRelease(ctx, &full))
	same(t, "full", get(w.Release(ctx, p.ID, "1.9"))(t), full)
	same(t, "in the order of making", get(w.Releases(ctx, p.ID))(t), []model.Release{bare, full})
}

func TestReleaseChanges(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	p := w.pkg(w.user("ada"), "x", model.Public)
	r := w.release(p, "1.0")
	fails(t, w.InsertRelease(ctx, &model.Release{PackageID: p.ID, Version: "1.0"}), model.Conflict, `Release "1.0" exists already.`)
	_, err := w.Release(ctx, p.ID, "2.0")
	fails(t, err, model.NotFound, `Release "2.0" does not exist.`)

	r.Description, r.Attrs = "d", json.RawMessage(`{}`)
	check(t, w.UpdateRelease(ctx, &r, "attrs"))
	got := get(w.Release(ctx, p.ID, "1.0"))(t)
	if got.Description != "" || string(got.Attrs) != "{}" {
		t.Errorf("got %+v, want attrs alone written", got)
	}
	check(t, w.UpdateRelease(ctx, &r))
	same(t, "all columns", get(w.Release(ctx, p.ID, "1.0"))(t), r)
	fails(t, w.UpdateRelease(ctx, &model.Release{ID: 77, Version: "3"}, "attrs"), model.NotFound, `Release "3" does not exist.`)
}
