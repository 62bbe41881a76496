package store

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"vivarium/app/model"
)

// TestGrantSetIsKept: what somebody was granted one by one is read again when
// somebody's grants in that account change, and after no other write.
func TestGrantSetIsKept(t *testing.T) {
	t.Parallel()
	h, ctx := newHousehold(t), t.Context()
	other := h.pkg(h.ada, "mine", model.Private)
	asked := listen(h.Store)
	reads := func(what string, want int, change func() error) {
		t.Helper()
		check(t, change())
		asked.list = nil
		set := get(h.GrantSet(ctx, h.brook.ID, h.labs.ID))(t)
		same(t, what+": the set", set.Packages, []int64{h.x.ID})
		n := 0
		for _, q := range asked.list {
			if strings.Contains(q, "collaborators") {
				n++
			}
		}
		same(t, what+": read", n, want)
		set.Packages[0] = 0 // is the caller's own
	}
	reads("at first", 1, func() error { return nil })
	reads("again", 0, func() error { return nil })
	reads("after an upload", 0, func() error { h.world.conda(h.x, "2.0", "noarch", "main"); return nil })
	reads("after a use", 0, func() error { return h.TouchToken(ctx, h.token.ID, noon, "here") })
	reads("after a grant elsewhere", 0, func() error { return h.SetCollaborator(ctx, other.ID, h.brook.ID, model.Read, noon) })
	reads("after another level", 0, func() error { return h.SetCollaborator(ctx, h.x.ID, h.brook.ID, model.Read, noon) })
	reads("after a grant here", 1, func() error { return h.SetCollaborator(ctx, h.x.ID, h.ada.ID, model.Read, noon) })
	elsewhere := openAt(t, h.db.path)
	reads("after one by another process", 1, func() error { return elsewhere.RemoveCollaborator(ctx, h.x.ID, h.ada.ID) })
}

// TestGrantSetFollows every kind of change of grants, here and by a store that keeps
// nothing of them.
func TestGrantSetFollows(t *testing.T) {
	t.Parallel()
	h, ctx := newHousehold(t), t.Context()
	y := h.pkg(h.labs, "y", model.Private)
	second := h.group
	second.ID, second.Name = 0, "second"
	check(t, h.InsertGroup(ctx, &second))
	for _, c := range []struct {
		name string
		do   func() error
	}{
		{"join", func() error {
			check(t, h.AddGroupPackage(ctx, second.ID, y.ID, noon))
			return h.AddMember(ctx, second.ID, h.brook.ID, noon)
		}},
		{"leave", func() error { return h.RemoveMember(ctx, second.ID, h.brook.ID) }},
		{"attach", func() error {
			check(t, h.AddMember(ctx, h.group.ID, h.brook.ID, noon))
			return h.AddGroupPackage(ctx, h.group.ID, y.ID, noon)
		}},
		{"detach", func() error { return h.RemoveGroupPackage(ctx, h.group.ID, y.ID) }},
		{"set a level", func() error { return h.SetGroupPackage(ctx, h.group.ID, y.ID, model.Write, noon) }},
		{"delete the group", func() error { return h.DeleteGroup(ctx, h.group.ID) }},
		{"collaborate", func() error { return h.SetCollaborator(ctx, y.ID, h.brook.ID, model.Read, noon) }},
		{"collaborate no more", func() error { return h.RemoveCollaborator(ctx, y.ID, h.brook.ID) }},
		{"give away", func() error { return h.MovePackage(ctx, h.x.ID, h.ada.ID, nil, noon) }},
		{"collaborate again", func() error { return h.SetCollaborator(ctx, y.ID, h.brook.ID, model.Read, noon) }},
		{"delete the package", func() error { return h.DeletePackage(ctx, y.ID) }},
		{"another package", func() error {
			y = h.pkg(h.labs, "y", model.Private)
			return h.SetCollaborator(ctx, y.ID, h.brook.ID, model.Read, noon)
		}},
		{"delete the user", func() error { return h.DeleteAccount(ctx, h.brook.ID) }},
	} {
		before := get(h.GrantSet(ctx, h.brook.ID, h.labs.ID))(t)
		check(t, c.do())
		var truth GrantSet
		check(t, h.InTx(ctx, func(tx *Store) (err error) {
			truth, err = tx.GrantSet(ctx, h.brook.ID, h.labs.ID)
			return err
		}))
		same(t, c.name, get(h.GrantSet(ctx, h.brook.ID, h.labs.ID))(t), truth)
		check(t, h.InReadTx(ctx, func(tx *Store) error {
			same(t, c.name+", in a transaction", get(tx.GrantSet(ctx, h.brook.ID, h.labs.ID))(t), truth)
			return nil
		}))
		if reflect.DeepEqual(before, truth) {
			t.Errorf("%s changes nothing: %v", c.name, before)
		}
	}
}

// TestGrantSetOfWhatIsTakenBack asks within a transaction that is taken back; what
// comes in its place has as many changes.
func TestGrantSetOfWhatIsTakenBack(t *testing.T) {
	t.Parallel()
	h, ctx := newHousehold(t), t.Context()
	y, z := h.pkg(h.labs, "y", model.Private), h.pkg(h.labs, "z", model.Private)
	get(h.GrantSet(ctx, h.brook.ID, h.labs.ID))(t)
	back := errors.New("taken back")
	err := h.InTx(ctx, func(tx *Store) error {
		check(t, tx.SetCollaborator(ctx, y.ID, h.brook.ID, model.Read, noon))
		same(t, "within", get(tx.GrantSet(ctx, h.brook.ID, h.labs.ID))(t).Packages, []int64{h.x.ID, y.ID})
		return back
	})
	if !errors.Is(err, back) {
		t.Fatal(err)
	}
	check(t, h.SetCollaborator(ctx, z.ID, h.brook.ID, model.Read, noon))
	same(t, "after", get(h.GrantSet(ctx, h.brook.ID, h.labs.ID))(t).Packages, []int64{h.x.ID, z.ID})
}

func TestNumbersIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lists []string
		want  []int64
	}{{[]string{"", ""}, nil}, {[]string{"7", ""}, []int64{7}}, {[]string{"30,4", "100,30,5"}, []int64{4, 5, 30, 100}}} {
		same(t, strings.Join(c.lists, " and "), get(numbersIn(c.lists...))(t), c.want)
	}
	if all, err := numbersIn("1,,2"); err == nil {
		t.Errorf("got %v", all)
	}
}
