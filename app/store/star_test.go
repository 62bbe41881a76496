package store

import (
	"slices"
	"testing"
	"time"

	"vivarium/app/model"
)

func TestStars(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	one := w.pkg(ada, "one", model.Public, model.Conda)
	two := w.pkg(ada, "two", model.Private, model.Notebook)
	for _, p := range []model.Package{two, one, one} { // once more changes nothing
		check(t, w.AddStar(ctx, brook.ID, p.ID, noon.Add(time.Duration(w.next())*time.Minute)))
	}
	check(t, w.AddStar(ctx, ada.ID, one.ID, noon))

	same(t, "stars", get(w.Package(ctx, ada.ID, "one"))(t).Stars, 2)
	same(t, "starred", get(w.Starred(ctx, brook.ID, one.ID))(t), true)
	same(t, "starred by who did not", get(w.Starred(ctx, ada.ID, two.ID))(t), false)
	var who []string
	for _, g := range get(w.Stargazers(ctx, one.ID))(t) {
		who = append(who, g.Login)
	}
	same(t, "who, the last first", slices.Equal(who, []string{"brook", "ada"}), true)

	favorites := PackageQuery{Reader: brook.ID, Starred: true, Order: model.LastStarred}
	list, total := listed(t, w, favorites)
	same(t, "favorites", list, "ada/one")
	same(t, "count of favorites", total, 1)
	favorites.Sight = Sight{SignedIn: true, Owns: []int64{ada.ID}}
	list, _ = listed(t, w, favorites)
	same(t, "favorites in sight of the owner, the last first", list, "ada/one ada/two")
	favorites.Installable = true
	list, _ = listed(t, w, favorites)
	same(t, "without notebooks", list, "ada/one")

	check(t, w.RemoveStar(ctx, brook.ID, one.ID))
	check(t, w.RemoveStar(ctx, brook.ID, one.ID))
	same(t, "stars after one was taken back", get(w.Package(ctx, ada.ID, "one"))(t).Stars, 1)
}

// TestPackagesByStarsAndDownloads sorts what everyone sees.
func TestPackagesByStarsAndDownloads(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	a, b, c := w.pkg(ada, "a", model.Public), w.pkg(ada, "b", model.Public), w.pkg(ada, "c", model.Public)
	check(t, w.AddDownloads(ctx, map[int64]int64{w.conda(b, "1.0", "noarch").ID: 3, w.conda(c, "1.0", "noarch").ID: 9}, noon))
	check(t, w.AddStar(ctx, ada.ID, b.ID, noon))
	check(t, w.AddStar(ctx, brook.ID, b.ID, noon))
	check(t, w.AddStar(ctx, brook.ID, a.ID, noon))
	for order, want := range map[model.PackageOrder]string{
		model.MostDownloads: "ada/c ada/b ada/a", model.MostStars: "ada/b ada/a ada/c", model.ByName: "ada/a ada/b ada/c",
	} {
		list, _ := listed(t, w, PackageQuery{Order: order})
		same(t, "by "+string(order), list, want)
	}
	page := get(func() ([]model.Package, error) {
		list, _, err := w.Packages(ctx, PackageQuery{Reader: ada.ID})
		return list, err
	}())(t)
	for _, p := range page {
		same(t, "ada starred "+p.Name, p.Starred, p.ID == b.ID)
	}
}
