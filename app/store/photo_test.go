package store

import (
	"testing"

	"vivarium/app/model"
)

func TestPhotos(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	_, err := w.Photo(ctx, ada.ID)
	fails(t, err, model.NotFound, "Photo of account 1 does not exist.")
	fetched := model.Photo{AccountID: ada.ID, SHA256: "1", Image: []byte{}, FetchedFor: "2", FetchedAt: noon}
	check(t, w.SetPhoto(ctx, &fetched))
	same(t, "fetched", get(w.Photo(ctx, ada.ID))(t), fetched)
	sent := model.Photo{AccountID: ada.ID, SHA256: "3", Image: []byte("bytes")}
	check(t, w.SetPhoto(ctx, &sent))
	same(t, "sent", get(w.Photo(ctx, ada.ID))(t), sent)
	check(t, w.DeletePhoto(ctx, brook.ID))
	check(t, w.DeletePhoto(ctx, ada.ID))
	_, err = w.Photo(ctx, ada.ID)
	fails(t, err, model.NotFound, "Photo of account 1 does not exist.")
	check(t, w.SetPhoto(ctx, &sent))
	check(t, w.DeleteAccount(ctx, ada.ID))
	_, err = w.Photo(ctx, ada.ID)
	fails(t, err, model.NotFound, "Photo of account 1 does not exist.")
}
