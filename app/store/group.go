package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// groupMember is one user's place in one group.
type groupMember struct {
	bun.BaseModel `bun:"table:group_members,alias:member"`

	GroupID   int64     `bun:"group_id,pk"`
	UserID    int64     `bun:"user_id,pk"`
	CreatedAt time.Time `bun:"created_at"`
}

// InsertGroup adds g and sets its ID.
func (s *Store) InsertGroup(ctx context.Context, g *model.Group) error {
	_, err := s.write.NewInsert().Model(g).Exec(ctx)
	return classify(err, "group %q", g.Name)
}

// Group returns the group of that name of an organization.
func (s *Store) Group(ctx context.Context, orgID int64, name string) (model.Group, error) {
	var g model.Group
	err := s.read.NewSelect().Model(&g).Where("organization_id = ? AND name = ?", orgID, name).Scan(ctx)
	return g, classify(err, "group %q", name)
}

// selectGroups selects groups with Members and Packages counted.
func (s *Store) selectGroups(into any) *bun.SelectQuery {
	return s.read.NewSelect().Model(into).ModelTableExpr("groups AS grp").ColumnExpr("grp.*").Apply(groupCounts)
}

func groupCounts(q *bun.SelectQuery) *bun.SelectQuery {
	return q.ColumnExpr("(SELECT count(*) FROM group_members AS m WHERE m.group_id = grp.id) AS members").
		ColumnExpr("(SELECT count(*) FROM group_packages AS gp WHERE gp.group_id = grp.id) AS packages")
}

// Groups lists an organization's groups with their counts, Owners first, then by
// name.
func (s *Store) Groups(ctx context.Context, orgID int64) ([]model.Group, error) {
	var list []model.Group
	err := s.selectGroups(&list).Where("organization_id = ?", orgID).
		OrderExpr("name <> ?, name", model.OwnersGroup).Scan(ctx)
	return list, classify(err, "list groups")
}

// UpdateGroup writes a group's permission and reach.
func (s *Store) UpdateGroup(ctx context.Context, g *model.Group) error {
	res, err := s.write.NewUpdate().Model(g).Column("permission", "all_packages").WherePK().Exec(ctx)
	return changed(res, err, "group %q", g.Name)
}

// DeleteGroup removes a group; its members and packages stay.
func (s *Store) DeleteGroup(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.Group)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "group %d", id)
}

// Members lists the members of a group, by login.
func (s *Store) Members(ctx context.Context, groupID int64) ([]model.Account, error) {
	var list []model.Account
	err := s.read.NewSelect().Model(&list).
		Where("id IN (SELECT user_id FROM group_members WHERE group_id = ?)", groupID).Order("login").Scan(ctx)
	return list, classify(err, "list members")
}

// OrganizationMembers lists the users who are in any group of an organization, by
// login.
func (s *Store) OrganizationMembers(ctx context.Context, orgID int64) ([]model.Member, error) {
	var list []model.Member
	err := s.read.NewSelect().Model(&list).ModelTableExpr("accounts AS account").ColumnExpr("?TableColumns").
		ColumnExpr("json_group_array(grp.name ORDER BY grp.name = ?, grp.name) AS member_of", model.OwnersGroup).
		Join("JOIN group_members AS member ON member.user_id = account.id").
		Join("JOIN groups AS grp ON grp.id = member.group_id").
		Where("grp.organization_id = ?", orgID).Group("account.id").OrderExpr("account.login").Scan(ctx)
	return list, classify(err, "list members of an organization")
}

// AddMember puts a user into a group. It fails with Conflict when the user is in
// it already.
func (s *Store) AddMember(ctx context.Context, groupID, userID int64, at time.Time) error {
	_, err := s.write.NewInsert().Model(&groupMember{GroupID: groupID, UserID: userID, CreatedAt: at}).Exec(ctx)
	return classify(err, "member")
}

// RemoveMember takes a user out of a group.
func (s *Store) RemoveMember(ctx context.Context, groupID, userID int64) error {
	res, err := s.write.NewDelete().Model(&groupMember{GroupID: groupID, UserID: userID}).WherePK().Exec(ctx)
	return changed(res, err, "member")
}

// IsOwner reports whether a user is in the Owners group of an organization.
func (s *Store) IsOwner(ctx context.Context, orgID, userID int64) (bool, error) {
	return remember(ctx, s, rowKey{noun: ownership, id: userID, of: orgID}, func() (bool, error) {
		owner, err := s.memberships(userID).Where("grp.organization_id = ? AND grp.name = ?", orgID, model.OwnersGroup).Exists(ctx)
		return owner, classify(err, "look for an owner")
	})
}

// Organizations lists the organizations in which a user is a member of any
// group, by login.
func (s *Store) Organizations(ctx context.Context, userID int64) ([]model.Account, error) {
	return s.organizations(ctx, s.memberships(userID))
}

// OrganizationsOwned lists the organizations in whose Owners group a user is, by
// login.
func (s *Store) OrganizationsOwned(ctx context.Context, userID int64) ([]model.Account, error) {
	return s.organizations(ctx, s.memberships(userID).Where("grp.name = ?", model.OwnersGroup))
}

// OrganizationsFilled lists the organizations in which the user may make packages,
// by login.
func (s *Store) OrganizationsFilled(ctx context.Context, userID int64) ([]model.Account, error) {
	return s.organizations(ctx, s.memberships(userID).Where("grp.all_packages AND grp.permission >= ?", model.Write))
}

// OrganizationsSoleOwned lists the organizations that would be without an owner
// if the user left, by login. Disabled owners count as owners.
func (s *Store) OrganizationsSoleOwned(ctx context.Context, userID int64) ([]model.Account, error) {
	others := s.read.NewSelect().Model((*groupMember)(nil)).ModelTableExpr("group_members AS other").
		ColumnExpr("1").Where("other.group_id = grp.id AND other.user_id <> member.user_id")
	return s.organizations(ctx, s.memberships(userID).
		Where("grp.name = ?", model.OwnersGroup).Where("NOT EXISTS (?)", others))
}

// memberships selects a user's places in groups, joined as grp.
func (s *Store) memberships(userID int64) *bun.SelectQuery {
	return s.read.NewSelect().Model((*groupMember)(nil)).
		Join("JOIN groups AS grp ON grp.id = member.group_id").
		Where("member.user_id = ?", userID)
}

func (s *Store) organizations(ctx context.Context, memberships *bun.SelectQuery) ([]model.Account, error) {
	var list []model.Account
	err := s.read.NewSelect().Model(&list).
		Where("id IN (?)", memberships.ColumnExpr("grp.organization_id")).
		Order("login").Scan(ctx)
	return list, classify(err, "list organizations")
}

// Memberships lists a user's places in groups, by organization and group.
func (s *Store) Memberships(ctx context.Context, userID int64) ([]model.Membership, error) {
	var list []model.Membership
	err := s.memberships(userID).
		ColumnExpr("organization.login AS organization, grp.name AS group_name, grp.permission AS permission").
		ColumnExpr("account.login AS login, member.created_at AS since").
		ColumnExpr("(SELECT count(*) FROM group_members AS m WHERE m.group_id = grp.id) AS members").
		Join("JOIN accounts AS organization ON organization.id = grp.organization_id").
		Join("JOIN accounts AS account ON account.id = member.user_id").
		OrderExpr("organization.login, grp.name").Scan(ctx, &list)
	return list, classify(err, "list memberships")
}
