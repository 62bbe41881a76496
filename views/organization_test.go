package views

import (
	"testing"

	"vivarium/app/model"
)

func TestOrganizationsPage(t *testing.T) {
	t.Parallel()
	form := OrganizationForm{Base: "https://pkgs.reef.example", Creator: "brook"}
	failed := form
	failed.Name, failed.Email, failed.Problems = "Tide Office", "nowhere", map[string]string{"name": "A name has 2 to 64 small letters.", "email": "Give an address."}
	some := OrganizationsProps{Login: "brook", Form: form, Rows: []OrganizationRow{
		{Account: testLab, Owner: true}, {Account: model.Account{Login: "tide-office", Kind: model.Organization}},
	}}
	checkPage(t, "organization/some", OrganizationsPage(testLayout("Organizations of brook"), some))
	checkPage(t, "organization/none", OrganizationsPage(testLayout("Organizations of brook"), OrganizationsProps{Login: "brook", Form: form}))
	checkPage(t, "organization/new", NewOrganizationPage(testLayout("New organization"), form))
	checkGolden(t, "organization/problems", OrganizationFormPanel(failed))
}
