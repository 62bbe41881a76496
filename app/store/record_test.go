package store

import (
	"encoding/json"
	"testing"

	"vivarium/app/model"
)

func TestCondaRecords(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	zip, arc := w.pkg(ada, "Zip", model.Public), w.pkg(ada, "arc", model.Public)
	z := w.conda(zip, "1.0", "linux-64", "main", "dev")
	a := w.conda(arc, "1.0", "linux-64", "main")
	w.conda(arc, "2.0", "linux-64", "dev")
	w.conda(arc, "1.0", "noarch", "main")
	w.file(arc, "1.0", "arc-1.0.tar.gz", model.PyPI, "main")
	w.conda(w.pkg(w.user("brook"), "b", model.Public), "1.0", "linux-64", "main")
	_, err := w.write.NewUpdate().Model(&a).Set("run_exports = ?", json.RawMessage(`{"weak":["b"]}`)).Set("yanked_at = ?", noon).WherePK().Exec(ctx)
	check(t, err)

	same(t, "main", get(w.CondaRecords(ctx, ada.ID, "main", "linux-64", Sight{}))(t), []IndexRecord{
		{FileName: "arc-1.0-0.conda", Package: "arc", Record: a.Record, RunExports: json.RawMessage(`{"weak":["b"]}`), Yanked: true},
		{FileName: "zip-1.0-0.conda", Package: "zip", Record: z.Record},
	})
	same(t, "dev", len(get(w.CondaRecords(ctx, ada.ID, "dev", "linux-64", Sight{}))(t)), 2)
	same(t, "no such label", len(get(w.CondaRecords(ctx, ada.ID, "beta", "linux-64", Sight{}))(t)), 0)
	same(t, "no such subdir", len(get(w.CondaRecords(ctx, ada.ID, "main", "win-64", Sight{}))(t)), 0)
}
