package registry

import (
	"context"
	"errors"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// OrganizationProfile is what an organization tells about itself, and the address
// at which its owners can be reached.
type OrganizationProfile struct {
	Profile
	Email string // may be empty
}

// UpdateOrganization changes an organization's profile. What can be corrected
// comes as field errors, joined.
func (r *Registry) UpdateOrganization(ctx context.Context, actor model.Actor, org string, in OrganizationProfile) error {
	var badEmail error
	if in.Email = strings.TrimSpace(in.Email); in.Email != "" {
		in.Email, badEmail = model.ParseEmail(in.Email)
	}
	if err := errors.Join(in.check(), badEmail); err != nil {
		return err
	}
	return r.changeOrganization(ctx, actor, org, "organization.profile", "", func(tx *store.Store, a *model.Account) error {
		a.Name, a.Description, a.Company, a.Location, a.URL, a.Email = in.Name, in.Description, in.Company, in.Location, in.URL, in.Email
		return tx.UpdateAccount(ctx, a, "name", "description", "company", "location", "url", "email")
	})
}
