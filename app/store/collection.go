package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// collectionPackage is one package in a collection.
type collectionPackage struct {
	bun.BaseModel `bun:"table:collection_packages"`

	CollectionID int64     `bun:"collection_id,pk"`
	PackageID    int64     `bun:"package_id,pk"`
	AddedAt      time.Time `bun:"added_at"`
}

// InsertCollection adds c and sets its ID.
func (s *Store) InsertCollection(ctx context.Context, c *model.Collection) error {
	_, err := s.write.NewInsert().Model(c).Exec(ctx)
	return classify(err, "collection %q", c.Name)
}

// UpdateCollection writes c.
func (s *Store) UpdateCollection(ctx context.Context, c *model.Collection) error {
	res, err := s.write.NewUpdate().Model(c).Column("access", "description", "modified_at").WherePK().Exec(ctx)
	return changed(res, err, "collection %q", c.Name)
}

// DeleteCollection removes a collection; its packages stay where they are.
func (s *Store) DeleteCollection(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.Collection)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "collection %d", id)
}

// Collection returns the account's collection of that name.
func (s *Store) Collection(ctx context.Context, accountID int64, name string) (model.Collection, error) {
	var c model.Collection
	err := s.read.NewSelect().Model(&c).Where("account_id = ? AND name = ?", accountID, name).Scan(ctx)
	return c, classify(err, "collection %q", name)
}

// Collections lists the account's collections by name.
func (s *Store) Collections(ctx context.Context, accountID int64) ([]model.Collection, error) {
	var list []model.Collection
	err := s.read.NewSelect().Model(&list).Where("account_id = ?", accountID).Order("name").Scan(ctx)
	return list, classify(err, "list collections")
}

// AddToCollection puts a package into a collection, which may have it already.
func (s *Store) AddToCollection(ctx context.Context, collectionID, packageID int64, at time.Time) error {
	_, err := s.write.NewInsert().Model(&collectionPackage{CollectionID: collectionID, PackageID: packageID, AddedAt: at}).On("CONFLICT DO NOTHING").Exec(ctx)
	return classify(err, "add package %d to collection %d", packageID, collectionID)
}

// RemoveFromCollection takes a package out of a collection.
func (s *Store) RemoveFromCollection(ctx context.Context, collectionID, packageID int64) error {
	res, err := s.write.NewDelete().Model((*collectionPackage)(nil)).Where("collection_id = ? AND package_id = ?", collectionID, packageID).Exec(ctx)
	return changed(res, err, "package %d in collection %d", packageID, collectionID)
}

// Collected lists what is in all collections of an account, as far as it is in sight,
// by the packages' names.
func (s *Store) Collected(ctx context.Context, accountID int64, sight Sight) ([]model.Collected, error) {
	var list []model.Collected
	err := s.read.NewSelect().TableExpr("collection_packages AS c").ColumnExpr("c.collection_id, owner.login || '/' || package.name AS package").
		Join("JOIN collections ON collections.id = c.collection_id").Join("JOIN packages AS package ON package.id = c.package_id").
		Join("JOIN accounts AS owner ON owner.id = package.account_id").
		Where("collections.account_id = ?", accountID).Where("?", sight.condition()).OrderExpr("owner.login, package.lookup_name").Scan(ctx, &list)
	return list, classify(err, "list what is in collections")
}

// LastAdded says when of what is in sight something was added last to each collection
// of an account, by the collections' ids.
func (s *Store) LastAdded(ctx context.Context, accountID int64, sight Sight) (map[int64]time.Time, error) {
	var list []collectionPackage
	err := s.read.NewSelect().TableExpr("collection_packages AS c").ColumnExpr("c.collection_id, max(c.added_at) AS added_at").
		Join("JOIN collections ON collections.id = c.collection_id").Join("JOIN packages AS package ON package.id = c.package_id").
		Where("collections.account_id = ?", accountID).Where("?", sight.condition()).GroupExpr("c.collection_id").Scan(ctx, &list)
	last := make(map[int64]time.Time, len(list))
	for _, c := range list {
		last[c.CollectionID] = c.AddedAt
	}
	return last, classify(err, "list what was added to collections")
}

// FillCollection puts what is in sight of one collection into another as well.
func (s *Store) FillCollection(ctx context.Context, from, into int64, sight Sight, at time.Time) error {
	_, err := s.write.NewRaw(`INSERT INTO collection_packages (collection_id, package_id, added_at)
		SELECT ?, c.package_id, ? FROM collection_packages AS c JOIN packages AS package ON package.id = c.package_id
		WHERE c.collection_id = ? AND ? ON CONFLICT DO NOTHING`, into, at, from, sight.condition()).Exec(ctx)
	return classify(err, "fill collection %d", into)
}
