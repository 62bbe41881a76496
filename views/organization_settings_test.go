package views

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func testOrganizationSettings() OrganizationSettingsProps {
	return OrganizationSettingsProps{
		Base: "https://pkgs.reef.example", Account: testLab, Owners: 2, Holdings: model.Holdings{Packages: 26, Files: 148, Tokens: 1},
		Photo:    PhotoForm{Account: AccountOf(testLab)},
		Profile:  OrganizationProfileForm{Login: "reef-lab", Name: canary, Email: "team@reef.example"},
		Transfer: TransferForm{People: []string{"casey"}},
	}
}

func TestOrganizationSettingsPage(t *testing.T) {
	t.Parallel()
	p := testOrganizationSettings()
	checkPage(t, "organization/settings", OrganizationSettingsPage(testLayout("Settings of reef-lab"), p))
	p.Rename, p.Transfer.Username, p.Transfer.Problem = RenameForm{"A b", "That cannot be a name."}, "gho<st", "Name a person who has an account here."
	checkPage(t, "organization/settings_problems", OrganizationSettingsPage(testLayout("Settings of reef-lab"), p))
	p.Profile.Saved, p.Owners = true, 1
	checkGolden(t, "organization/profile_saved", OrganizationProfilePartial(p))
	p.Profile = OrganizationProfileForm{Login: "reef-lab", URL: "javascript:x", Problems: map[string]string{"url": "Give an address."}}
	checkGolden(t, "organization/profile_refused", OrganizationProfilePartial(p))
}

func TestDeleteOrganizationPage(t *testing.T) {
	t.Parallel()
	p := DeleteOrganizationProps{Login: "reef-lab", Now: testNow, Holdings: model.Holdings{
		Packages: 17, Notebooks: 6, Environments: 3, Files: 148, Bytes: 3 << 30, Lately: 12480, Stars: 11, Tokens: 4, TokenUsedAt: testNow.Add(-4 * time.Minute), Groups: 4, Members: 9,
	}}
	checkPage(t, "organization/delete", DeleteOrganizationPage(testLayout("Delete reef-lab"), p))
	p = DeleteOrganizationProps{Login: "reef-lab", Typed: `re"ef`, Problem: "Type reef-lab, exactly as it is written here.", Refused: "Files of reef-lab never change."}
	checkPage(t, "organization/delete_refused", DeleteOrganizationPage(testLayout("Delete reef-lab"), p))
}
