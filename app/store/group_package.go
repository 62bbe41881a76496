package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// groupPackage is a package that a group's permission covers.
type groupPackage struct {
	bun.BaseModel `bun:"table:group_packages,alias:attached"`

	GroupID   int64     `bun:"group_id,pk"`
	PackageID int64     `bun:"package_id,pk"`
	CreatedAt time.Time `bun:"created_at"`
}

// AddGroupPackage attaches a package to a group. It fails with Conflict when it
// is attached already.
func (s *Store) AddGroupPackage(ctx context.Context, groupID, packageID int64, at time.Time) error {
	_, err := s.write.NewInsert().Model(&groupPackage{GroupID: groupID, PackageID: packageID, CreatedAt: at}).Exec(ctx)
	return classify(err, "package of the group")
}

// RemoveGroupPackage takes a package off a group.
func (s *Store) RemoveGroupPackage(ctx context.Context, groupID, packageID int64) error {
	res, err := s.write.NewDelete().Model(&groupPackage{GroupID: groupID, PackageID: packageID}).WherePK().Exec(ctx)
	return changed(res, err, "package of the group")
}

// GroupPackages lists the packages attached to a group, by name.
func (s *Store) GroupPackages(ctx context.Context, groupID int64) ([]model.Package, error) {
	var list []model.Package
	err := s.selectPackages(&list).
		Where("package.id IN (SELECT package_id FROM group_packages WHERE group_id = ?)", groupID).
		OrderExpr("package.lookup_name").Scan(ctx)
	return list, classify(err, "list packages of a group")
}

// PackageGroups lists the groups whose permission covers a package because it is
// attached to them, by name.
func (s *Store) PackageGroups(ctx context.Context, packageID int64) ([]model.Group, error) {
	var list []model.Group
	err := s.selectGroups(&list).
		Where("id IN (SELECT group_id FROM group_packages WHERE package_id = ?)", packageID).
		Order("name").Scan(ctx)
	return list, classify(err, "list groups of a package")
}
