package web

import (
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showCollections draws the collections of a channel that the visitor sees.
func (ui *Surface) showCollections(w http.ResponseWriter, r *http.Request) error {
	return ui.drawCollections(w, r, http.StatusOK, views.CollectionForm{Access: model.Public})
}

func (ui *Surface) drawCollections(w http.ResponseWriter, r *http.Request, status int, form views.CollectionForm) error {
	head, err := ui.channelHead(r, "Collections", "Packages of any channel under one name. A collection opens nothing: everyone sees of it what they may see anyway.", views.CollectionsURL)
	if err != nil {
		return err
	}
	list, err := ui.Registry.Collections(r.Context(), ui.actor(r), head.Account.Login)
	if err != nil {
		return err
	}
	layout := ui.layout(r, "Collections of "+head.Account.Login)
	layout.Failed = len(form.Problems) > 0
	props := views.CollectionsProps{ChannelHead: head, Collections: list, New: form, Now: layout.Now}
	return ui.draw(w, r, status, views.CollectionsPage(layout, props), nil)
}

// createCollection takes the form for a new collection.
func (ui *Surface) createCollection(w http.ResponseWriter, r *http.Request) error {
	channel, form, change := r.PathValue("channel"), collectionForm(r), registry.CollectionChange{}
	err := readCollection(form, &change)
	if err == nil {
		err = ui.Registry.CreateCollection(r.Context(), ui.actor(r), channel, form.Name, change)
	}
	if problems := correctable(err); problems != nil {
		form.Problems = aboutAll(problems)
		return ui.drawCollections(w, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	ui.flash(r, "Created collection "+model.FoldName(form.Name)+".")
	return ui.redirect(w, r, views.CollectionURL(model.FoldLogin(channel), model.FoldName(form.Name)))
}

func collectionForm(r *http.Request) views.CollectionForm {
	return views.CollectionForm{Name: formText(r, "name"), Description: formText(r, "description"), Access: model.Access(r.PostFormValue("access"))}
}

// readCollection reads what a form says into a change.
func readCollection(form views.CollectionForm, into *registry.CollectionChange) error {
	access, err := model.ParseAccess(string(form.Access))
	if err != nil {
		return model.FieldErrorf("access", "%s", model.MessageOf(err))
	}
	into.Access, into.Description = &access, &form.Description
	return nil
}

// aboutAll names the problem that is of no field.
func aboutAll(problems map[string]string) map[string]string {
	if problem, ok := problems[""]; ok {
		delete(problems, "")
		problems[views.Refused] = problem
	}
	return problems
}

// showCollection draws one collection, with a question when the address asks it.
func (ui *Surface) showCollection(w http.ResponseWriter, r *http.Request) error {
	return ui.drawCollection(w, r, http.StatusOK, views.CollectionProps{Deletes: r.URL.Query().Has("delete")})
}

// drawCollection draws a collection as it is, with what p says of its forms.
func (ui *Surface) drawCollection(w http.ResponseWriter, r *http.Request, status int, p views.CollectionProps) error {
	q := collectionQuery(r)
	d, err := ui.collection(r, q)
	if err != nil {
		return err
	}
	if p.ChannelHead, err = ui.channelHead(r, d.Name, "", views.CollectionsURL); err != nil {
		return err
	}
	layout := ui.layout(r, "Collection "+d.Name+" of "+d.Owner)
	layout.Failed = status != http.StatusOK
	p.Collection, p.Packages, p.Now = d.Collection, d.Packages, layout.Now
	p.Pager, p.Here = q.pager(d.Total), q.here()
	if p.Settings.Problems == nil {
		p.Settings = views.CollectionForm{Description: d.Description, Access: d.Access}
	}
	return ui.draw(w, r, status, views.CollectionPage(layout, p), views.CollectionPartial(p))
}

func collectionQuery(r *http.Request) listQuery {
	return readPage(r, views.CollectionURL(model.FoldLogin(r.PathValue("channel")), model.FoldName(r.PathValue("collection"))))
}

// collection looks up the page of a collection that q names, or its last one when
// there is none such any more.
func (ui *Surface) collection(r *http.Request, q listQuery) (registry.CollectionDetail, error) {
	d, err := ui.Registry.Collection(r.Context(), ui.actor(r), r.PathValue("channel"), r.PathValue("collection"), pageSize, q.offset())
	if err != nil || d.Total == 0 || d.Total > q.offset() {
		return d, err
	}
	q.Set(queryPage, pageValue((d.Total-1)/pageSize+1))
	return ui.collection(r, q)
}

// changeCollection does what one of the forms of a collection asks.
func (ui *Surface) changeCollection(w http.ResponseWriter, r *http.Request) error {
	switch r.PostFormValue("do") {
	case views.DoCollect, views.DoLeaveOut:
		return ui.changeCollected(w, r)
	case views.DoSaveCollection:
		return ui.saveCollection(w, r)
	case views.DoDeleteCollection:
		channel, name := r.PathValue("channel"), r.PathValue("collection")
		if err := ui.Registry.DeleteCollection(r.Context(), ui.actor(r), channel, name); err != nil {
			return err
		}
		ui.flash(r, "Deleted collection "+model.FoldName(name)+".")
		return ui.redirect(w, r, views.CollectionsURL(model.FoldLogin(channel)))
	}
	return model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
}

// changeCollected adds a package or removes it.
func (ui *Surface) changeCollected(w http.ResponseWriter, r *http.Request) error {
	channel, name, typed := r.PathValue("channel"), r.PathValue("collection"), formText(r, "package")
	owner, pkg, ok := strings.Cut(typed, "/")
	if !ok { // one's own needs no owner
		owner, pkg = channel, typed
	}
	do, done := ui.Registry.AddToCollection, "Added "
	if r.PostFormValue("do") == views.DoLeaveOut {
		do, done = ui.Registry.RemoveFromCollection, "Removed "
	}
	err := do(r.Context(), ui.actor(r), channel, name, []registry.PackageName{{Owner: owner, Name: pkg}})
	if code := model.CodeOf(err); code == model.NotFound || code == model.Invalid {
		problems := map[string]string{"package": model.MessageOf(err)}
		return ui.drawCollection(w, r, http.StatusUnprocessableEntity, views.CollectionProps{Add: typed, Problems: problems})
	}
	if err != nil {
		return err
	}
	done += owner + "/" + pkg + "."
	if wantsPartial(r) {
		return ui.drawCollection(w, r, http.StatusOK, views.CollectionProps{Done: done})
	}
	ui.flash(r, done)
	return ui.redirect(w, r, collectionQuery(r).here())
}

func (ui *Surface) saveCollection(w http.ResponseWriter, r *http.Request) error {
	channel, name, form, change := r.PathValue("channel"), r.PathValue("collection"), collectionForm(r), registry.CollectionChange{}
	err := readCollection(form, &change)
	if err == nil {
		err = ui.Registry.UpdateCollection(r.Context(), ui.actor(r), channel, name, change)
	}
	if problems := correctable(err); problems != nil {
		form.Problems = aboutAll(problems)
		return ui.drawCollection(w, r, http.StatusUnprocessableEntity, views.CollectionProps{Settings: form})
	}
	if err != nil {
		return err
	}
	ui.flash(r, "Saved collection "+model.FoldName(name)+".")
	return ui.redirect(w, r, views.CollectionURL(model.FoldLogin(channel), model.FoldName(name)))
}
