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
	// Owner says that the person may act as it.
	Owner bool
}

// OrganizationForm makes an organization.
type OrganizationForm struct {
	Base        string
	Name, Email string
	// Creator will own it.
	Creator string
	// Problems are by field: name, email.
	Problems map[string]string
}

func (f OrganizationForm) problem() string { return cmp.Or(f.Problems["name"], f.Problems["email"]) }

// Failed reports whether the form came back.
func (f OrganizationForm) Failed() bool { return len(f.Problems) > 0 }
