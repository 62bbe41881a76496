package views

import (
	"net/url"
	"testing"
)

func TestAddressesOfRights(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		GroupsOfURL("reef-lab"):                       "/reef-lab/groups",
		GroupURL("reef-lab", "a/b"):                   "/reef-lab/groups/a%2Fb",
		DeleteGroupURL("reef-lab", "readers"):         "/reef-lab/groups/readers/delete",
		LeaveGroupURL("reef-lab", "Owners"):           "/groups/reef-lab/Owners/leave",
		MembersURL("reef-lab"):                        "/reef-lab/members",
		ChannelSettingsURL("reef-lab"):                "/reef-lab/settings",
		AuditQueryURL("reef-lab", nil):                "/reef-lab/settings/audit",
		AuditQueryURL("x1", url.Values{"a": {"b c"}}): "/x1/settings/audit?a=b+c",
		WhyURL("reef-lab", "reefscan"):                "/reef-lab/reefscan/access",
		WhyURL("reef-lab", "members"):                 "/reef-lab/packages/members/access",
		PackageSettingsURL("reef-lab", "Notebooks"):   "/reef-lab/packages/Notebooks/settings",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
