package registry

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"vivarium/app/format/conda"
	"vivarium/app/format/cran"
	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/store"
)

// noteAtOnce is how many packages are read together.
const noteAtOnce = 256

// NoteDependencies reads what those packages need of which nobody did so yet: all
// there were when this began to be kept.
func (r *Registry) NoteDependencies(ctx context.Context) error {
	for {
		ids, err := r.Store.UnreadDependencies(ctx, noteAtOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := r.Store.InTx(ctx, func(tx *store.Store) error { return noteDependencies(ctx, tx, ids) }); err != nil {
			return err
		}
	}
}

// filesChanged brings up to date, in the transaction, what is kept of files that
// came, went, or say something else now: what their packages need, and the index.
func (r *Registry) filesChanged(ctx context.Context, tx *store.Store, accountID int64, files ...model.File) error {
	var ids []int64
	for _, f := range files {
		ids = append(ids, f.PackageID)
	}
	slices.Sort(ids)
	if err := noteDependencies(ctx, tx, slices.Compact(ids)); err != nil {
		return err
	}
	return r.indexFiles(ctx, tx, accountID, files...)
}

// noteDependencies keeps what the newest files of packages need.
func noteDependencies(ctx context.Context, tx *store.Store, packageIDs []int64) error {
	releases, err := tx.OfferedReleases(ctx, packageIDs)
	if err != nil {
		return err
	}
	files, err := tx.FileNeeds(ctx, newestOf(releases))
	if err != nil {
		return err
	}
	byPackage := map[int64][]store.FileNeeds{}
	for _, f := range files {
		byPackage[f.PackageID] = append(byPackage[f.PackageID], f)
	}
	var rows []*model.Dependency
	for _, id := range packageIDs {
		for _, d := range gatherNeeds(byPackage[id]) {
			d.PackageID = id
			rows = append(rows, &d)
		}
	}
	return tx.SetDependencies(ctx, packageIDs, rows)
}

// newestOf returns the latest release of each package.
func newestOf(releases []store.OfferedRelease) []int64 {
	best := map[int64]store.OfferedRelease{}
	for _, rel := range releases {
		old, known := best[rel.PackageID]
		if !known || orderOf(rel.Types).compareOffers(offer{rel.Version, rel.Yanked}, offer{old.Version, old.Yanked}) > 0 {
			best[rel.PackageID] = rel
		}
	}
	ids := make([]int64, 0, len(best))
	for _, rel := range best {
		ids = append(ids, rel.ID)
	}
	return ids
}

// needsOfRelease is gatherNeeds of the files of a release.
func needsOfRelease(release ReleaseDetail) []model.Dependency {
	var files []store.FileNeeds
	for _, f := range release.Files {
		files = append(files, store.FileNeeds{PackageID: f.PackageID, Type: f.Type, Subdir: f.Subdir, Yanked: f.Yanked(), Record: f.Record})
	}
	return gatherNeeds(files)
}

// gatherNeeds lists what files of one release need, by type, name and text. Yanked
// files count only where there are no others.
func gatherNeeds(files []store.FileNeeds) []model.Dependency {
	if offered := slices.DeleteFunc(slices.Clone(files), func(f store.FileNeeds) bool { return f.Yanked }); len(offered) > 0 {
		files = offered
	}
	var all []model.Dependency
	subdirs := map[model.PackageType][]string{}
	for _, f := range files {
		subdirs[f.Type] = addOnce(subdirs[f.Type], f.Subdir)
		for _, n := range needsOf(f) {
			i := slices.IndexFunc(all, func(d model.Dependency) bool { return d.Type == n.Type && d.Name == n.Name && d.Accepts == n.Accepts })
			if i < 0 {
				i, all = len(all), append(all, n)
			}
			all[i].Platforms = addOnce(all[i].Platforms, f.Subdir)
		}
	}
	for i, d := range all {
		if slices.Sort(d.Platforms); len(d.Platforms) == len(subdirs[d.Type]) {
			all[i].Platforms = nil
		}
	}
	slices.SortFunc(all, func(a, b model.Dependency) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Accepts, b.Accepts))
	})
	return all
}

func addOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// needsOf lists what one file needs, as its record says.
func needsOf(f store.FileNeeds) []model.Dependency {
	var record struct {
		Depends      []string   `json:"depends"`
		RequiresDist []string   `json:"requires_dist"`
		Entry        cran.Entry `json:"entry"`
	}
	if json.Unmarshal(f.Record, &record) != nil {
		return nil // a record that says it in no way that anybody understands
	}
	var all []model.Dependency
	add := func(name, accepts string) {
		if name != "" {
			all = append(all, model.Dependency{Type: f.Type, Name: name, PackageID: f.PackageID, Accepts: accepts})
		}
	}
	switch f.Type {
	case model.Conda:
		for _, spec := range record.Depends {
			add(conda.SplitSpec(spec))
		}
	case model.PyPI:
		for _, requirement := range record.RequiresDist {
			add(pypi.SplitRequirement(requirement))
		}
	case model.RPackage:
		for _, n := range record.Entry.Needs() {
			add(model.FoldName(n.Name), n.Accepts)
		}
	}
	return all
}
