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
	// Permission is the level on this package; NoAccess stands for the group's own.
	Permission model.Permission `bun:"permission"`
}

// AddGroupPackage attaches a package to a group. It fails with Conflict when it
// is attached already.
func (s *Store) AddGroupPackage(ctx context.Context, groupID, packageID int64, at time.Time) error {
	_, err := s.write.NewInsert().Model(&groupPackage{GroupID: groupID, PackageID: packageID, CreatedAt: at}).Exec(ctx)
	return classify(err, "package of the group")
}

// SetGroupPackage gives a group a permission of its own on one package, which it
// attaches if need be. NoAccess is the group's.
func (s *Store) SetGroupPackage(ctx context.Context, groupID, packageID int64, p model.Permission, at time.Time) error {
	row := &groupPackage{GroupID: groupID, PackageID: packageID, CreatedAt: at, Permission: p}
	_, err := s.write.NewInsert().Model(row).On("CONFLICT (group_id, package_id) DO UPDATE").Set("permission = EXCLUDED.permission").Exec(ctx)
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

// GroupLevels returns the permission that a group has on each of the packages
// attached to it, by package.
func (s *Store) GroupLevels(ctx context.Context, groupID int64) (map[int64]model.Permission, error) {
	var rows []groupPackage
	err := s.read.NewSelect().Model(&rows).Column("package_id").ColumnExpr(attachedLevel+" AS permission").
		Join("JOIN groups AS grp ON grp.id = attached.group_id").Where("attached.group_id = ?", groupID).Scan(ctx)
	levels := map[int64]model.Permission{}
	for _, row := range rows {
		levels[row.PackageID] = row.Permission
	}
	return levels, classify(err, "list levels of a group")
}

// AttachedLevels returns the permissions that the groups of an organization have on
// the packages attached to each, by group and package.
func (s *Store) AttachedLevels(ctx context.Context, orgID int64) (map[int64]map[int64]model.Permission, error) {
	var rows []groupPackage
	err := s.read.NewSelect().Model(&rows).Column("group_id", "package_id").ColumnExpr(attachedLevel+" AS permission").
		Join("JOIN groups AS grp ON grp.id = attached.group_id").Where("grp.organization_id = ?", orgID).Scan(ctx)
	levels := map[int64]map[int64]model.Permission{}
	for _, row := range rows {
		if levels[row.GroupID] == nil {
			levels[row.GroupID] = map[int64]model.Permission{}
		}
		levels[row.GroupID][row.PackageID] = row.Permission
	}
	return levels, classify(err, "list levels of groups")
}

// attachedLevel is the permission that the group grp has on a package attached to
// it.
const attachedLevel = "CASE attached.permission WHEN 0 THEN grp.permission ELSE attached.permission END"

// PackageGroups lists the groups that a package is attached to, by name, with the
// permission that each has on it.
func (s *Store) PackageGroups(ctx context.Context, packageID int64) ([]model.Group, error) {
	var list []model.Group
	err := s.read.NewSelect().Model(&list).ModelTableExpr("groups AS grp").
		ColumnExpr("grp.id, grp.organization_id, grp.name, "+attachedLevel+" AS permission, grp.all_packages, grp.created_at").Apply(groupCounts).
		Join("JOIN group_packages AS attached ON attached.group_id = grp.id").
		Where("attached.package_id = ?", packageID).OrderExpr("grp.name").Scan(ctx)
	return list, classify(err, "list groups of a package")
}
