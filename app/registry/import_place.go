package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// sift takes out of a batch what the channel has already, and what has other bytes
// than a file of its name, there or earlier in the batch.
func (im *importer) sift(ctx context.Context, tx *store.Store, all []*importing) error {
	names := map[model.PackageType][]string{}
	for _, f := range all {
		if f.pending() {
			names[f.kind] = append(names[f.kind], f.file.Basename)
		}
	}
	for t, list := range names {
		known, err := tx.Digests(ctx, im.account.ID, t, list)
		if err != nil {
			return err
		}
		for _, f := range all {
			if f.kind != t || !f.pending() {
				continue
			}
			switch have := known[f.file.Basename]; have {
			case "":
				known[f.file.Basename] = f.file.SHA256
			case f.file.SHA256:
				stored, err := im.Blobs.Has(have)
				if err != nil {
					return err
				}
				f.present, f.heals = true, !stored
			default:
				f.err = OtherBytes(have)
			}
			if !f.pending() && !f.heals {
				f.drop()
			}
		}
	}
	return nil
}

// choosePackages finds the package of each file, or prepares one to be made. What
// no package takes is refused.
func (im *importer) choosePackages(ctx context.Context, tx *store.Store, all []*importing) error {
	var lookUps, normalized []string
	for _, f := range all {
		if f.pending() {
			lookUps, normalized = append(lookUps, model.FoldName(f.name)), append(normalized, model.NormalizePyPI(f.name))
		}
	}
	if len(lookUps) == 0 {
		return nil
	}
	packages, err := packagesNamed(ctx, tx, im.account, lookUps, normalized)
	if err != nil {
		return err
	}
	for _, f := range all {
		if !f.pending() {
			continue
		}
		p := chooseTarget(packages, f.kind, f.name)
		if p == nil {
			if p, f.err = im.newPackage(im.account, f.name, PackageChange{Types: []model.PackageType{f.kind}}); f.err != nil {
				continue
			}
			packages = append(packages, p)
		}
		f.pkg, f.err = p, takesFiles(*p, f.kind)
	}
	return nil
}

// takesFiles fails unless the package may hold files of type t.
func takesFiles(p model.Package, t model.PackageType) error {
	return firstError(takesType(p, t), addTypes(&p, []model.PackageType{t}))
}
