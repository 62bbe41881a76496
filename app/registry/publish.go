package registry

import (
	"context"
	"encoding/json"
	"time"

	"vivarium/app/format/conda"
	"vivarium/app/model"
	"vivarium/app/store"
)

// publish makes files visible, one or many, whichever way they came: each in its
// package and release, which are made if they are missing, with its labels. It
// tells the change log and the audit log.
func (r *Registry) publish(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account, batch ...*archive) error {
	p := publication{Registry: r, tx: tx, actor: actor, account: account, now: r.Clock.Now(), batch: batch}
	for _, step := range []func(context.Context) error{p.packages, p.releases, p.files} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := tx.InsertAudits(ctx, p.lines); err != nil {
		return err
	}
	files := make([]model.File, len(batch))
	for i, a := range batch {
		files[i] = a.file
	}
	return r.filesChanged(ctx, tx, account.ID, files...)
}

// publication is a publish under way.
type publication struct {
	*Registry
	tx      *store.Store
	actor   model.Actor
	account model.Account
	now     time.Time
	batch   []*archive
	lines   []model.AuditLine
}

func (p *publication) log(action, subject, detail string) {
	line := p.auditLine(p.actor, p.account.Login, action, subject, detail)
	line.AccountID = p.account.ID
	p.lines = append(p.lines, line)
}

// packages brings up to date what the packages say of themselves, and makes those
// that have no ID.
func (p *publication) packages(ctx context.Context) error {
	var order, missing []*model.Package
	added := map[*model.Package][]*archive{}
	for _, a := range p.batch {
		if err := takesType(*a.pkg, a.file.Type); err != nil {
			return err
		}
		if len(added[a.pkg]) == 0 {
			order = append(order, a.pkg)
		}
		added[a.pkg] = append(added[a.pkg], a)
	}
	for _, pkg := range order {
		if pkg.ID != 0 {
			if err := p.update(ctx, pkg, added[pkg]); err != nil {
				return err
			}
			continue
		}
		if _, err := describe(pkg, nil, added[pkg]); err != nil {
			return err
		}
		missing = append(missing, pkg)
		p.log("package.create", pkg.FullName(), string(pkg.Access))
	}
	return p.tx.InsertPackages(ctx, missing)
}

// update changes a package that gets files.
func (p *publication) update(ctx context.Context, pkg *model.Package, added []*archive) error {
	versions, err := p.tx.Versions(ctx, pkg.ID)
	if err != nil {
		return err
	}
	columns, err := describe(pkg, versions, added)
	if err != nil {
		return err
	}
	pkg.ModifiedAt = p.now
	return p.tx.UpdatePackage(ctx, pkg, columns...)
}

// files inserts the rows of the files and puts their labels on.
func (p *publication) files(ctx context.Context) error {
	files := make([]*model.File, len(p.batch))
	for i, a := range p.batch {
		f := &a.file
		f.AccountID, f.PackageID, f.Owner, f.Package = p.account.ID, a.pkg.ID, p.account.Login, a.pkg.Name
		f.Uploader, f.UploadedAt = p.actor.Name(), p.now
		if !a.uploadedAt.IsZero() && a.uploadedAt.Before(p.now) {
			f.UploadedAt = a.uploadedAt
		}
		if err := markIndexed(f, p.now); err != nil {
			return err
		}
		if err := p.stored(*f); err != nil {
			return err
		}
		p.log("file.publish", f.FullName(), "sha256 "+f.SHA256)
		files[i] = f
	}
	return p.insertFiles(ctx, p.tx, p.account, files...)
}

// stored fails unless the bytes of f are there.
func (r *Registry) stored(f model.File) error {
	for _, sha256 := range []string{f.SHA256, f.MetadataSHA256} {
		if sha256 == "" {
			continue
		}
		if have, err := r.Blobs.Has(sha256); err != nil || !have {
			return firstError(err, bytesGone(f.Basename))
		}
	}
	return nil
}

// insertFiles inserts files of a channel with their labels.
func (r *Registry) insertFiles(ctx context.Context, tx *store.Store, account model.Account, files ...*model.File) error {
	err := tx.InsertFiles(ctx, files)
	if model.CodeOf(err) == model.Conflict {
		return model.Errorf(model.Conflict, "%s already exists. Somebody uploaded it first.", files[0].Basename)
	}
	if err != nil {
		return err
	}
	carried := map[string][]int64{}
	for _, f := range files {
		for _, name := range f.Labels {
			carried[name] = append(carried[name], f.ID)
		}
	}
	for name, ids := range carried {
		l, err := tx.EnsureLabel(ctx, account.ID, name, r.Clock.Now())
		if err == nil {
			err = unlocked(account, l)
		}
		if err == nil {
			err = tx.AddLabelToFiles(ctx, l.ID, ids)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// markIndexed notes when the file first stands in an index, in the record of a
// conda file too (CEP 47).
func markIndexed(f *model.File, at time.Time) error {
	f.IndexedAt = at
	if f.Type != model.Conda {
		return nil
	}
	for _, record := range []*json.RawMessage{&f.Record, &f.OriginalRecord} {
		if *record == nil {
			continue
		}
		indexed, err := conda.Indexed(*record, at)
		if err != nil {
			return err
		}
		*record = indexed
	}
	return nil
}

func bytesGone(basename string) error {
	return model.Errorf(model.Conflict, "The bytes of %s are gone. Upload it again.", basename)
}
