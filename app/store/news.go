package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// news is what a user is told until they dismiss it.
type news struct {
	bun.BaseModel `bun:"table:news,alias:news"`

	UserID    int64     `bun:"user_id,pk"`
	GroupID   int64     `bun:"group_id,pk"`
	Author    string    `bun:"author"`
	CreatedAt time.Time `bun:"created_at"`
}

// AddNews tells a user that author put them into a group. It is told once, with the
// last author.
func (s *Store) AddNews(ctx context.Context, userID, groupID int64, author string, at time.Time) error {
	_, err := s.write.NewInsert().Model(&news{UserID: userID, GroupID: groupID, Author: author, CreatedAt: at}).
		On("CONFLICT (user_id, group_id) DO UPDATE").Set("author = excluded.author, created_at = excluded.created_at").Exec(ctx)
	return classify(err, "news")
}

// DeleteNews forgets what a user was told about a group, if anything.
func (s *Store) DeleteNews(ctx context.Context, userID, groupID int64) error {
	_, err := s.write.NewDelete().Model(&news{UserID: userID, GroupID: groupID}).WherePK().Exec(ctx)
	return classify(err, "news")
}

// News lists what a user is told about groups that they are still in, the last
// first, at most limit of them.
func (s *Store) News(ctx context.Context, userID int64, limit int) ([]model.News, error) {
	var list []model.News
	err := s.read.NewSelect().Model((*news)(nil)).
		ColumnExpr("news.group_id AS group_id, organization.login AS organization, grp.name AS group_name, news.author AS author, news.created_at AS created_at").
		Join("JOIN groups AS grp ON grp.id = news.group_id").
		Join("JOIN accounts AS organization ON organization.id = grp.organization_id").
		Join("JOIN group_members AS member ON member.group_id = news.group_id AND member.user_id = news.user_id").
		Where("news.user_id = ?", userID).OrderExpr("news.created_at DESC, organization.login, grp.name").Limit(int64(limit)).Scan(ctx, &list)
	return list, classify(err, "list news")
}
