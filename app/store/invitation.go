package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// InsertInvitation keeps an invitation and sets its ID.
func (s *Store) InsertInvitation(ctx context.Context, i *model.Invitation) error {
	_, err := s.write.NewInsert().Model(i).Exec(ctx)
	return classify(err, "keep an invitation")
}

// Invitation returns the invitation with that id, with the names that go with it.
// One by a disabled user does not exist.
func (s *Store) Invitation(ctx context.Context, id int64) (model.Invitation, error) {
	var i model.Invitation
	err := s.invitations(&i).Where("invitation.id = ?", id).Scan(ctx)
	return i, classify(err, "invitation %d", id)
}

// Invitations lists the open invitations of whoever made them, or with 0 of all,
// the newest first.
func (s *Store) Invitations(ctx context.Context, madeBy int64, now time.Time) ([]model.Invitation, error) {
	var list []model.Invitation
	q := s.invitations(&list).Where("invitation.expires_at > ?", now).OrderExpr("invitation.created_at DESC, invitation.id DESC")
	if madeBy != 0 {
		q.Where("invitation.made_by = ?", madeBy)
	}
	return list, classify(q.Scan(ctx), "list invitations")
}

func (s *Store) invitations(into any) *bun.SelectQuery {
	return s.read.NewSelect().Model(into).
		ColumnExpr("invitation.*, maker.login AS maker, coalesce(org.login, '') AS organization, coalesce(g.name, '') AS group_name").
		Join("JOIN accounts AS maker ON maker.id = invitation.made_by AND NOT maker.disabled").
		Join("LEFT JOIN groups AS g ON g.id = invitation.group_id").
		Join("LEFT JOIN accounts AS org ON org.id = g.organization_id")
}

// DeleteInvitation ends an invitation with its links and its mail.
func (s *Store) DeleteInvitation(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.Invitation)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "invitation %d", id)
}
