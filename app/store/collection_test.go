package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

// names are those of the packages that are in a collection, in a sight.
func (w *world) collected(c model.Collection, sight Sight) []string {
	w.t.Helper()
	list, _, err := w.Packages(w.t.Context(), PackageQuery{CollectionID: c.ID, Sight: sight})
	check(w.t, err)
	var names []string
	for _, p := range list {
		names = append(names, p.FullName())
	}
	return names
}

func (w *world) collection(a model.Account, name string) model.Collection {
	w.t.Helper()
	c := model.Collection{AccountID: a.ID, Name: name, Access: model.Public, CreatedAt: noon, ModifiedAt: noon}
	check(w.t, w.InsertCollection(w.t.Context(), &c))
	return c
}

func TestCollections(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	c := w.collection(ada, "tools")
	w.collection(ada, "apps")
	w.collection(brook, "tools")
	fails(t, w.InsertCollection(ctx, &model.Collection{AccountID: ada.ID, Name: "tools", Access: model.Public}), model.Conflict, `Collection "tools" exists already.`)

	c.Access, c.Description, c.ModifiedAt = model.Private, "What we use.", noon.Add(1e9)
	check(t, w.UpdateCollection(ctx, &c))
	same(t, "the collection", get(w.Collection(ctx, ada.ID, "tools"))(t), c)
	var names []string
	for _, c := range get(w.Collections(ctx, ada.ID))(t) {
		names = append(names, c.Name)
	}
	same(t, "those of ada", names, []string{"apps", "tools"})

	check(t, w.DeleteCollection(ctx, c.ID))
	fails(t, w.DeleteCollection(ctx, c.ID), model.NotFound, "Collection 1 does not exist.")
	fails(t, w.UpdateCollection(ctx, &c), model.NotFound, `Collection "tools" does not exist.`)
	_, err := w.Collection(ctx, ada.ID, "tools")
	fails(t, err, model.NotFound, `Collection "tools" does not exist.`)
}

func TestPackagesOfACollection(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	x, secret, other := w.pkg(ada, "x", model.Public), w.pkg(brook, "secret", model.Private), w.pkg(brook, "other", model.Public)
	c, copied := w.collection(ada, "tools"), w.collection(brook, "tools")
	for _, p := range []model.Package{x, secret, x} {
		check(t, w.AddToCollection(ctx, c.ID, p.ID, noon))
	}
	same(t, "to anybody", w.collected(c, Sight{}), []string{"ada/x"})
	same(t, "to brook", w.collected(c, Sight{SignedIn: true, Owns: []int64{brook.ID}}), []string{"brook/secret", "ada/x"})

	check(t, w.AddToCollection(ctx, copied.ID, other.ID, noon))
	check(t, w.FillCollection(ctx, c.ID, copied.ID, Sight{}, noon))
	check(t, w.FillCollection(ctx, c.ID, copied.ID, Sight{}, noon))
	same(t, "filled with what anybody sees", w.collected(copied, Sight{SignedIn: true, Owns: []int64{brook.ID}}), []string{"brook/other", "ada/x"})

	same(t, "all collections of brook", get(w.Collected(ctx, brook.ID, Sight{}))(t), []model.Collected{{CollectionID: copied.ID, Package: "ada/x"}, {CollectionID: copied.ID, Package: "brook/other"}})
	same(t, "all of ada, to brook", len(get(w.Collected(ctx, ada.ID, Sight{SignedIn: true, Owns: []int64{brook.ID}}))(t)), 2)

	late, hidden := w.pkg(ada, "late", model.Public), w.pkg(brook, "hidden", model.Private)
	check(t, w.AddToCollection(ctx, c.ID, late.ID, noon.Add(time.Hour)))
	check(t, w.AddToCollection(ctx, c.ID, hidden.ID, noon.Add(2*time.Hour)))
	same(t, "added last, to anybody", get(w.LastAdded(ctx, ada.ID, Sight{}))(t), map[int64]time.Time{c.ID: noon.Add(time.Hour)})
	same(t, "to brook", get(w.LastAdded(ctx, ada.ID, Sight{SignedIn: true, Owns: []int64{brook.ID}}))(t), map[int64]time.Time{c.ID: noon.Add(2 * time.Hour)})
	check(t, w.DeletePackage(ctx, late.ID))

	check(t, w.RemoveFromCollection(ctx, copied.ID, x.ID))
	if code := model.CodeOf(w.RemoveFromCollection(ctx, copied.ID, x.ID)); code != model.NotFound {
		t.Errorf("taken out twice: %v", code)
	}
	check(t, w.DeletePackage(ctx, x.ID))
	same(t, "after x is gone", w.collected(c, Sight{}), []string(nil))
}
