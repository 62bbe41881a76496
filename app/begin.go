package main

import (
	"context"

	"vivarium/app/model"
)

// mayBegin fails when a new database would begin beside the bytes of another one,
// which was lost: the site would be empty, and all those bytes garbage.
func (p *parts) mayBegin(ctx context.Context) error {
	version, err := p.store.Version(ctx)
	if err != nil || version > 0 {
		return err
	}
	for _, err := range p.blobs.All(ctx) {
		if err != nil {
			return err
		}
		return model.Errorf(model.Conflict, "The data folder %s holds the bytes of packages, but its %s is missing or empty. "+
			"Put the database back, or restore a backup into an empty folder; to begin anew, move %s/blobs away.", p.config.DataDir, databaseFile, p.config.DataDir)
	}
	return nil
}
