package views

import (
	"testing"

	"vivarium/app/model"
)

func TestTransferPage(t *testing.T) {
	t.Parallel()
	p := TransferProps{Package: testHead().Package, To: "tide-office", Files: 148, Groups: []string{"developers", "field-tools"}}
	p.Package.Access = model.Private
	checkPage(t, "package_settings/transfer", TransferPage(testLayout("Transfer reefscan, reef-lab"), p))
	p.Package.Access, p.Groups, p.Collaborators = model.Authenticated, nil, []string{"casey"}
	p.Typed, p.Problem = "reef<scan", "Type reefscan, exactly as it is written here."
	checkPage(t, "package_settings/transfer_with_a_problem", TransferPage(testLayout("Transfer reefscan, reef-lab"), p))
}

func TestTransferPanel(t *testing.T) {
	t.Parallel()
	f := PackageTransferForm{Owner: "reef-lab", Name: "reefscan"}
	checkGolden(t, "package_settings/transfer_to_nobody", PackageTransferPanel(f))
	f.To, f.Chosen, f.Problem = []string{"brook", "casey"}, "casey", "casey has a package reefscan already."
	checkGolden(t, "package_settings/transfer_refused", PackageTransferPanel(f))
}
