package registry

import (
	"cmp"
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Existing says what a copy does with a file that the target has already.
type Existing int

// The choices.
const (
	RefuseExisting  Existing = iota // nothing is copied
	ReplaceExisting                 // the copy takes its place
	KeepExisting                    // it stays, and what is missing is copied
)

// CopyRequest says which files are copied to which channel.
type CopyRequest struct {
	Owner string
	FileName
	ToOwner            string // empty: the account that actor acts as
	FromLabel, ToLabel string // empty: main
	Existing           Existing
}

// CopyFiles copies the files of a release, or one, that carry a label to another
// channel, all or none, and puts a label on them there. What is missing there is
// made; a package that not everyone may see stays so in its copy. Into a package
// that more people may see only who administers the source may copy. Within one
// channel the files get the label and nothing else. It returns the copies.
func (r *Registry) CopyFiles(ctx context.Context, actor model.Actor, in CopyRequest) ([]model.File, error) {
	in.FromLabel, in.ToLabel = cmp.Or(in.FromLabel, model.MainLabel), cmp.Or(in.ToLabel, model.MainLabel)
	in.ToOwner = cmp.Or(in.ToOwner, actor.Login)
	label, err := model.ParseLabel(in.ToLabel)
	if err != nil {
		return nil, err
	}
	c := copying{Registry: r, actor: actor, label: label, existing: in.Existing}
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		c.tx = tx
		return c.run(ctx, in)
	})
	if err != nil {
		return nil, err
	}
	r.done(ctx, "files copied", actor, "account", c.to.Login, "files", len(c.made))
	return c.made, nil
}

// copying is a copy under way.
type copying struct {
	*Registry
	actor    model.Actor
	tx       *store.Store
	to       model.Account
	from     PackageDetail
	label    string
	existing Existing
	made     []model.File
}

