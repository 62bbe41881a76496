package views

import (
	"cmp"

	"vivarium/app/model"
)

// OrganizationsProps is the page of the person's organizations.
type OrganizationsProps struct {
	Login string // the person's own
	Rows  []OrganizationRow
	Form  OrganizationForm
}

// OrganizationRow is an organization that the person is in.
type OrganizationRow struct {
	Account model.Account
	// Owner says that the person may act as it and see how much it holds.
	Owner    bool
	Holdings model.Holdings
}

// OrganizationForm makes an organization.
type OrganizationForm struct {
	Base                  string
	Name, FullName, Email string
	Access                model.Access // of new packages
	// Creator will own it.
	Creator string
	// Problems are by field: name, email, access.
	Problems map[string]string
}

func (f OrganizationForm) problem() string {
	return cmp.Or(f.Problems["name"], f.Problems["email"], f.Problems["access"])
}

// Failed reports whether the form came back.
func (f OrganizationForm) Failed() bool { return len(f.Problems) > 0 }
