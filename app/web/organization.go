package web

import (
	"net/http"
	"slices"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showOrganizations lists the person's organizations, with the form for another.
func (ui *Surface) showOrganizations(w http.ResponseWriter, r *http.Request) error {
	return ui.drawOrganizations(w, r, http.StatusOK, ui.organizationForm(r))
}

// newOrganization draws the form alone.
func (ui *Surface) newOrganization(w http.ResponseWriter, r *http.Request) error {
	layout := ui.layout(r, "New organization")
	return ui.draw(w, r, http.StatusOK, views.NewOrganizationPage(layout, ui.organizationForm(r)), nil)
}

// createOrganization makes an organization, which the person owns, and leads to
// its page.
func (ui *Surface) createOrganization(w http.ResponseWriter, r *http.Request) error {
	form := ui.organizationForm(r)
	form.Name, form.FullName, form.Email, form.Access = formText(r, "name"), formText(r, "full_name"), formText(r, "email"), model.Access(r.PostFormValue("access"))
	in := registry.NewOrganization{Login: form.Name, Name: form.FullName, Email: form.Email, Access: form.Access}
	made, err := ui.Registry.CreateOrganization(r.Context(), visitorOf(r).person, in)
	if form.Problems = organizationProblems(err); form.Failed() {
		return ui.drawOrganizations(w, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	ui.flash(r, "Created "+made.Login+". You are its owner.")
	return ui.redirect(w, r, views.AccountURL(made.Login))
}

// organizationProblems are what is wrong with the form, by field.
func organizationProblems(err error) map[string]string {
	problems := model.FieldsOf(err)
	if text, ok := problems["name"]; ok {
		problems["full_name"] = text
		delete(problems, "name")
	}
	if text, ok := problems["username"]; ok {
		problems["name"] = text
		delete(problems, "username")
	}
	if model.CodeOf(err) == model.Conflict {
		problems["name"] = "This name is taken. Choose another one."
	}
	return problems
}

func (ui *Surface) organizationForm(r *http.Request) views.OrganizationForm {
	return views.OrganizationForm{Base: baseURL(r), Creator: visitorOf(r).person.Login, Access: ui.Registry.DefaultAccess}
}

func (ui *Surface) drawOrganizations(w http.ResponseWriter, r *http.Request, status int, form views.OrganizationForm) error {
	person := visitorOf(r).person
	in, err := ui.Registry.OrganizationsOf(r.Context(), person, person.Login)
	if err != nil {
		return err
	}
	owned, err := ui.Registry.OwnedBy(r.Context(), person)
	if err != nil {
		return err
	}
	props := views.OrganizationsProps{Login: person.Login, Form: form}
	for _, o := range in {
		row := views.OrganizationRow{Account: o, Owner: slices.ContainsFunc(owned, func(a model.Account) bool { return a.ID == o.ID })}
		if row.Owner {
			if row.Holdings, err = ui.Registry.Holdings(r.Context(), person, o.Login); err != nil {
				return err
			}
		}
		props.Rows = append(props.Rows, row)
	}
	layout := ui.layout(r, "Organizations of "+person.Login)
	layout.Failed = form.Failed()
	return ui.draw(w, r, status, views.OrganizationsPage(layout, props), views.OrganizationFormPartial(form))
}
