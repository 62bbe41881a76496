package web

import (
	"net/http"

	"github.com/a-h/templ"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showChannelSettings draws the settings of a channel to its owners.
func (ui *Surface) showChannelSettings(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.channelSettings(r)
	if err != nil {
		return err
	}
	return ui.drawChannelSettings(w, r, http.StatusOK, p, nil)
}

// saveChannelSettings saves one of the page's two forms.
func (ui *Surface) saveChannelSettings(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.channelSettings(r)
	if err != nil {
		return err
	}
	var change registry.ChannelChange
	switch r.PostFormValue("do") {
	case views.DoDoor:
		closed, access := r.PostFormValue("closed") == "closed", model.Access(r.PostFormValue("default_access"))
		p.Door.Closed, p.Door.DefaultAccess = closed, access
		if _, err := model.ParseAccess(string(access)); err != nil && access != "" {
			p.Door.Problem = model.MessageOf(err)
			return ui.drawChannelSettings(w, r, http.StatusUnprocessableEntity, p, views.ChannelDoorPartial(p.Door))
		}
		change = registry.ChannelChange{Closed: &closed, DefaultAccess: &access}
	case views.DoFiles:
		immutable := r.PostFormValue("immutable") != ""
		p.Files.Immutable = immutable
		change.Immutable = &immutable
	default:
		return model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
	}
	return ui.changeChannel(w, r, p, change)
}

func (ui *Surface) changeChannel(w http.ResponseWriter, r *http.Request, p views.ChannelSettingsProps, change registry.ChannelChange) error {
	if _, err := ui.Registry.UpdateChannel(r.Context(), ui.actor(r), p.Login, change); err != nil {
		return err
	}
	if !wantsPartial(r) {
		ui.flash(r, "Saved the settings of "+p.Login+".")
		return ui.redirect(w, r, views.ChannelSettingsURL(p.Login))
	}
	p.Door.Saved, p.Files.Saved = true, true
	partial := views.ChannelDoorPartial(p.Door)
	if change.Immutable != nil {
		partial = views.ChannelFilesPartial(p.Files)
	}
	return ui.drawChannelSettings(w, r, http.StatusOK, p, partial)
}

func (ui *Surface) channelSettings(r *http.Request) (views.ChannelSettingsProps, error) {
	account, err := ui.Registry.Account(r.Context(), ui.actor(r), r.PathValue("channel"))
	if err != nil {
		return views.ChannelSettingsProps{}, err
	}
	s, err := ui.Registry.ChannelSettings(r.Context(), ui.actor(r), account.Login)
	return views.ChannelSettingsProps{
		Login: account.Login, Personal: account.Login == visitorOf(r).person.Login,
		Door:  views.ChannelDoorForm{Login: account.Login, Closed: s.Closed, DefaultAccess: s.DefaultAccess, SiteAccess: ui.Registry.DefaultAccess},
		Files: views.ChannelFilesForm{Login: account.Login, Immutable: s.Immutable},
	}, err
}

func (ui *Surface) drawChannelSettings(w http.ResponseWriter, r *http.Request, status int, p views.ChannelSettingsProps, partial templ.Component) error {
	layout := ui.layout(r, "Channel settings of "+p.Login)
	layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.ChannelSettingsPage(layout, p), partial)
}
