package views

import (
	"cmp"
	"time"

	"vivarium/app/model"
)

// OrganizationSettingsProps is the page on which an organization's profile, name
// and owner are changed.
type OrganizationSettingsProps struct {
	Base     string
	Account  model.Account
	Profile  OrganizationProfileForm
	Photo    PhotoForm
	Rename   RenameForm
	Transfer TransferForm
	Holdings model.Holdings
	// Owners is how many there are.
	Owners int
}

// OrganizationProfileForm is what an organization tells about itself.
type OrganizationProfileForm struct {
	Login                                   string
	Name, Email, Description, Location, URL string
	// Problems are by field: name, email, description, location, url.
	Problems map[string]string
	Saved    bool
}

// RenameForm asks for an organization's new name.
type RenameForm struct{ Name, Problem string }

// TransferForm asks for an organization's new owner.
type TransferForm struct {
	Username, Problem string
	// People are offered while typing.
	People []string
}

var organizationProfileOrder = []Problem{{"photo", "Photo"}, {"name", "Full name"}, {"email", "Email"}, {"description", "Description"}, {"location", "Location"}, {"url", "URL"}}

func (f OrganizationProfileForm) problems() []Problem {
	return problemsOf(f.Problems, organizationProfileOrder)
}

func (f OrganizationProfileForm) field(id, label, value, kind string) Field {
	return Field{ID: id, Label: label, Value: value, Type: kind, Optional: true, Error: f.Problems[id]}
}

func (f OrganizationProfileForm) told() string {
	if f.Saved {
		return "Profile saved"
	}
	return cmp.Or(f.Problems["name"], f.Problems["email"], f.Problems["description"], f.Problems["location"], f.Problems["url"])
}

// othersStay says who owns the organization when the person does not any more.
func (p OrganizationSettingsProps) othersStay() string {
	if p.Owners > 1 {
		return "The other owners stay."
	}
	return "You are its only owner."
}

// DeleteOrganizationProps says what goes with an organization and asks for its
// name.
type DeleteOrganizationProps struct {
	Login    string
	Holdings model.Holdings
	Now      time.Time
	// Typed is what stands in the form.
	Typed, Problem string
	// Refused says why it cannot be deleted now.
	Refused string
}

// losses lists what is deleted and who notices.
func (p DeleteOrganizationProps) losses() []loss {
	h := p.Holdings
	members := "Their " + plural(h.Members, "member loses", "members lose") + " what they give"
	return withoutNothing(append(lossesOf(h, p.Now), loss{"Groups", h.Groups, "", members}))
}
