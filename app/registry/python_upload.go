package registry

import (
	"context"

	"vivarium/app/model"
)

// PublishPython is Publish as PyPI has it: a name means the same bytes for ever,
// and what comes second is Invalid, because clients would take a Conflict for
// success.
func (r *Registry) PublishPython(ctx context.Context, actor model.Actor, channel string, in *Incoming, up Upload) (f model.File, made bool, err error) {
	up.Type, up.once = model.PyPI, true
	f, made, err = r.Publish(ctx, actor, channel, in, up)
	if model.CodeOf(err) == model.Conflict {
		err = &model.Error{Code: model.Invalid, Message: model.MessageOf(err), Err: err}
	}
	return f, made, err
}
