package registry

import (
	"context"
	"fmt"

	"vivarium/app/model"
	"vivarium/app/store"
)

// CreateLabel makes a label that no file carries yet. It is Conflict when the
// name is taken.
func (r *Registry) CreateLabel(ctx context.Context, actor model.Actor, owner, name string) (model.Label, error) {
	label, err := model.ParseLabel(name)
	if err != nil {
		return model.Label{}, err
	}
	l := model.Label{Name: label, CreatedAt: r.Clock.Now()}
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.labelOwner(ctx, tx, actor, owner, model.Write)
		if err != nil {
			return err
		}
		l.AccountID = a.ID
		err = tx.InsertLabel(ctx, &l)
		if model.CodeOf(err) == model.Conflict {
			return model.Errorf(model.Conflict, "Label %s of %s exists already.", label, a.Login)
		}
		if err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "label.create", a.Login+"/"+label, "")
	})
	if err == nil {
		r.done(ctx, "label created", actor, "account", owner, "label", label)
	}
	return l, err
}

// labelOwner returns the account if actor may do want to all of its labels.
func (r *Registry) labelOwner(ctx context.Context, tx *store.Store, actor model.Actor, owner string, want model.Permission) (model.Account, error) {
	a, err := r.account(ctx, tx, actor, owner)
	if err != nil {
		return a, err
	}
	return a, r.requireAccount(ctx, tx, actor, a, want)
}

// findLabel returns the account's label of that name.
func findLabel(ctx context.Context, tx *store.Store, a model.Account, name string) (model.Label, error) {
	l, err := tx.Label(ctx, a.ID, model.FoldName(name))
	if model.CodeOf(err) == model.NotFound {
		return l, absentLabel(a, name)
	}
	return l, err
}

func absentLabel(a model.Account, name string) error {
	return model.Errorf(model.NotFound, "Label \"%s\" of %s does not exist.", shorten(name), a.Login)
}

// DeleteLabel removes a label from all files that carry it, and itself. The files
// stay. A locked label is Conflict.
func (r *Registry) DeleteLabel(ctx context.Context, actor model.Actor, owner, name string) error {
	var a model.Account
	var files []model.File
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if a, err = r.labelOwner(ctx, tx, actor, owner, model.Write); err != nil {
			return err
		}
		l, err := findLabel(ctx, tx, a, name)
		if err != nil {
			return err
		}
		if err := mayChangeLabel(ctx, tx, a, l.Name); err != nil {
			return err
		}
		if files, err = tx.FileNames(ctx, a.ID, store.FileFilter{Label: l.Name}); err != nil {
			return err
		}
		if _, err := r.relabel(ctx, tx, actor, a, files, LabelChange{Remove: []string{l.Name}}); err != nil {
			return err
		}
		if err := tx.DeleteLabel(ctx, l.ID); err != nil {
			return err
		}
		if err := r.indexFiles(ctx, tx, a.ID, files...); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "label.delete", a.Login+"/"+l.Name, fmt.Sprintf("%d files", len(files)))
	})
	if err != nil {
		return err
	}
	r.done(ctx, "label deleted", actor, "account", a.Login, "label", name, "files", len(files))
	return nil
}

// LockLabel locks a label against every change, or unlocks it, for the owners of
// the channel. Doing it twice changes nothing.
func (r *Registry) LockLabel(ctx context.Context, actor model.Actor, owner, name string, locked bool) (model.Label, error) {
	var l model.Label
	action := "label.unlock"
	if locked {
		action = "label.lock"
	}
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.labelOwner(ctx, tx, actor, owner, model.Admin)
		if err != nil {
			return err
		}
		if l, err = findLabel(ctx, tx, a, name); err != nil || l.Locked == locked {
			return err
		}
		l.Locked = locked
		if err := tx.UpdateLabel(ctx, &l, "locked"); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, action, a.Login+"/"+l.Name, "")
	})
	if err == nil {
		r.done(ctx, "label lock changed", actor, "account", owner, "label", l.Name, "locked", locked)
	}
	return l, err
}

// CopyLabel puts the label to on all files that carry from, in one change. It
// returns how many got it.
func (r *Registry) CopyLabel(ctx context.Context, actor model.Actor, owner, from, to string) (int, error) {
	if _, err := r.ownLabel(ctx, actor, owner, from); err != nil {
		return 0, err
	}
	files, err := r.ChangeLabels(ctx, actor, owner, Selection{Label: from}, LabelChange{Add: []string{to}})
	return len(files), err
}

// ownLabel returns a label of a channel to who may write all of it.
func (r *Registry) ownLabel(ctx context.Context, actor model.Actor, owner, name string) (model.Label, error) {
	a, err := r.labelOwner(ctx, r.Store, actor, owner, model.Write)
	if err != nil {
		return model.Label{}, err
	}
	return findLabel(ctx, r.Store, a, name)
}
