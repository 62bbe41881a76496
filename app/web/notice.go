package web

import (
	"net/http"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showNotices draws a channel's notices to its owners, and the question before one is
// deleted.
func (ui *Surface) showNotices(w http.ResponseWriter, r *http.Request) error {
	return ui.drawNotices(w, r, http.StatusOK, views.NoticesProps{Deletes: r.URL.Query().Get("delete"), Form: views.NoticeForm{Level: string(model.Info)}})
}

func (ui *Surface) drawNotices(w http.ResponseWriter, r *http.Request, status int, p views.NoticesProps) error {
	account, err := ui.Registry.Account(r.Context(), ui.actor(r), r.PathValue("channel"))
	if err != nil {
		return err
	}
	if p.Notices, err = ui.Registry.Notices(r.Context(), ui.actor(r), account.Login, ""); err != nil {
		return err
	}
	layout := ui.layout(r, "Notices of "+account.Login)
	layout.Failed = status != http.StatusOK
	p.Login, p.Personal, p.Now = account.Login, account.Login == visitorOf(r).person.Login, layout.Now
	return ui.draw(w, r, status, views.NoticesPage(layout, p), nil)
}

// changeNotices does what one of the page's forms asks.
func (ui *Surface) changeNotices(w http.ResponseWriter, r *http.Request) error {
	do := r.PostFormValue("do")
	if do == views.DoPublishNotice || do == views.DoDraftNotice {
		return ui.writeNotice(w, r)
	}
	done, err := ui.changeNotice(r, do)
	if correctable(err) != nil {
		return ui.drawNotices(w, r, http.StatusUnprocessableEntity, views.NoticesProps{Refused: model.MessageOf(err), Form: views.NoticeForm{Level: string(model.Info)}})
	}
	if err != nil {
		return err
	}
	return ui.noticesDone(w, r, done)
}

// changeNotice publishes a notice, takes it back or deletes it, and says so.
func (ui *Surface) changeNotice(r *http.Request, do string) (string, error) {
	ctx, actor, channel, uid := r.Context(), ui.actor(r), r.PathValue("channel"), formText(r, "notice")
	set := func(status model.NoticeStatus) error {
		_, err := ui.Registry.UpdateNotice(ctx, actor, channel, uid, registry.NoticeChange{Status: &status})
		return err
	}
	switch do {
	case views.DoShowNotice:
		return "Published the notice.", set(model.NoticePublished)
	case views.DoHideNotice:
		return "Took the notice back.", set(model.NoticeArchived)
	case views.DoDeleteNotice:
		return "Deleted the notice.", ui.Registry.DeleteNotice(ctx, actor, channel, uid)
	}
	return "", model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
}

// writeNotice makes a notice, published or as a draft.
func (ui *Surface) writeNotice(w http.ResponseWriter, r *http.Request) error {
	form := views.NoticeForm{Message: formText(r, "message"), Level: r.PostFormValue("level"), Until: formText(r, "until")}
	status, done := model.NoticePublished, "Published the notice."
	if r.PostFormValue("do") == views.DoDraftNotice {
		status, done = model.NoticeDraft, "Kept the notice as a draft."
	}
	err := ui.createNotice(r, form, status)
	if form.Problems = correctable(err); form.Problems != nil {
		return ui.drawNotices(w, r, http.StatusUnprocessableEntity, views.NoticesProps{Form: form, Refused: form.Problems[""]})
	}
	if err != nil {
		return err
	}
	return ui.noticesDone(w, r, done)
}

func (ui *Surface) createNotice(r *http.Request, form views.NoticeForm, status model.NoticeStatus) error {
	level, err := model.ParseNoticeLevel(form.Level)
	if err != nil {
		return err
	}
	change := registry.NoticeChange{Message: &form.Message, Level: &level, Status: &status}
	if form.Until != "" {
		day, err := time.Parse(time.DateOnly, form.Until)
		if err != nil {
			return model.FieldErrorf("expires_at", "Give a day such as 2027-01-31.")
		}
		end := day.AddDate(0, 0, 1)
		change.ExpiresAt = &end
	}
	_, err = ui.Registry.CreateNotice(r.Context(), ui.actor(r), r.PathValue("channel"), change)
	return err
}

func (ui *Surface) noticesDone(w http.ResponseWriter, r *http.Request, done string) error {
	ui.flash(r, done)
	return ui.redirect(w, r, views.NoticesURL(model.FoldLogin(r.PathValue("channel"))))
}
