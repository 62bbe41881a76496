package views

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

func testSettings() PackageSettingsProps {
	return PackageSettingsProps{
		PackageHead: testHead(),
		Access:      PackageAccessForm{Owner: "reef-lab", Name: "reefscan", Access: model.Public},
		Facts:       PackageFactsForm{Owner: "reef-lab", Name: "reefscan", Summary: "Counts <corals>", Source: "https://git.reef.example/reefscan"},
		Transfer:    PackageTransferForm{Owner: "reef-lab", Name: "reefscan", To: []string{"brook", "tide-office"}, Chosen: "tide-office"},
		Delete:      PackageDeleteForm{Owner: "reef-lab", Name: "reefscan", Versions: 23, Files: 148},
	}
}

func TestPackageSettingsPage(t *testing.T) {
	t.Parallel()
	checkPage(t, "package_settings/page", PackageSettingsPage(testLayout("Settings of reefscan, reef-lab"), testSettings()))
}

func TestPackageSettingsPanels(t *testing.T) {
	t.Parallel()
	p := testSettings()
	p.Access.Saved, p.Access.Access = true, model.Private
	p.Facts.Problems = map[string]string{"home": "Give an address that begins with https:// or http://."}
	p.Facts.Home = "javascript:alert(1)"
	p.Delete.Problem = "Type reefscan, exactly as it is written here."
	checkGolden(t, "package_settings/access_saved", PackageAccessPartial(p.Access))
	checkGolden(t, "package_settings/facts_with_a_problem", PackageFactsPartial(p.Facts))
	checkGolden(t, "package_settings/delete_with_a_problem", PackageDeletePanel(p.Delete))

	p.Access.Saved, p.Access.Problem = false, "Access is public, authenticated or private."
	checkGolden(t, "package_settings/access_with_a_problem", PackageAccessPartial(p.Access))
	if got := drawn(t, PackageFactsPartial(PackageFactsForm{Saved: true})); !strings.HasSuffix(got, `hx-swap-oob="innerHTML">Saved.</div>`) {
		t.Errorf("saving is not told:\n%s", got)
	}
}