func (c *copying) run(ctx context.Context, in CopyRequest) error {
	sel := Selection{FileName: in.FileName, Label: in.FromLabel}
	from, files, err := c.choose(ctx, c.tx, c.actor, in.Owner, sel, model.Read)
	if err != nil {
		return err
	}
	if c.actor.Anonymous() {
		return signInFirst()
	}
	if c.to, err = c.account(ctx, c.tx, c.actor, in.ToOwner); err != nil {
		return err
	}
	if c.from, err = c.findPackage(ctx, c.tx, c.actor, from.Login, in.Package, model.Read); err != nil {
		return err
	}
	if from.ID == c.to.ID {
		return c.within(ctx, files)
	}
	for _, f := range files {
		if err := givenOut(f, c.from); err != nil { // a copy would give them out
			return err
		}
		if err := c.file(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// within puts the label on files of one channel.
func (c *copying) within(ctx context.Context, files []model.File) error {
	if _, err := c.findPackage(ctx, c.tx, c.actor, c.to.Login, c.from.Name, model.Write); err != nil {
		return err
	}
	in, err := c.checkLabels(ctx, c.tx, c.actor, c.to, files, LabelChange{Add: []string{c.label}})
	if err != nil {
		return err
	}
	touched, err := c.relabel(ctx, c.tx, c.actor, c.to, files, in)
	if err != nil {
		return err
	}
	c.made = append(c.made, files...)
	return c.indexFiles(ctx, c.tx, c.to.ID, touched...)
}

// file copies one file.
func (c *copying) file(ctx context.Context, f model.File) error {
	d, err := c.requireTarget(ctx, c.tx, c.actor, c.to, f.Type, c.from.Name)
	if err != nil {
		return err
	}
	old, err := c.twin(ctx, d, f)
	if err != nil {
		return err
	}
	switch {
	case old.ID != 0 && c.existing == RefuseExisting:
		return model.Errorf(model.Conflict, "File conflict: %s already exists. Copy with --update to add only what is missing, or with --replace to overwrite it.", old.FullName())
	case old.ID != 0 && c.existing == KeepExisting:
		return nil
	case old.ID != 0 && old.SHA256 == f.SHA256:
		return c.within(ctx, []model.File{old})
	case old.ID != 0:
		if err := c.removeReplaced(ctx, c.tx, c.actor, c.to, old, f); err != nil {
			return err
		}
	}
	return c.insert(ctx, d, f)
}

// twin returns the target's file of the same name, or the zero one.
func (c *copying) twin(ctx context.Context, d PackageDetail, f model.File) (old model.File, err error) {
	if find := kindOf(f.Type).find; find != nil {
		old, err = find(c.tx, ctx, c.to.ID, f.Basename)
	} else if d.ID == 0 {
		return old, nil
	} else {
		var rel model.Release
		if rel, err = c.findRelease(ctx, c.tx, d.Package, f.Type, f.Version); err == nil {
			old, err = c.tx.File(ctx, rel.ID, f.Basename)
		}
	}
	if model.CodeOf(err) == model.NotFound {
		return model.File{}, nil
	}
	return old, err
}

// insert adds the copy of f to the target's package d, made if it is the zero one.
func (c *copying) insert(ctx context.Context, d PackageDetail, f model.File) error {
	d, err := c.target(ctx, d, f.Type)
	if err != nil {
		return err
	}
	rel, _, err := c.releaseMade(ctx, c.tx, c.actor, d.Package, f.Type, f.Version)
	if err != nil {
		return err
	}
	source := f.FullName()
	if f, err = c.tx.FileByID(ctx, f.ID); err != nil {
		return err
	}
	f.ID, f.AccountID, f.PackageID, f.ReleaseID, f.Downloads = 0, c.to.ID, d.ID, rel.ID, 0
	f.Owner, f.Package, f.Version, f.Labels = c.to.Login, d.Name, rel.Version, []string{c.label}
	f.Uploader, f.UploadedAt = c.actor.Name(), c.Clock.Now()
	if err := markIndexed(&f, f.UploadedAt); err != nil {
		return err
	}
	if err := c.insertFiles(ctx, c.tx, c.to, &f); err != nil {
		return err
	}
	if err := c.audit(ctx, c.tx, c.actor, c.to.Login, "file.copy", f.FullName(), "from "+source); err != nil {
		return err
	}
	c.made = append(c.made, f)
	return c.filesChanged(ctx, c.tx, c.to.ID, f)
}

// target returns d with the type t among its own, made after the package that is
// copied when it is the zero one.
func (c *copying) target(ctx context.Context, d PackageDetail, t model.PackageType) (PackageDetail, error) {
	if d.ID == 0 {
		p, err := c.insertPackage(ctx, c.tx, c.actor, c.to, c.from.Name, c.likeSource(t))
		return PackageDetail{Package: p, Account: c.to, Permission: model.Admin}, err
	}
	if c.from.Permission < model.Admin && c.wouldOpen(d.Access) {
		return d, model.Errorf(model.Forbidden, "More people may see %s than %s. Narrow its access first, or ask an owner of %s to copy.", d.FullName(), c.from.FullName(), c.from.Account.Login)
	}
	if err := addTypes(&d.Package, []model.PackageType{t}); err != nil {
		return d, err
	}
	d.ModifiedAt = c.Clock.Now()
	return d, c.tx.UpdatePackage(ctx, &d.Package, "types", "modified_at")
}

// likeSource describes a new package as the one that is copied.
func (c *copying) likeSource(t model.PackageType) PackageChange {
	p := c.from.Package
	access := cmp.Or(c.to.DefaultAccess, c.DefaultAccess)
	if c.wouldOpen(access) {
		access = seenWith(c.from.Account, p.Access)
	}
	return PackageChange{
		Access: &access, Types: []model.PackageType{t}, Summary: &p.Summary, Description: &p.Description, License: &p.License, LicenseURL: &p.LicenseURL,
		LicenseFamily: &p.LicenseFamily, Home: &p.Home, DevURL: &p.DevURL, DocURL: &p.DocURL, SourceURL: &p.SourceURL,
	}
}

// wouldOpen reports whether a package of that access in the target's channel is
// seen by more people than the one that is copied.
func (c *copying) wouldOpen(access model.Access) bool {
	return seenWith(c.from.Account, c.from.Access).Narrower(seenWith(c.to, access))
}

// seenWith is what the access of a package of a comes to: a closed channel serves
// nothing to anonymous.
func seenWith(a model.Account, access model.Access) model.Access {
	if a.Closed && access == model.Public {
		return model.Authenticated
	}
	return access
}
