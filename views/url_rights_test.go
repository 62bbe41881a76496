package views

import "testing"

func TestAddressesOfRights(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		GroupsOfURL("reef-lab"):                                  "/reef-lab/groups",
		GroupURL("reef-lab", "a/b"):                              "/reef-lab/groups/a%2Fb",
		DeleteGroupURL("reef-lab", "readers"):                    "/reef-lab/groups/readers/delete",
		LeaveGroupURL("reef-lab", "Owners"):                      "/groups/reef-lab/Owners/leave",
		MembersURL("reef-lab"):                                   "/reef-lab/members",
		ChannelSettingsURL("reef-lab"):                           "/reef-lab/settings",
		OrganizationSettingsURL("reef-lab"):                      "/reef-lab/settings/profile",
		RenameOrganizationURL("reef-lab"):                        "/reef-lab/settings/rename",
		TransferOrganizationURL("reef-lab"):                      "/reef-lab/settings/transfer",
		DeleteOrganizationURL("reef-lab"):                        "/reef-lab/settings/delete",
		AuditURL("reef-lab"):                                     "/reef-lab/settings/audit",
		OwnAuditURL():                                            "/account/audit",
		SiteAuditURL():                                           "/admin/audit",
		WhyURL("reef-lab", "reefscan"):                           "/reef-lab/reefscan/access",
		AskURL("reef-lab"):                                       "/reef-lab/settings/why",
		TransferURL("reef-lab", "reefscan"):                      "/reef-lab/reefscan/transfer",
		AnsweredURL("reef-lab", "reefscan", "token a b", "read"): "/reef-lab/reefscan/access?user=token+a+b&wants=read",
		WhyURL("reef-lab", "members"):                            "/reef-lab/packages/members/access",
		PackageSettingsURL("reef-lab", "Notebooks"):              "/reef-lab/packages/Notebooks/settings",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
