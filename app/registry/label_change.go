package registry

import (
	"context"
	"errors"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// LabelChange says which labels files get and lose. With Only they lose all that
// are not in Add.
type LabelChange struct {
	Add, Remove []string
	Only        bool
}

// ChangeLabels puts labels on the chosen files and takes labels off, all or none,
// in one transaction and one change of the index; labels that are missing are
// made. It returns the files that are not as they were, with their labels now. A
// label that is locked is Conflict, one to take off that does not exist NotFound.
func (r *Registry) ChangeLabels(ctx context.Context, actor model.Actor, owner string, sel Selection, in LabelChange) ([]model.File, error) {
	var a model.Account
	var touched []model.File
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		var files []model.File
		var err error
		if a, files, err = r.choose(ctx, tx, actor, owner, sel, model.Write); err != nil {
			return err
		}
		if in, err = r.checkLabels(ctx, tx, actor, a, files, in); err != nil {
			return err
		}
		if touched, err = r.relabel(ctx, tx, actor, a, files, in); err != nil {
			return err
		}
		return r.indexFiles(ctx, tx, a.ID, touched...)
	})
	if err != nil {
		return nil, err
	}
	r.done(ctx, "labels changed", actor, "account", a.Login, "files", len(touched), "added", strings.Join(in.Add, " "), "removed", strings.Join(in.Remove, " "))
	return touched, nil
}

// checkLabels returns a change of files with its labels as they are kept. A name
// that no label may have fails, and so does one that is not there to be taken off.
func (r *Registry) checkLabels(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, files []model.File, c LabelChange) (LabelChange, error) {
	out := LabelChange{Only: c.Only}
	if len(c.Add)+len(c.Remove) > maxLabels {
		return out, model.Errorf(model.Invalid, "Change at most %d labels at once.", maxLabels)
	}
	var problems []error
	for _, name := range c.Add {
		label, err := model.ParseLabel(name)
		problems = append(problems, err)
		out.Add = append(out.Add, label)
	}
	if err := errors.Join(problems...); err != nil {
		return out, err
	}
	for _, name := range c.Remove {
		l, err := takenOff(ctx, tx, actor, a, files, name)
		if err != nil {
			return out, err
		}
		out.Remove = append(out.Remove, l.Name)
	}
	if c.Only { // a locked label among those that stay is no change
		return out, nil
	}
	for _, name := range slices.Concat(out.Add, out.Remove) {
		if err := mayChangeLabel(ctx, tx, a, name); err != nil {
			return out, err
		}
	}
	return out, nil
}

// takenOff finds a label that is to be taken off files. One that none of them has
// exists only for those who see another file with it.
func takenOff(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, files []model.File, name string) (model.Label, error) {
	l, err := findLabel(ctx, tx, a, name)
	if err != nil || slices.ContainsFunc(files, func(f model.File) bool { return slices.Contains(f.Labels, l.Name) }) {
		return l, err
	}
	sight, _, err := sightIn(ctx, tx, actor, a)
	if err != nil || slices.Contains(sight.Owns, a.ID) {
		return l, err
	}
	seen, err := tx.LabelFiles(ctx, a.ID, l.Name, sight)
	if err == nil && len(seen) == 0 {
		return model.Label{}, absentLabel(a, name)
	}
	return l, err
}

// relabel changes the rows of files and tells the audit log. It returns those
// that it changed, with their new labels.
func (r *Registry) relabel(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, files []model.File, in LabelChange) ([]model.File, error) {
	var touched []model.File
	var lines []model.AuditLine
	added, removed := map[string][]int64{}, map[string][]int64{}
	for _, f := range files {
		gets, loses := in.differences(f.Labels)
		if len(gets)+len(loses) == 0 {
			continue
		}
		for _, l := range gets {
			added[l] = append(added[l], f.ID)
		}
		for _, l := range loses {
			removed[l] = append(removed[l], f.ID)
		}
		lines = append(lines, r.auditLine(actor, a.Login, "file.labels", f.FullName(), labelDetail(gets, loses)))
		f.Labels = slices.DeleteFunc(append(slices.Clone(f.Labels), gets...), func(l string) bool { return slices.Contains(loses, l) })
		slices.Sort(f.Labels)
		touched = append(touched, f)
	}
	if err := r.putOn(ctx, tx, a, in.Add, added); err != nil {
		return nil, err
	}
	if err := takeOff(ctx, tx, a, removed); err != nil {
		return nil, err
	}
	return touched, tx.InsertAudits(ctx, lines)
}

// putOn puts labels on files, and makes those that are missing, also when no file
// gets them.
func (r *Registry) putOn(ctx context.Context, tx *store.Store, a model.Account, names []string, added map[string][]int64) error {
	for _, name := range names {
		l, err := tx.EnsureLabel(ctx, a.ID, name, r.Clock.Now())
		if err != nil {
			return err
		}
		if len(added[name]) == 0 {
			continue
		}
		if err := unlocked(a, l); err != nil {
			return err
		}
		if err := tx.AddLabelToFiles(ctx, l.ID, added[name]); err != nil {
			return err
		}
	}
	return nil
}

// takeOff takes labels off files. A locked one refuses: with Only nobody has
// looked before.
func takeOff(ctx context.Context, tx *store.Store, a model.Account, removed map[string][]int64) error {
	for name, ids := range removed {
		if err := mayChangeLabel(ctx, tx, a, name); err != nil {
			return err
		}
		l, err := tx.Label(ctx, a.ID, name)
		if err == nil {
			err = tx.RemoveLabelFromFiles(ctx, l.ID, ids)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// differences is what a file with the labels have gets and loses. Being added
// goes before being removed.
func (c LabelChange) differences(have []string) (gets, loses []string) {
	for _, l := range c.Add {
		if !slices.Contains(have, l) && !slices.Contains(gets, l) {
			gets = append(gets, l)
		}
	}
	for _, l := range have {
		if !slices.Contains(c.Add, l) && (c.Only || slices.Contains(c.Remove, l)) {
			loses = append(loses, l)
		}
	}
	return gets, loses
}

func labelDetail(gets, loses []string) string {
	var words []string
	for _, l := range gets {
		words = append(words, "+"+l)
	}
	for _, l := range loses {
		words = append(words, "-"+l)
	}
	return strings.Join(words, " ")
}
