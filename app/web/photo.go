package web

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// maxPhotoParts is what the form of a photo may have besides the file.
const maxPhotoParts = 4

// changePhoto gives an account another photo, or takes it away. The right to do so is
// asked before the form is read.
func (ui *Surface) changePhoto(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, login := r.Context(), ui.actor(r), model.FoldLogin(r.PathValue("channel"))
	if _, err := ui.Registry.ChannelSettings(ctx, actor, login); err != nil {
		return err
	}
	back := views.OrganizationSettingsURL(login)
	if login == actor.Login && actor.Kind == model.User {
		back = views.ProfileURL()
	}
	if isForm(r) && r.PostFormValue("do") == "remove" {
		if err := ui.Registry.RemovePhoto(ctx, actor, login); err != nil {
			return err
		}
		ui.flash(r, "Photo removed.")
		return ui.redirect(w, r, back)
	}
	sent, err := readPhoto(r)
	if err == nil {
		err = ui.Registry.SetPhoto(ctx, actor, login, sent)
	}
	if problem := uploadProblem(err); problem != "" {
		return ui.drawPhotoProblem(w, r, back == views.ProfileURL(), problem)
	}
	if err != nil {
		return err
	}
	ui.flash(r, "Photo saved.")
	return ui.redirect(w, r, back)
}

func isForm(r *http.Request) bool {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && media == "application/x-www-form-urlencoded"
}

// drawPhotoProblem draws the settings again with what is wrong with a photo.
func (ui *Surface) drawPhotoProblem(w http.ResponseWriter, r *http.Request, own bool, problem string) error {
	if !own {
		p, err := ui.organizationSettings(r)
		if err != nil {
			return err
		}
		p.Photo.Problem, p.Profile.Problems = problem, map[string]string{"photo": problem}
		return ui.drawOrganizationSettings(w, r, http.StatusUnprocessableEntity, p)
	}
	p, err := ui.profileProps(r)
	if err != nil {
		return err
	}
	self, err := ui.selfProps(r)
	if err != nil {
		return err
	}
	p.Photo.Problem, p.Errors = problem, map[string]string{"photo": problem}
	p.Self, p.Layout = &self, ui.failedLayout(r, "Profile")
	return ui.draw(w, r, http.StatusUnprocessableEntity, views.ProfilePage(p), nil)
}

// readPhoto returns the file of the form.
func readPhoto(r *http.Request) ([]byte, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, model.Errorf(model.Invalid, "Send the photo with the form.")
	}
	for range maxPhotoParts {
		part, err := parts.NextPart()
		if err == nil && part.FormName() == "file" {
			sent, err := io.ReadAll(part) // which the server's limit for this form bounds
			if err == nil && len(sent) == 0 {
				err = model.Errorf(model.Invalid, "Choose a file.")
			}
			return sent, broken(err)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, broken(err)
		}
	}
	return nil, model.Errorf(model.Invalid, "Choose a file.")
}

// broken words the error of a form that did not come through whole.
func broken(err error) error {
	if err != nil && model.CodeOf(err) == model.Internal {
		return model.Errorf(model.Invalid, "The form ended before it was complete. Try again.")
	}
	return err
}
