package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestDownloadsByDay(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	x, secret, foreign := w.pkg(ada, "X", model.Public), w.pkg(ada, "secret", model.Private), w.pkg(brook, "x", model.Public)
	one, two := w.conda(x, "1.0", "noarch"), w.conda(x, "2.0", "noarch")
	hidden, theirs := w.conda(secret, "1.0", "noarch"), w.conda(foreign, "1.0", "noarch")
	next := noon.AddDate(0, 0, 1)
	check(t, w.AddDownloads(ctx, map[int64]int64{one.ID: 1, two.ID: 2, hidden.ID: 4, theirs.ID: 8, 999: 16}, noon))
	check(t, w.AddDownloads(ctx, map[int64]int64{one.ID: 32}, noon.Add(11*time.Hour)))
	// It is past midnight to the east of here only.
	check(t, w.AddDownloads(ctx, map[int64]int64{two.ID: 64}, next.In(time.FixedZone("east", 14*60*60))))

	list := func(first, last time.Time, sight Sight) []model.DownloadCount {
		t.Helper()
		return get(w.Downloads(ctx, ada.ID, first, last, sight))(t)
	}
	first, second := model.DownloadCount{Day: "2026-03-01", Package: "X", Count: 35}, model.DownloadCount{Day: "2026-03-02", Package: "X", Count: 64}
	same(t, "two days", list(noon, next, Sight{}), []model.DownloadCount{first, second})
	same(t, "the first day", list(noon, noon, Sight{}), []model.DownloadCount{first})
	same(t, "the second day", list(next, next.AddDate(1, 0, 0), Sight{}), []model.DownloadCount{second})
	same(t, "to the owner", list(noon, noon, Sight{SignedIn: true, Owns: []int64{ada.ID}}), []model.DownloadCount{{Day: "2026-03-01", Package: "secret", Count: 4}, first})

	check(t, w.DeletePackage(ctx, x.ID))
	same(t, "of a package that is gone", len(list(noon, next, Sight{})), 0)
}
