package registry

import (
	"context"

	"vivarium/app/model"
)

// StageProject announces a new revision of a project, the package of that name, which
// is made if it is missing. Its version is the time.
func (r *Registry) StageProject(ctx context.Context, actor model.Actor, owner, name, basename string, attrs []byte) (Staged, error) {
	d, err := r.Package(ctx, actor, owner, name)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return Staged{}, err
	}
	var taken []model.File
	for _, rel := range d.Releases {
		taken = append(taken, model.File{Version: rel.Version})
	}
	return r.StageFile(ctx, actor, StageRequest{
		Owner: owner, Package: name, Version: freeVersion(timeVersion(r.Clock.Now()), taken), Basename: basename, Type: model.Project, Attrs: attrs,
	})
}

// CommitStaged is CommitFile for clients that name no version and no file, but the
// upload alone.
func (r *Registry) CommitStaged(ctx context.Context, actor model.Actor, owner, name, distID string) (model.File, error) {
	if _, err := r.findPackage(ctx, r.Store, actor, owner, name, model.Write); err != nil {
		return model.File{}, err
	}
	unknown := model.Errorf(model.NotFound, "No upload to %s is under way under that dist_id. Start it again.", shorten(name))
	st, err := r.Store.Stage(ctx, distID)
	if model.CodeOf(err) == model.NotFound {
		return model.File{}, unknown
	}
	if err != nil {
		return model.File{}, err
	}
	rel, err := r.Store.ReleaseByID(ctx, st.ReleaseID)
	if err != nil {
		return model.File{}, err
	}
	return r.CommitFile(ctx, actor, owner, name, rel.Version, st.Basename, distID)
}
