package store

import (
	"testing"

	"vivarium/app/model"
)

func TestAppendChanges(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	same(t, "first", get(w.AppendChanges(ctx, ada.ID, noon, []model.IndexChange{{Subdir: "noarch", Package: "x"}, {Subdir: "linux-64"}}))(t), int64(2))
	same(t, "of another", get(w.AppendChanges(ctx, brook.ID, noon, []model.IndexChange{{}}))(t), int64(1))
	same(t, "next", get(w.AppendChanges(ctx, ada.ID, noon, []model.IndexChange{{}}))(t), int64(3))
	same(t, "none", get(w.AppendChanges(ctx, ada.ID, noon.AddDate(1, 0, 0), nil))(t), int64(3))

	same(t, "after 1", get(w.Changes(ctx, ada.ID, 1))(t), []model.IndexChange{
		{AccountID: ada.ID, Seq: 2, Subdir: "linux-64", At: noon},
		{AccountID: ada.ID, Seq: 3, At: noon},
	})
	same(t, "after the last", len(get(w.Changes(ctx, ada.ID, 3))(t)), 0)
	got := get(w.AccountByID(ctx, ada.ID))(t)
	if got.Seq != 3 || !got.IndexedAt.Equal(noon) {
		t.Errorf("got seq %d at %v, want 3 at %v", got.Seq, got.IndexedAt, noon)
	}
	_, err := w.AppendChanges(ctx, 77, noon, []model.IndexChange{{}})
	fails(t, err, model.NotFound, "Account 77 does not exist.")
}

func TestChangesOfAFailedTransactionLeaveNoGap(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	err := w.InTx(ctx, func(tx *Store) error {
		get(tx.AppendChanges(ctx, ada.ID, noon, []model.IndexChange{{}}))(t)
		return model.Errorf(model.Invalid, "No.")
	})
	fails(t, err, model.Invalid, "No.")
	same(t, "next", get(w.AppendChanges(ctx, ada.ID, noon, []model.IndexChange{{}}))(t), int64(1))
}
