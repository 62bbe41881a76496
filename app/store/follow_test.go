package store

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

// TestNewestFollowed follows by a star, by owning, and by being in an organization,
// and sees no more of it than is in sight.
func TestNewestFollowed(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	labs, vault := w.organization("labs", ada), w.organization("vault", ada)
	w.group(labs, "crew", model.Read, brook)
	file := func(owner model.Account, name string, access model.Access) model.Package {
		p := w.pkg(owner, name, access, model.Conda)
		w.conda(p, "1.0", "noarch")
		return p
	}
	file(brook, "own", model.Private)
	file(labs, "ours", model.Public)
	file(labs, "theirs", model.Private)
	starred := file(ada, "starred", model.Public)
	hidden := file(ada, "hidden", model.Private)
	file(vault, "other", model.Public)
	w.pkg(brook, "empty", model.Public)
	w.conda(starred, "2.0", "noarch")
	for _, p := range []model.Package{starred, hidden} {
		check(t, w.AddStar(ctx, brook.ID, p.ID, noon))
	}
	ask := func(limit int) string {
		var names []string
		for _, f := range get(w.NewestFollowed(ctx, brook.ID, Sight{SignedIn: true, Owns: []int64{brook.ID}, User: brook.ID}, limit))(t) {
			names = append(names, f.Package+" "+f.Version)
		}
		return strings.Join(names, ", ")
	}
	same(t, "followed", ask(9), "starred 2.0, ours 1.0, own 1.0")
	same(t, "the one that changed last", ask(1), "starred 2.0")
}

func TestNews(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	labs := w.organization("labs", ada)
	crew, left := w.group(labs, "crew", model.Read, brook), w.group(labs, "left", model.Read)
	for _, g := range []model.Group{crew, crew, left} { // told once of each, of left nothing: brook is not in it
		check(t, w.AddNews(ctx, brook.ID, g.ID, "ada", noon))
	}
	list := get(w.News(ctx, brook.ID, 20))(t)
	same(t, "news", len(list), 1)
	same(t, "what", list[0], model.News{GroupID: crew.ID, Organization: "labs", Group: "crew", Author: "ada", CreatedAt: noon})
	same(t, "news of others", len(get(w.News(ctx, ada.ID, 20))(t)), 0)
	check(t, w.DeleteNews(ctx, brook.ID, crew.ID))
	check(t, w.DeleteNews(ctx, brook.ID, crew.ID))
	same(t, "after it was dismissed", len(get(w.News(ctx, brook.ID, 20))(t)), 0)
}
