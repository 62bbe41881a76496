package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// showWhy tells who administers a package what somebody may do with it, and by
// which rule.
func (ui *Surface) showWhy(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.managedPackage(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	props := views.WhyProps{PackageHead: packageHead(p, newest(p).Version, views.PackageSettingsURL(p.Owner, p.Name)), User: model.FoldLogin(query.Get("user"))}
	if props.Wants, err = model.ParsePermission(query.Get("wants")); err != nil {
		props.Wants = model.Read
	}
	if props.People, err = ui.knownPeople(r, p.Owner, p.Name); err != nil {
		return err
	}
	status := http.StatusOK
	if query.Has("user") {
		if status, err = ui.explain(r, &props); err != nil {
			return err
		}
	}
	layout := ui.layout(r, "Who can see "+p.Name+", "+p.Owner)
	layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.WhyPage(layout, props), views.WhyPartial(props))
}

// explain answers the question of props.
func (ui *Surface) explain(r *http.Request, props *views.WhyProps) (int, error) {
	found, err := ui.Registry.Explain(r.Context(), ui.actor(r), props.User, props.Package.Owner, props.Package.Name)
	if fields := correctable(err); fields != nil {
		props.Problem = model.MessageOf(err)
		return http.StatusUnprocessableEntity, nil
	}
	if err != nil {
		return 0, err
	}
	props.Answered, props.Permission = true, found.Permission
	for _, reason := range found.Reasons {
		props.Reasons = append(props.Reasons, views.WhyReason(reason))
	}
	return http.StatusOK, nil
}

// knownPeople are the collaborators of a package, to choose from.
func (ui *Surface) knownPeople(r *http.Request, owner, name string) ([]string, error) {
	people, err := ui.Registry.Collaborators(r.Context(), ui.actor(r), owner, name)
	var logins []string
	for _, c := range people {
		logins = append(logins, c.Login)
	}
	return logins, err
}
