package registry

import (
	"context"
	"fmt"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Transfer is a package that is to go to another account, and who loses what they
// have on it.
type Transfer struct {
	PackageDetail
	To            model.Account
	Collaborators []model.Collaborator
	Groups        []model.Group
}

// CheckTransfer returns what TransferPackage would do, or fails as it would.
func (r *Registry) CheckTransfer(ctx context.Context, actor model.Actor, owner, name, to string) (t Transfer, err error) {
	err = r.Store.InReadTx(ctx, func(tx *store.Store) error {
		t, err = r.planTransfer(ctx, tx, actor, owner, name, to)
		return err
	})
	return t, err
}

// TransferPackage gives a package to another account: its releases and files with
// their labels' names, its stars and download counts. What groups and collaborators
// had on it ends, and its old addresses answer as if it had never been. It takes
// Admin on the package and the right to make packages in the other account, which
// must have none of that name; nothing under a locked label moves, and nothing out
// of an immutable channel.
func (r *Registry) TransferPackage(ctx context.Context, actor model.Actor, owner, name, to string) (PackageDetail, error) {
	var t Transfer
	var d PackageDetail
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if t, err = r.planTransfer(ctx, tx, actor, owner, name, to); err != nil {
			return err
		}
		if err := r.move(ctx, tx, t); err != nil {
			return err
		}
		if err := tx.InsertAudits(ctx, r.transferLines(actor, t)); err != nil {
			return err
		}
		d, err = r.packageDetail(ctx, tx, actor, t.To.Login, t.Name, model.Read)
		return err
	})
	if err != nil {
		return PackageDetail{}, err
	}
	r.done(ctx, "package transferred", actor, "package", d.FullName(), "from", t.FullName())
	return d, nil
}

// planTransfer decides whether a package may go to another account.
func (r *Registry) planTransfer(ctx context.Context, tx *store.Store, actor model.Actor, owner, name, to string) (t Transfer, err error) {
	if t.PackageDetail, err = r.packageDetail(ctx, tx, actor, owner, name, model.Admin); err != nil {
		return t, err
	}
	if to == "" {
		return t, model.FieldErrorf("to", "Name the account that gets %s.", t.Name)
	}
	if t.To, err = r.account(ctx, tx, actor, to); err != nil {
		return t, err
	}
	if t.To.ID == t.AccountID {
		return t, model.Errorf(model.Conflict, "%s belongs to %s already. Name another account.", t.Name, t.Owner)
	}
	if err := r.requireAccount(ctx, tx, actor, t.To, model.Write); err != nil {
		return t, err
	}
	for _, check := range []func() error{
		func() error { return r.mayRemove(ctx, tx, t.Account, t.Files()) },
		func() error { return mayChangeLabels(ctx, tx, t.To, t.Files()) },
		func() error { return nameFreeIn(ctx, tx, t) },
	} {
		if err := check(); err != nil {
			return t, err
		}
	}
	if t.Collaborators, err = tx.Collaborators(ctx, t.ID); err != nil {
		return t, err
	}
	t.Groups, err = tx.PackageGroups(ctx, t.ID)
	return t, err
}

// nameFreeIn fails with Conflict when the account that is to get a package has one
// of its name, or had Python files of the names of its files with other bytes.
func nameFreeIn(ctx context.Context, tx *store.Store, t Transfer) error {
	list, err := packagesNamed(ctx, tx, t.To, []string{t.LookupName}, []string{t.NormalizedName})
	if err != nil {
		return err
	}
	for _, p := range list {
		if p.LookupName == t.LookupName || p.HasType(model.PyPI) || t.HasType(model.PyPI) {
			return model.Errorf(model.Conflict, "%s has a package %s already. Delete one of the two first.", t.To.Login, p.Name)
		}
	}
	retired, err := tx.RetiredOtherwise(ctx, t.To.ID, pythonFiles(t.Files()))
	if err == nil && len(retired) > 0 {
		return model.Errorf(model.Conflict, "%s once had a file %s with other bytes, and to Python installers a name means the same bytes for ever. Delete that file first.", t.To.Login, retired[0])
	}
	return err
}

// move changes the rows, and tells the change logs of both channels. The names of
// Python files stay taken where they were.
func (r *Registry) move(ctx context.Context, tx *store.Store, t Transfer) error {
	now, files := r.Clock.Now(), t.Files()
	if err := r.indexPackages(ctx, tx, t.AccountID, t.LookupName); err != nil { // for those who lose it
		return err
	}
	if err := r.retire(ctx, tx, files); err != nil {
		return err
	}
	for i := range files {
		if err := markIndexed(&files[i], now); err != nil {
			return err
		}
	}
	if err := tx.MovePackage(ctx, t.ID, t.To.ID, files, now); err != nil {
		return err
	}
	return r.indexPackages(ctx, tx, t.To.ID, t.LookupName)
}

// transferLines tells the audit logs of both accounts.
func (r *Registry) transferLines(actor model.Actor, t Transfer) []model.AuditLine {
	left := fmt.Sprintf("%d files, without %d groups and %d collaborators", len(t.Files()), len(t.Groups), len(t.Collaborators))
	return []model.AuditLine{
		r.auditLine(actor, t.Owner, "package.transfer", t.FullName(), "to "+t.To.Login+": "+left),
		r.auditLine(actor, t.To.Login, "package.receive", t.To.Login+"/"+t.Name, "from "+t.Owner+": "+left),
	}
}
