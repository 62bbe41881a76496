package store

import (
	"fmt"
	"testing"

	"vivarium/app/model"
)

// TestManyLabelsAtOnce relabels more files than one statement takes.
func TestManyLabelsAtOnce(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	x, y := w.pkg(ada, "X", model.Public), w.pkg(ada, "y", model.Public)
	const many = rowsAtOnce + 3
	release := w.release(x, "1.0")
	var ids []int64
	check(t, w.InTx(ctx, func(tx *Store) error {
		for i := range many {
			f := newFile(release, ada.ID, fmt.Sprintf("noarch/x-1.0-%04d.conda", i), model.Conda, i)
			if err := tx.InsertFile(ctx, &f); err != nil {
				return err
			}
			ids = append(ids, f.ID)
		}
		return nil
	}))
	other := w.conda(y, "2.0", "linux-64", "main")
	dev := get(w.EnsureLabel(ctx, ada.ID, "dev", noon))(t)
	for range 2 {
		check(t, w.AddLabelToFiles(ctx, dev.ID, ids))
	}
	files := get(w.FileNames(ctx, ada.ID, FileFilter{Label: "dev"}))(t)
	same(t, "on dev", len(files), many)
	same(t, "the first", []string{files[0].FullName(), files[0].Subdir}, []string{"ada/X/1.0/noarch/x-1.0-0000.conda", "noarch"})
	same(t, "its labels", files[0].Labels, []string{"dev"})
	same(t, "all", len(get(w.FileNames(ctx, ada.ID, FileFilter{}))(t)), many+1)
	same(t, "of y", get(w.FileNames(ctx, ada.ID, FileFilter{PackageID: y.ID}))(t)[0].ID, other.ID)
	same(t, "of y on dev", len(get(w.FileNames(ctx, ada.ID, FileFilter{PackageID: y.ID, Label: "dev"}))(t)), 0)

	check(t, w.RemoveLabelFromFiles(ctx, dev.ID, append(ids[1:], other.ID)))
	same(t, "left on dev", get(w.FileNames(ctx, ada.ID, FileFilter{Label: "dev"}))(t)[0].ID, ids[0])
	check(t, w.DeleteLabel(ctx, dev.ID))
	same(t, "gone with its label", get(w.FileByID(ctx, ids[0]))(t).Labels, []string{})
	fails(t, w.DeleteLabel(ctx, dev.ID), model.NotFound, fmt.Sprintf("Label %d does not exist.", dev.ID))
}

func TestInsertAndUpdateLabel(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	l := model.Label{AccountID: w.user("ada").ID, Name: "dev", CreatedAt: noon}
	check(t, w.InsertLabel(ctx, &l))
	again := l
	again.ID = 0
	fails(t, w.InsertLabel(ctx, &again), model.Conflict, `Label "dev" exists already.`)
	l.Locked = true
	check(t, w.UpdateLabel(ctx, &l, "locked"))
	same(t, "kept", get(w.Label(ctx, l.AccountID, "dev"))(t), l)
}

func TestInsertAudits(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	lines := make([]model.AuditLine, rowsAtOnce+1)
	for i := range lines {
		lines[i] = model.AuditLine{At: noon, Account: "ada", Action: "file.labels", Subject: fmt.Sprint(i)}
	}
	check(t, w.InsertAudits(ctx, lines))
	check(t, w.InsertAudits(ctx, nil))
	got := get(w.AuditPage(ctx, AuditQuery{}))(t)
	same(t, "lines", len(got), len(lines))
	same(t, "whose", len(get(w.AuditPage(ctx, AuditQuery{AccountIDs: []int64{ada.ID}}))(t)), len(lines))
	same(t, "the last", got[0].Subject, fmt.Sprint(rowsAtOnce))
}
