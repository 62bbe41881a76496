package registry

import (
	"context"

	"vivarium/app/model"
)

// releaseKey is a version of a package.
type releaseKey struct {
	packageID int64
	version   string
}

// releases finds the releases of the files, and makes those that are missing.
// Files that have theirs already are passed over.
func (p *publication) releases(ctx context.Context) error {
	known, err := p.namedReleases(ctx)
	if err != nil {
		return err
	}
	var missing []*model.Release
	releases := make([]*model.Release, len(p.batch))
	for i, a := range p.batch {
		if a.file.ReleaseID != 0 {
			continue
		}
		key := releaseKey{a.pkg.ID, a.file.Version}
		if known[key] == nil {
			if known[key], err = p.otherSpelling(ctx, a, known); err != nil {
				return err
			}
		}
		if known[key] == nil {
			known[key] = &model.Release{PackageID: a.pkg.ID, Version: a.file.Version, CreatedAt: p.now}
			missing = append(missing, known[key])
			p.log("release.create", a.pkg.FullName()+"/"+a.file.Version, "")
		}
		releases[i] = known[key]
	}
	if err := p.tx.InsertReleases(ctx, missing); err != nil {
		return err
	}
	for i, a := range p.batch {
		if releases[i] != nil {
			a.file.ReleaseID, a.file.Version = releases[i].ID, releases[i].Version
		}
	}
	return nil
}

// namedReleases finds the releases that are written just as the files say.
func (p *publication) namedReleases(ctx context.Context) (map[releaseKey]*model.Release, error) {
	var ids []int64
	var versions []string
	for _, a := range p.batch {
		if a.file.ReleaseID == 0 {
			if err := model.CheckVersion(a.file.Version); err != nil {
				return nil, err
			}
			ids, versions = append(ids, a.pkg.ID), append(versions, a.file.Version)
		}
	}
	list, err := p.tx.ReleasesNamed(ctx, ids, versions)
	known := map[releaseKey]*model.Release{}
	for i := range list {
		known[releaseKey{list[i].PackageID, list[i].Version}] = &list[i]
	}
	return known, err
}

// otherSpelling finds the release that holds the version of a Python file under
// another spelling: 1.0 and 1.0.0 are one version. It is nil when there is none.
func (p *publication) otherSpelling(ctx context.Context, a *archive, known map[releaseKey]*model.Release) (*model.Release, error) {
	if a.file.Type != model.PyPI {
		return nil, nil
	}
	for key, rel := range known {
		if rel != nil && key.packageID == a.pkg.ID && sameVersion(model.PyPI, key.version, a.file.Version) {
			return rel, nil
		}
	}
	list, err := p.tx.Releases(ctx, a.pkg.ID)
	for i := range list {
		if sameVersion(model.PyPI, list[i].Version, a.file.Version) {
			return &list[i], nil
		}
	}
	return nil, err
}
