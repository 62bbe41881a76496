package model

import "slices"

// Access says who may see a package.
type Access string

// The three access levels. Private means the owner, collaborators, groups and
// tokens of the channel.
const (
	Public        Access = "public"
	Authenticated Access = "authenticated"
	Private       Access = "private"
)

// ParseAccess returns the access named s, or an Invalid error that lists the
// words.
func ParseAccess(s string) (Access, error) {
	switch a := Access(s); a {
	case Public, Authenticated, Private:
		return a, nil
	}
	return "", FieldErrorf("access", "Access is public, authenticated or private, not %q.", s)
}

// Narrower reports whether fewer people see what has the access a than what has
// the other.
func (a Access) Narrower(other Access) bool {
	order := []Access{Private, Authenticated, Public}
	return slices.Index(order, a) < slices.Index(order, other)
}

// Permission is what somebody may do to a package or an account. They are
// ordered: each includes the ones before it.
type Permission int

// The permissions. NoAccess means that the thing does not exist for the actor.
const (
	NoAccess Permission = iota
	Read
	Write
	Admin
)

var permissionNames = [...]string{"none", "read", "write", "admin"}

// ParsePermission returns the permission named s, or an Invalid error that lists
// the words.
func ParsePermission(s string) (Permission, error) {
	for p := Read; p <= Admin; p++ {
		if permissionNames[p] == s {
			return p, nil
		}
	}
	return NoAccess, FieldErrorf("permission", "A permission is read, write or admin, not %q.", s)
}

// ParseLevel is ParsePermission that also takes none.
func ParseLevel(s string) (Permission, error) {
	if s == permissionNames[NoAccess] {
		return NoAccess, nil
	}
	p, err := ParsePermission(s)
	if err != nil {
		return p, FieldErrorf("permission", "A level is none, read, write or admin, not %q.", s)
	}
	return p, nil
}

// String returns the word that is stored and that the API uses.
func (p Permission) String() string {
	if p < NoAccess || p > Admin {
		return "none"
	}
	return permissionNames[p]
}
