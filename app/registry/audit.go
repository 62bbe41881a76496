package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// audit writes the line of a change into its transaction.
func (r *Registry) audit(ctx context.Context, tx *store.Store, actor model.Actor, account, action, subject, detail string) error {
	line := r.auditLine(actor, account, action, subject, detail)
	return tx.InsertAudit(ctx, &line)
}

func (r *Registry) auditLine(actor model.Actor, account, action, subject, detail string) model.AuditLine {
	return model.AuditLine{
		At: r.Clock.Now(), Actor: actor.Name(), Account: account, Action: action, Subject: subject, Detail: detail,
		TokenName: actor.TokenName, RemoteAddr: actor.RemoteAddr, Client: actor.Client,
	}
}
