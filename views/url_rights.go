package views

import "net/url"

// GroupsOfURL lists the groups of an organization.
func GroupsOfURL(org string) string { return path(org, "groups") }

// GroupURL is the page of one group of an organization.
func GroupURL(org, group string) string { return path(org, "groups", group) }

// DeleteGroupURL asks before, and takes the POST that, deletes a group.
func DeleteGroupURL(org, group string) string { return path(org, "groups", group, "delete") }

// LeaveGroupURL asks before, and takes the POST that, takes the person out of a
// group.
func LeaveGroupURL(org, group string) string { return path("groups", org, group, "leave") }

// MembersURL lists the people of an organization.
func MembersURL(org string) string { return path(org, "members") }

// ChannelSettingsURL is the form of who gets into a channel and what may change
// there.
func ChannelSettingsURL(login string) string { return path(login, "settings") }

// OrganizationSettingsURL is where an organization's profile, name and owner are
// changed.
func OrganizationSettingsURL(org string) string { return path(org, "settings", "profile") }

// RenameOrganizationURL asks before, and takes the POST that, renames an
// organization.
func RenameOrganizationURL(org string) string { return path(org, "settings", "rename") }

// TransferOrganizationURL asks before, and takes the POST that, hands an
// organization over.
func TransferOrganizationURL(org string) string { return path(org, "settings", "transfer") }

// DeleteOrganizationURL says what goes with an organization, and takes the POST
// that deletes it.
func DeleteOrganizationURL(org string) string { return path(org, "settings", "delete") }

// AuditURL lists who changed what in a channel.
func AuditURL(login string) string { return path(login, "settings", "audit") }

// OwnAuditURL lists who changed what in the person's account and organizations.
func OwnAuditURL() string { return path("account", "audit") }

// SiteAuditURL lists who changed what on the whole site, for administrators.
func SiteAuditURL() string { return path("admin", "audit") }

// WhyURL asks why somebody may see a package, or not.
func WhyURL(owner, name string) string { return packagePath(owner, name, "access") }

// AskURL asks that of any package of a channel.
func AskURL(login string) string { return path(login, "settings", "why") }

// AnsweredURL is where a question about a package is answered.
func AnsweredURL(owner, name, user, wants string) string {
	return withQuery(WhyURL(owner, name), url.Values{"user": {user}, "wants": {wants}})
}

// TransferURL asks before, and takes the POST that, gives a package to another
// account.
func TransferURL(owner, name string) string { return packagePath(owner, name, "transfer") }
