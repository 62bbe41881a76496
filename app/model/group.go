package model

import "time"

// OwnersGroup is the name of the group that every organization has: its members
// are admins of all the organization owns.
const OwnersGroup = "Owners"

// Group is a set of users of an organization that share a permission.
type Group struct {
	ID             int64      `bun:"id,pk,autoincrement"`
	OrganizationID int64      `bun:"organization_id"`
	Name           string     `bun:"name"`
	Permission     Permission `bun:"permission"`
	AllPackages    bool       `bun:"all_packages"`
	CreatedAt      time.Time  `bun:"created_at"`

	// Filled by queries.
	Members  int `bun:"members,scanonly"`
	Packages int `bun:"packages,scanonly"`
}

// Member is a user of an organization with the names of the groups that the user
// is in there, Owners last.
type Member struct {
	Account `bun:",extend"`
	Groups  []string `bun:"member_of,scanonly,type:json"`
}

// Collaborator is a user with a permission on one package outside of groups.
type Collaborator struct {
	Login      string     `bun:"login"`
	Name       string     `bun:"name"`
	Permission Permission `bun:"permission"`
	Since      time.Time  `bun:"since"`
}

// Membership is one user's place in one group, as the Group Membership page
// lists it.
type Membership struct {
	Organization string     `bun:"organization"`
	Group        string     `bun:"group_name"`
	Permission   Permission `bun:"permission"`
	Login        string     `bun:"login"`
	Members      int        `bun:"members"`
	Since        time.Time  `bun:"since"`
}
