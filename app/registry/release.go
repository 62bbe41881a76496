package registry

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"vivarium/app/model"
	"vivarium/app/store"
)

// ReleaseChange says what of a release changes; nil stays.
type ReleaseChange struct {
	Description  *string
	Announce     *string
	Attrs        []byte // a JSON object, merged into what is there
	Requirements []byte // JSON
}

func (c ReleaseChange) apply(rel *model.Release) error {
	for _, f := range []struct{ field, value *string }{{&rel.Description, c.Description}, {&rel.Announce, c.Announce}} {
		if f.value == nil {
			continue
		}
		if len(*f.value) > maxText {
			return model.Errorf(model.Invalid, "A release's description may have at most %d bytes.", maxText)
		}
		*f.field = *f.value
	}
	if len(c.Requirements) > 0 {
		rel.Requirements = c.Requirements
	}
	merged, err := mergeObjects(rel.Attrs, c.Attrs)
	if err != nil {
		return err
	}
	rel.Attrs = merged
	return nil
}

// mergeObjects is joinObjects with a bound on the result.
func mergeObjects(old, change []byte) (json.RawMessage, error) {
	merged, err := joinObjects(old, change)
	if err == nil && len(merged) > maxText {
		return nil, model.Errorf(model.Invalid, "The attributes may have at most %d bytes.", maxText)
	}
	return merged, err
}

// joinObjects returns the JSON object old with the members of change.
func joinObjects(old, change []byte) (json.RawMessage, error) {
	into := map[string]json.RawMessage{}
	for _, raw := range [][]byte{old, change} {
		if len(raw) == 0 {
			continue
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(raw, &members); err != nil {
			return nil, model.Errorf(model.Invalid, "The attributes must be a JSON object.")
		}
		maps.Copy(into, members)
	}
	return json.Marshal(into)
}

// Release returns one version of a package, with the package.
func (r *Registry) Release(ctx context.Context, actor model.Actor, owner, name, version string) (PackageDetail, ReleaseDetail, error) {
	d, err := r.Package(ctx, actor, owner, name)
	if err != nil {
		return d, ReleaseDetail{}, err
	}
	rel, err := d.Release(version)
	return d, rel, err
}

// Release returns the release of that version, or NotFound.
func (d PackageDetail) Release(version string) (ReleaseDetail, error) {
	for _, rel := range d.Releases {
		if sameVersion(typeOf(d.Package), rel.Version, version) {
			return rel, nil
		}
	}
	return ReleaseDetail{}, model.Errorf(model.NotFound, "Release \"%s/%s\" does not exist.", d.FullName(), shorten(version))
}

// CreateRelease makes an empty release. It is Conflict when it exists.
func (r *Registry) CreateRelease(ctx context.Context, actor model.Actor, owner, name, version string, in ReleaseChange) (ReleaseDetail, error) {
	var rel model.Release
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		d, err := r.findPackage(ctx, tx, actor, owner, name, model.Write)
		if err != nil {
			return err
		}
		rel, err = r.insertRelease(ctx, tx, actor, d.Package, version, in)
		return err
	})
	if err == nil {
		r.done(ctx, "release created", actor, "package", owner+"/"+name, "release", version)
	}
	return ReleaseDetail{Release: rel}, err
}

func (r *Registry) insertRelease(ctx context.Context, tx *store.Store, actor model.Actor, p model.Package, version string, in ReleaseChange) (model.Release, error) {
	if err := model.CheckVersion(version); err != nil {
		return model.Release{}, err
	}
	rel := model.Release{PackageID: p.ID, Version: version, CreatedAt: r.Clock.Now()}
	if err := in.apply(&rel); err != nil {
		return rel, err
	}
	err := tx.InsertRelease(ctx, &rel)
	if model.CodeOf(err) == model.Conflict {
		return rel, model.Errorf(model.Conflict, "Release %s/%s already exists.", p.FullName(), version)
	}
	if err != nil {
		return rel, err
	}
	return rel, r.audit(ctx, tx, actor, p.Owner, "release.create", p.FullName()+"/"+version, "")
}

// UpdateRelease changes a release.
func (r *Registry) UpdateRelease(ctx context.Context, actor model.Actor, owner, name, version string, in ReleaseChange) (ReleaseDetail, error) {
	var rel ReleaseDetail
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		d, err := r.packageDetail(ctx, tx, actor, owner, name, model.Write)
		if err != nil {
			return err
		}
		if rel, err = d.Release(version); err != nil {
			return err
		}
		if err := in.apply(&rel.Release); err != nil {
			return err
		}
		if err := tx.UpdateRelease(ctx, &rel.Release, "description", "announce", "attrs", "requirements"); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, d.Owner, "release.update", d.FullName()+"/"+version, "")
	})
	if err == nil {
		r.done(ctx, "release changed", actor, "package", owner+"/"+name, "release", version)
	}
	return rel, err
}

// DeleteRelease removes a release with its files.
func (r *Registry) DeleteRelease(ctx context.Context, actor model.Actor, owner, name, version string) error {
	var d PackageDetail
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if d, err = r.packageDetail(ctx, tx, actor, owner, name, model.Write); err != nil {
			return err
		}
		rel, err := d.Release(version)
		if err != nil {
			return err
		}
		if err := r.mayRemove(ctx, tx, d.Account, rel.Files); err != nil {
			return err
		}
		if err := r.retire(ctx, tx, rel.Files); err != nil {
			return err
		}
		if err := tx.DeleteRelease(ctx, rel.ID); err != nil {
			return err
		}
		if err := r.filesChanged(ctx, tx, d.AccountID, rel.Files...); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, d.Owner, "release.delete", d.FullName()+"/"+version, fmt.Sprintf("%d files", len(rel.Files)))
	})
	if err != nil {
		return err
	}
	r.done(ctx, "release deleted", actor, "package", d.FullName(), "release", version)
	return nil
}
