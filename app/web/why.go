package web

import (
	"net/http"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
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
	props := views.WhyProps{PackageHead: packageHead(p, newest(p).Version, views.PackageSettingsURL(p.Owner, p.Name)), User: asked(query.Get("user"))}
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
	asker := registry.Asker{Login: props.User}
	if name, ok := views.TokenAsked(props.User); ok {
		asker = registry.Asker{Login: props.Package.Owner, Token: name}
	}
	found, err := ui.Registry.Explain(r.Context(), ui.actor(r), asker, props.Package.Owner, props.Package.Name)
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

// asked is what was typed as the name of a person, in its folded form, or of a
// token.
func asked(typed string) string {
	typed = strings.TrimSpace(typed)
	if _, ok := views.TokenAsked(typed); ok {
		return typed
	}
	return model.FoldLogin(typed)
}

// knownPeople are the collaborators of a package to choose from, and for an owner
// of the channel its members and tokens.
func (ui *Surface) knownPeople(r *http.Request, owner, name string) ([]string, error) {
	ctx, actor := r.Context(), ui.actor(r)
	people, err := ui.Registry.Collaborators(ctx, actor, owner, name)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, c := range people {
		names = append(names, c.Login)
	}
	if manages, err := ui.Registry.MayManage(ctx, actor, owner); err != nil || !manages {
		return names, err
	}
	members, err := ui.Registry.Members(ctx, actor, owner)
	if err != nil && model.CodeOf(err) != model.NotFound { // a user has none
		return nil, err
	}
	for _, m := range members {
		names = append(names, m.Account.Login)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	tokens, err := ui.Registry.Tokens(ctx, actor, owner)
	for _, t := range tokens {
		names = append(names, views.AskToken(t.Name))
	}
	return names, err
}
