package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// channelPart is one of the lists of a channel.
type channelPart struct {
	heading   string // empty: View All
	lead      string
	name      string // of the region
	one, many string
	url       func(login string) string
	only      model.PackageType
	installs  bool   // what installers find alone
	sample    string // the name of a file of it
	types     []model.PackageType
}

var (
	viewAll = channelPart{
		name: "Results", one: "item", many: "items", url: views.AccountURL,
		types: model.PackageTypes,
	}
	packagesPart = channelPart{
		heading: "Packages", lead: "What installers find in this channel.",
		name: "Packages", one: "package", many: "packages", url: views.PackagesURL,
		installs: true, types: []model.PackageType{model.Conda, model.PyPI, model.RPackage, model.GenericFile, model.Project, model.Installer},
	}
	notebooksPart = channelPart{
		heading: "Notebooks", lead: "Notebooks that this channel shares.",
		name: "Notebooks", one: "notebook", many: "notebooks", url: views.NotebooksURL, only: model.Notebook, sample: "yournotebook.ipynb",
	}
	environmentsPart = channelPart{
		heading: "Environments", lead: "Environment files that this channel shares.",
		name: "Environments", one: "environment", many: "environments", url: views.EnvironmentsURL, only: model.Environment, sample: "environment.yml",
	}
)

// showChannel draws a channel's own page, View All, or how to set up a client when
// the address asks for that.
func (ui *Surface) showChannel(w http.ResponseWriter, r *http.Request) error {
	head, err := ui.channelHead(r, viewAll.heading, viewAll.lead, viewAll.url)
	if err != nil {
		return err
	}
	if query := r.URL.Query(); query.Has("setup") {
		props := views.SetUpProps{ChannelHead: head, Base: baseURL(r), NeedsToken: ui.channelClosed(head.Account), Client: query.Get("setup")}
		return ui.draw(w, r, http.StatusOK, views.SetUpPage(ui.layout(r, "Set up a client for "+head.Account.Login), props), nil)
	}
	listing, err := ui.listing(r, ui.channelList(r, viewAll, head))
	if err != nil {
		return err
	}
	if !ui.channelClosed(head.Account) { // a reader of feeds has no credential
		listing.FeedURL = views.FeedURL(head.Account.Login)
	}
	notices, _, err := ui.Registry.ShownNotices(r.Context(), ui.actor(r), head.Account.Login)
	if err != nil {
		return err
	}
	props := views.ChannelProps{ChannelHead: head, Base: baseURL(r), NeedsToken: ui.channelClosed(head.Account), Notices: notices, Listing: listing}
	return ui.draw(w, r, http.StatusOK, views.ChannelPage(ui.layout(r, head.Account.Login), props), views.ListingPartial(listing))
}

// showChannelPart returns the handler of one kind of what a channel holds.
func (ui *Surface) showChannelPart(part channelPart) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return ui.drawPart(w, r, http.StatusOK, part, "")
	}
}

// drawPart draws a list of a channel. Who administers the channel may tick
// packages in it; problem says why the last time was refused.
func (ui *Surface) drawPart(w http.ResponseWriter, r *http.Request, status int, part channelPart, problem string) error {
	head, err := ui.channelHead(r, part.heading, part.lead, part.url)
	if err != nil {
		return err
	}
	listing, err := ui.listing(r, ui.channelList(r, part, head))
	if err != nil {
		return err
	}
	if head.Manages && part.only == "" {
		listing.Bulk = views.Bulk{Action: head.Path, Query: r.URL.RawQuery, Problem: problem}
	}
	layout := ui.layout(r, part.heading+" of "+head.Account.Login)
	layout.Failed = problem != ""
	return ui.draw(w, r, status, views.ChannelListPage(layout, head, listing), views.ListingPartial(listing))
}

// channelHead finds the channel in the path, and what stands above its pages.
func (ui *Surface) channelHead(r *http.Request, heading, lead string, url func(string) string) (views.ChannelHead, error) {
	account, err := ui.Registry.Account(r.Context(), ui.actor(r), r.PathValue("channel"))
	if err != nil {
		return views.ChannelHead{}, err
	}
	manages, err := ui.Registry.MayManage(r.Context(), ui.actor(r), account.Login)
	return views.ChannelHead{Account: account, Heading: heading, Lead: lead, Manages: manages, Path: url(account.Login)}, err
}

func (ui *Surface) channelList(r *http.Request, part channelPart, head views.ChannelHead) list {
	l := list{
		name: part.name, one: part.one, many: part.many, types: part.types,
		query: readList(r, part.url(head.Account.Login)),
		find:  "Find in " + head.Account.Login, empty: emptyChannel(part, head, ui.actor(r), baseURL(r)),
	}
	l.filter = l.query.filter()
	l.filter.Owner = head.Account.Login
	// What somebody is about to upload is nobody else's business.
	l.filter.Published = !head.Manages
	l.filter.Installable = part.installs
	if part.only != "" {
		l.filter.Type = part.only
	}
	return l
}

// channelClosed reports whether programs are asked for a credential to read
// anything of the channel.
func (ui *Surface) channelClosed(account model.Account) bool {
	return account.Closed || !ui.Registry.Anonymous
}

// emptyChannel says what will be in a list, to those who can fill it and to
// visitors.
func emptyChannel(part channelPart, head views.ChannelHead, actor model.Actor, base string) views.EmptyList {
	icon, login := views.TypeIcon(part.only), head.Account.Login
	switch {
	case !head.Manages:
		return forVisitor(part, icon, login, actor)
	case part.only != "":
		return views.EmptyList{
			Empty:   views.Empty{Main: true, Icon: icon, Heading: "No " + part.many + " yet", Text: "What " + login + " shares will be listed here. Upload one with the form above, or by command."},
			Command: []string{"curl -T " + part.sample + " -H 'Authorization: token " + views.TokenPlaceholder + "' " + base + "/api/upload/" + login + "/"},
		}
	}
	text := "Upload a conda package, and it is listed here and can be installed at once."
	return views.EmptyList{
		Empty:   views.Empty{Main: true, Icon: icon, Heading: "Nothing here yet", Text: text},
		Command: []string{"anaconda upload --user " + login + " yourpackage-1.0-0.conda"},
		Link:    views.NavItem{Name: "How to upload", URL: views.LandscapeURL()},
	}
}

func forVisitor(part channelPart, icon, login string, actor model.Actor) views.EmptyList {
	out := views.EmptyList{Empty: views.Empty{Main: true, Icon: icon, Heading: "Nothing to see here yet", Text: login + " shares no " + part.many + " that you may see."}}
	if actor.Anonymous() {
		out.Link = views.NavItem{Name: "Sign in to see more", URL: views.SignInURL(part.url(login))}
	}
	return out
}
