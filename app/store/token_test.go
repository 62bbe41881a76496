package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestTokenRoundTrip(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	full := model.Token{
		AccountID: ada.ID, CreatedBy: ada.ID, Name: "ci", Hash: []byte{0, 1, '\'', 0xff}, Scopes: "conda api:read", NoteURL: "https://x.test",
		Hostname: "build-1", RemoteAddr: "::1", CreatedAt: noon, ExpiresAt: noon.Add(time.Hour), LastUsedAt: noon, LastUsedBy: "conda/25",
	}
	check(t, w.InsertToken(ctx, &full))
	bare := model.Token{AccountID: ada.ID, Name: "bare", Hash: []byte("b"), CreatedAt: noon}
	check(t, w.InsertToken(ctx, &bare))

	same(t, "by hash", get(w.TokenByHash(ctx, full.Hash))(t), full)
	same(t, "by name", get(w.Token(ctx, ada.ID, "bare"))(t), bare)
	same(t, "by id", get(w.TokenByID(ctx, ada.ID, full.ID))(t), full)
	same(t, "list, newest first", get(w.Tokens(ctx, ada.ID))(t), []model.Token{bare, full})
}

func TestTokenAbsentAndTaken(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	token := model.Token{AccountID: ada.ID, Name: "ci", Hash: []byte("h"), CreatedAt: noon}
	check(t, w.InsertToken(ctx, &token))

	_, err := w.TokenByID(ctx, brook.ID, token.ID)
	fails(t, err, model.NotFound, "Token 1 does not exist.")
	_, err = w.Token(ctx, brook.ID, "ci")
	fails(t, err, model.NotFound, `Token "ci" does not exist.`)
	_, err = w.TokenByHash(ctx, []byte("H"))
	fails(t, err, model.NotFound, "This token does not exist.")
	again := model.Token{AccountID: ada.ID, Name: "ci", Hash: []byte("i"), CreatedAt: noon}
	fails(t, w.InsertToken(ctx, &again), model.Conflict, `Token "ci" exists already.`)
	again.AccountID = brook.ID
	check(t, w.InsertToken(ctx, &again))

	check(t, w.DeleteToken(ctx, token.ID))
	fails(t, w.DeleteToken(ctx, token.ID), model.NotFound, "Token 1 does not exist.")
	check(t, w.TouchToken(ctx, token.ID, noon, "gone"))
}

func TestTouchToken(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	token := model.Token{AccountID: w.user("ada").ID, Name: "ci", Hash: []byte("h"), CreatedAt: noon}
	check(t, w.InsertToken(ctx, &token))
	check(t, w.TouchToken(ctx, token.ID, noon.Add(time.Hour), "192.0.2.1"))
	token.LastUsedAt, token.LastUsedBy = noon.Add(time.Hour), "192.0.2.1"
	same(t, "touched", get(w.TokenByHash(ctx, token.Hash))(t), token)
}
