package registry

import (
	"context"

	"vivarium/app/model"
)

// LogFailure writes an unexpected error of the request that ctx belongs to, with its
// causes, unless its client went away: that is why it failed then, and no fault of the
// site.
func (r *Registry) LogFailure(ctx context.Context, message string, err error) {
	if !model.ClientLeft(ctx) {
		r.Log.ErrorContext(ctx, message, "route", model.RouteOf(ctx).Pattern, "error", model.TraceOf(err))
	}
}
