package registry

import (
	"context"
	"slices"

	"vivarium/app/model"
)

// Labels lists the labels of owner with counts of what actor may see, by name.
func (r *Registry) Labels(ctx context.Context, actor model.Actor, owner string) ([]model.Label, error) {
	a, err := r.account(ctx, r.Store, actor, owner)
	if err != nil {
		return nil, err
	}
	sight, _, err := sightIn(ctx, r.Store, actor, a)
	if err != nil {
		return nil, err
	}
	return r.Store.Labels(ctx, a.ID, sight)
}

// LabelFiles returns a label of owner and those of its files that actor may see.
func (r *Registry) LabelFiles(ctx context.Context, actor model.Actor, owner, label string) (model.Label, []model.File, error) {
	a, err := r.account(ctx, r.Store, actor, owner)
	if err != nil {
		return model.Label{}, nil, err
	}
	l, err := findLabel(ctx, r.Store, a, label)
	if err != nil {
		return l, nil, err
	}
	sight, _, err := sightIn(ctx, r.Store, actor, a)
	if err != nil {
		return l, nil, err
	}
	files, err := r.Store.LabelFiles(ctx, a.ID, l.Name, sight)
	if err == nil && len(files) == 0 && !slices.Contains(sight.Owns, a.ID) {
		return model.Label{}, nil, absentLabel(a, label) // a label's name is hidden with its files
	}
	return l, files, err
}
