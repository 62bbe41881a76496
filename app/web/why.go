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
	props := views.WhyProps{PackageHead: packageHead(p, newest(p).Version, views.PackageSettingsURL(p.Owner, p.Name))}
	if props.Manages, err = ui.Registry.MayManage(r.Context(), ui.actor(r), p.Owner); err != nil {
		return err
	}
	return ui.answerWhy(w, r, props)
}

// askWhy lets who administers a channel ask that of any package in it.
func (ui *Surface) askWhy(w http.ResponseWriter, r *http.Request) error {
	a, err := ui.Registry.Account(r.Context(), ui.actor(r), r.PathValue("channel"))
	if err != nil {
		return err
	}
	if _, err := ui.Registry.ChannelSettings(r.Context(), ui.actor(r), a.Login); err != nil {
		return err
	}
	props := views.WhyProps{Manages: true}
	props.Account, props.Package.Owner = a, a.Login
	return ui.answerWhy(w, r, props)
}

// answerWhy draws the question with its answer, or leads to the package that it is
// about.
func (ui *Surface) answerWhy(w http.ResponseWriter, r *http.Request, props views.WhyProps) error {
	query := r.URL.Query()
	wants, err := model.ParsePermission(query.Get("wants"))
	if err != nil {
		wants = model.Read
	}
	props.User, props.Wants = asked(query.Get("user")), wants
	if props.People, err = ui.knownPeople(r, props.Package.Owner, props.Package.Name); err != nil {
		return err
	}
	status := http.StatusOK
	if props.Manages {
		to, err := ui.seek(r, &props)
		switch {
		case err != nil:
			return err
		case query.Has("find") && wantsPartial(r):
			return ui.draw(w, r, http.StatusOK, nil, views.WhyFoundPartial(props))
		case to != "":
			return ui.redirect(w, r, views.AnsweredURL(props.Package.Owner, to, props.User, props.Wants.String()))
		case props.Lost != "":
			status = http.StatusUnprocessableEntity
		}
	}
	if query.Has("user") && props.Package.Name != "" && props.Lost == "" {
		if status, err = ui.explain(r, &props); err != nil {
			return err
		}
	}
	layout := ui.layout(r, strings.TrimSpace("Who can see "+props.Package.Name)+", "+props.Package.Owner)
	layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.WhyPage(layout, props), views.WhyPartial(props))
}

// seek returns another package of the channel that is asked for by its name. Of one
// that is not there it offers those of like names.
func (ui *Surface) seek(r *http.Request, props *views.WhyProps) (name string, err error) {
	query := r.URL.Query()
	props.Find = strings.TrimSpace(query.Get("package"))
	if props.Find == "" || strings.EqualFold(props.Find, props.Package.Name) {
		return "", nil
	}
	ctx, actor := r.Context(), ui.actor(r)
	if !query.Has("find") {
		found, err := ui.Registry.Package(ctx, actor, props.Package.Owner, props.Find)
		if model.CodeOf(err) != model.NotFound {
			return found.Name, err
		}
		props.Lost = model.MessageOf(err)
	}
	like, _, err := ui.Registry.Packages(ctx, actor, registry.PackageFilter{Owner: props.Package.Owner, Query: props.Find, Limit: offeredPackages})
	for _, p := range like {
		props.Found = append(props.Found, p.Name)
	}
	return "", err
}

// explain answers the question of props.
func (ui *Surface) explain(r *http.Request, props *views.WhyProps) (int, error) {
	asker := registry.Asker{Login: props.User, Wants: props.Wants}
	if name, ok := views.TokenAsked(props.User); ok {
		asker.Login, asker.Token = props.Package.Owner, name
	}
	found, err := ui.Registry.Explain(r.Context(), ui.actor(r), asker, props.Package.Owner, props.Package.Name)
	if fields := correctable(err); fields != nil {
		props.Problem = model.MessageOf(err)
		return http.StatusUnprocessableEntity, nil
	}
	if err != nil {
		return 0, err
	}
	props.Answered, props.Allowed, props.Permission = true, found.Allowed(), found.Permission
	for _, reason := range found.Reasons {
		props.Reasons = append(props.Reasons, views.WhyReason(reason))
	}
	for _, remedy := range found.Remedies {
		props.Remedies = append(props.Remedies, remedyOn(remedy, props.Package.Owner, props.Package.Name))
	}
	return http.StatusOK, nil
}

// remedyOn finds the page on which a remedy is done.
func remedyOn(r registry.Remedy, owner, name string) views.WhyRemedy {
	settings, out := views.PackageSettingsURL(owner, name), views.WhyRemedy{Text: r.Text}
	switch r.At {
	case registry.AtAccess:
		out.Page, out.URL = "Access", settings+"#access"
	case registry.AtCollaborators:
		out.Page, out.URL = "Collaborators", settings+"#people"
	case registry.AtTransfer:
		out.Page, out.URL = "Transfer", settings+"#transfer"
	case registry.AtGroup:
		out.Page, out.URL = "Group "+r.Group, views.GroupURL(owner, r.Group)
	case registry.AtGroups:
		out.Page, out.URL = "Groups", views.GroupsOfURL(owner)
	case registry.AtTokens:
		out.Page, out.URL = "Access tokens", views.TokensURL(owner)
	case registry.AtChannel:
		out.Page, out.URL = "Channel settings", views.ChannelSettingsURL(owner)
	}
	return out
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

// knownPeople are those to choose from: the collaborators of a package, if there is
// one, and for an owner of the channel its members and tokens.
func (ui *Surface) knownPeople(r *http.Request, owner, name string) ([]string, error) {
	ctx, actor := r.Context(), ui.actor(r)
	var names []string
	if name != "" {
		people, err := ui.Registry.Collaborators(ctx, actor, owner, name)
		if err != nil {
			return nil, err
		}
		for _, c := range people {
			names = append(names, c.Login)
		}
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
