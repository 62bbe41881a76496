package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// What the form of an upload may have besides the file.
const (
	maxParts = 20
	maxField = 4 << 10 // bytes
)

// uploadDocument returns the handler of the form that takes a notebook or an
// environment file for a channel.
func (ui *Surface) uploadDocument(part channelPart) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		channel := r.PathValue("channel")
		f, form, err := ui.takeDocument(r, channel, part.only)
		if form.Problem = uploadProblem(err); form.Problem != "" {
			return ui.drawDocuments(w, r, http.StatusUnprocessableEntity, part, form)
		}
		if err != nil {
			return err
		}
		ui.flash(r, "Uploaded "+f.Basename+" as version "+f.Version+".")
		return ui.redirect(w, r, views.VersionURL(f.Owner, f.Package, f.Version))
	}
}

// uploadProblem is what is wrong with an upload that can be put right.
func uploadProblem(err error) string {
	switch model.CodeOf(err) {
	case model.Invalid, model.Conflict, model.TooLarge:
		return model.MessageOf(err)
	}
	return ""
}

// takeDocument publishes the file of the form. The right to write is asked before the
// form is read.
func (ui *Surface) takeDocument(r *http.Request, channel string, t model.PackageType) (f model.File, form views.DocumentForm, err error) {
	in, err := ui.Registry.Receive(r.Context(), ui.actor(r), channel)
	if err != nil {
		return f, form, err
	}
	defer in.Close()
	up := registry.Upload{Type: t}
	if err := readDocument(r, in, &up); err != nil {
		return f, documentForm(up), err
	}
	if up.FileName == "" {
		return f, documentForm(up), model.Errorf(model.Invalid, "Choose a file.")
	}
	if err := ui.Registry.CheckUpload(r.Context(), ui.actor(r), channel, up); err != nil {
		return f, documentForm(up), err
	}
	f, _, err = ui.Registry.Publish(r.Context(), ui.actor(r), channel, in, up)
	return f, documentForm(up), err
}

func documentForm(up registry.Upload) views.DocumentForm {
	return views.DocumentForm{Name: up.Name, Version: up.Version, Summary: up.Summary}
}

// readDocument reads the form: the file to in, what is said of it to up.
func readDocument(r *http.Request, in io.ReaderFrom, up *registry.Upload) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return model.Errorf(model.Invalid, "Send the file with the form.")
	}
	for range maxParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = readPart(part, in, up)
		}
		if err != nil && model.CodeOf(err) == model.Internal { // the connection broke
			return model.Errorf(model.Invalid, "The form ended before it was complete. Try again.")
		}
		if err != nil {
			return err
		}
	}
	return model.Errorf(model.Invalid, "The form has too many parts.")
}

func readPart(part *multipart.Part, in io.ReaderFrom, up *registry.Upload) error {
	if part.FormName() == "file" {
		up.FileName = part.FileName()
		_, err := in.ReadFrom(part)
		return err
	}
	raw, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if err != nil {
		return err
	}
	if len(raw) > maxField {
		return model.Errorf(model.Invalid, "A field of the form is longer than %d bytes.", maxField)
	}
	value := strings.TrimSpace(string(raw))
	switch part.FormName() {
	case "name":
		up.Name = value
	case "version":
		up.Version = value
	case "summary":
		up.Summary = value
	}
	return nil
}

// showDocuments returns the handler of a channel's notebooks or environments, with
// the form for another above them for who may write there.
func (ui *Surface) showDocuments(part channelPart) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return ui.drawDocuments(w, r, http.StatusOK, part, views.DocumentForm{})
	}
}

func (ui *Surface) drawDocuments(w http.ResponseWriter, r *http.Request, status int, part channelPart, form views.DocumentForm) error {
	head, err := ui.channelHead(r, part.heading, part.lead, part.url)
	if err != nil {
		return err
	}
	listing, err := ui.listing(r, ui.channelList(r, part, head))
	if err != nil {
		return err
	}
	writes, err := ui.Registry.MayPublish(r.Context(), ui.actor(r), head.Account.Login)
	if err != nil {
		return err
	}
	form.Action, form.Type, form.Shown = head.Path, part.only, writes
	layout := ui.layout(r, part.heading+" of "+head.Account.Login)
	layout.Failed = form.Problem != ""
	return ui.draw(w, r, status, views.DocumentsPage(layout, head, form, listing), views.ListingPartial(listing))
}
