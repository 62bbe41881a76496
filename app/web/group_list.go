package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// How much of the table of groups and packages is drawn.
const (
	matrixGroups   = 8
	matrixPackages = 50
)

// organizationHead is channelHead for the pages that only an organization's
// owners see. A user has no such pages.
func (ui *Surface) organizationHead(r *http.Request, heading, lead string, url func(string) string) (views.ChannelHead, error) {
	head, err := ui.channelHead(r, heading, lead, url)
	switch {
	case err != nil:
		return head, err
	case !head.Account.IsOrganization():
		return head, model.Errorf(model.NotFound, "%s is a user; only organizations have this page.", head.Account.Login)
	case !head.Manages:
		return head, model.Errorf(model.Forbidden, "Only owners of %s see its groups and members.", head.Account.Login)
	}
	return head, nil
}

// showGroupList draws the groups of an organization.
func (ui *Surface) showGroupList(w http.ResponseWriter, r *http.Request) error {
	return ui.drawGroupList(w, r, http.StatusOK, views.GroupForm{Permission: model.Read})
}

// createGroup makes a group and leads to its page.
func (ui *Surface) createGroup(w http.ResponseWriter, r *http.Request) error {
	form := views.GroupForm{Name: formText(r, "name"), AllPackages: r.PostFormValue("all_packages") != ""}
	var err error
	if form.Permission, err = model.ParsePermission(r.PostFormValue("permission")); err != nil {
		form.Permission = model.Read
	}
	var made model.Group
	if err == nil {
		in := registry.NewGroup{Name: form.Name, Permission: form.Permission, AllPackages: form.AllPackages}
		made, err = ui.Registry.CreateGroup(r.Context(), ui.actor(r), r.PathValue("channel"), in)
	}
	if form.Problems = correctable(err); form.Problems != nil {
		return ui.drawGroupList(w, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	ui.flash(r, "Created "+made.Name+".")
	return ui.redirect(w, r, views.GroupURL(model.FoldLogin(r.PathValue("channel")), made.Name))
}

func (ui *Surface) drawGroupList(w http.ResponseWriter, r *http.Request, status int, form views.GroupForm) error {
	head, err := ui.organizationHead(r, "Groups", "A group gives its members one permission on the packages added to it, or on all.", views.GroupsOfURL)
	if err != nil {
		return err
	}
	form.Organization = head.Account.Login
	groups, err := ui.Registry.GroupLevels(r.Context(), ui.actor(r), head.Account.Login)
	if err != nil {
		return err
	}
	matrix, err := ui.groupMatrix(r, head.Account.Login, groups)
	if err != nil {
		return err
	}
	layout := ui.layout(r, "Groups of "+head.Account.Login)
	layout.Failed = len(form.Problems) > 0
	props := views.GroupListProps{ChannelHead: head, Groups: bareGroups(groups), Form: form, Matrix: matrix}
	return ui.draw(w, r, status, views.GroupListPage(layout, props), views.GroupFormPartial(form))
}

// groupMatrix says what each group may do to each package, as far as there is
// room.
func (ui *Surface) groupMatrix(r *http.Request, org string, groups []registry.GroupDetail) (views.GroupMatrix, error) {
	packages, total, err := ui.Registry.Packages(r.Context(), ui.actor(r), registry.PackageFilter{Owner: org, Limit: matrixPackages})
	if err != nil {
		return views.GroupMatrix{}, err
	}
	shown := groups[:min(len(groups), matrixGroups)]
	m := views.GroupMatrix{Groups: bareGroups(shown), MorePackages: total - len(packages), MoreGroups: len(groups) - len(shown)}
	for _, p := range packages {
		row := views.MatrixRow{Package: p}
		for _, g := range shown {
			row.Levels = append(row.Levels, g.LevelOn(p))
		}
		m.Rows = append(m.Rows, row)
	}
	return m, nil
}

func bareGroups(details []registry.GroupDetail) []model.Group {
	groups := make([]model.Group, len(details))
	for i, d := range details {
		groups[i] = d.Group
	}
	return groups
}
