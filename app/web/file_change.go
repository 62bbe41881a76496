package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// changeFiles does what a form asks of files of a package: those that are ticked,
// a release, or the one of a page. Some things are asked back first.
func (ui *Surface) changeFiles(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.managedPackage(r)
	if err != nil {
		return err
	}
	c, err := chosenFiles(r, p)
	if err != nil {
		return ui.refuseFiles(w, r, p, c, err)
	}
	asks := slices.Contains([]string{views.DoMove, views.DoYank, views.DoRemove}, c.Do)
	if asks && r.PostFormValue(views.Confirmed) == "" {
		return ui.drawFileChange(w, r, http.StatusOK, p, c)
	}
	done, err := ui.changeChosen(r, p, &c)
	if correctable(err) != nil {
		return ui.refuseFiles(w, r, p, c, err)
	}
	if err != nil {
		return err
	}
	ui.flash(r, done)
	return ui.redirect(w, r, afterChange(c))
}

// chosenFiles reads which files a form is about, and what was typed.
func chosenFiles(r *http.Request, p registry.PackageDetail) (views.FileChange, error) {
	c := views.FileChange{
		PackageHead: packageHead(p, newest(p).Version, views.PackageFilesURL(p.Owner, p.Name)),
		Do:          r.PostFormValue("do"), Version: formText(r, "version"), Back: formText(r, "back"),
		To: formText(r, "to"), Source: formText(r, "from"), Reason: formText(r, "reason"),
	}
	for _, f := range newestFirst(p) {
		if c.Version != "" && f.Version == c.Version || slices.Contains(r.PostForm["file"], views.FileKey(f)) {
			c.Files = append(c.Files, f)
			c.From = append(c.From, f.Labels...)
		}
	}
	slices.SortFunc(c.From, compareLabels)
	c.From = slices.Compact(c.From)
	c.BackURL = views.PackageFilesURL(p.Owner, p.Name)
	if c.Back == views.ToFilePage && len(c.Files) == 1 {
		f := c.Files[0]
		c.BackURL = views.FileURL(f.Owner, f.Package, f.Version, f.Basename)
	}
	if len(c.Files) == 0 {
		return c, model.Errorf(model.Invalid, "Tick the files first.")
	}
	return c, nil
}

// selection names the chosen files to registry.
func selection(c views.FileChange) registry.Selection {
	var sel registry.Selection
	for _, f := range c.Files {
		sel.Files = append(sel.Files, registry.FileName{Package: f.Package, Version: f.Version, Basename: f.Basename})
	}
	return sel
}

// changeChosen does it and says what was done.
func (ui *Surface) changeChosen(r *http.Request, p registry.PackageDetail, c *views.FileChange) (string, error) {
	ctx, actor, sel, files := r.Context(), ui.actor(r), selection(*c), views.FileCount(len(c.Files))
	switch c.Do {
	case views.DoPutOn, views.DoTakeOff, views.DoLabels:
		return ui.relabel(r, p, *c)
	case views.DoMove:
		return ui.moveFiles(r, p, *c)
	case views.DoYank:
		_, err := ui.Registry.YankFiles(ctx, actor, p.Owner, sel, c.Reason)
		return "Yanked " + files + ".", err
	case views.DoUnyank:
		_, err := ui.Registry.UnyankFiles(ctx, actor, p.Owner, sel)
		return "Took the yank of " + files + " back.", err
	case views.DoRemove:
		_, err := ui.Registry.DeleteFiles(ctx, actor, p.Owner, sel)
		c.Back = "" // its page is gone with it
		return "Removed " + files + ".", err
	case views.DoPatch:
		return ui.patchFile(r, p, sel.Files[0])
	}
	return "", model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
}

// relabel puts the ticked labels on files, takes them off, or sets exactly those.
func (ui *Surface) relabel(r *http.Request, p registry.PackageDetail, c views.FileChange) (string, error) {
	names := slices.Clone(r.PostForm["label"])
	if fresh := formText(r, "new"); fresh != "" {
		names = append(names, fresh)
	}
	if len(names) == 0 && c.Do != views.DoLabels {
		return "", model.Errorf(model.Invalid, "Tick the labels first, or name a new one.")
	}
	change := registry.LabelChange{Add: names, Only: c.Do == views.DoLabels}
	if c.Do == views.DoTakeOff {
		change = registry.LabelChange{Remove: names}
	}
	changed, err := ui.Registry.ChangeLabels(r.Context(), ui.actor(r), p.Owner, selection(c), change)
	word := map[string]string{views.DoPutOn: "Put on: ", views.DoTakeOff: "Taken off: ", views.DoLabels: "Labels now: "}[c.Do]
	return fmt.Sprintf("%s%s. Changed %s.", word, strings.Join(names, ", "), views.FileCount(len(changed))), err
}

// moveFiles puts a label on files and, unless they are copied, takes one off.
func (ui *Surface) moveFiles(r *http.Request, p registry.PackageDetail, c views.FileChange) (string, error) {
	word, change := "Copied", registry.LabelChange{Add: []string{c.To}}
	if r.PostFormValue("op") == "move" {
		word, change.Remove = "Moved", []string{c.Source}
	}
	_, err := ui.Registry.ChangeLabels(r.Context(), ui.actor(r), p.Owner, selection(c), change)
	return fmt.Sprintf("%s %s to %s.", word, views.FileCount(len(c.Files)), model.FoldName(c.To)), err
}

func (ui *Surface) patchFile(r *http.Request, p registry.PackageDetail, name registry.FileName) (string, error) {
	if r.PostFormValue("clear") != "" {
		_, err := ui.Registry.UnpatchFile(r.Context(), ui.actor(r), p.Owner, name)
		return "Cleared the patch of " + name.Basename + ".", err
	}
	_, err := ui.Registry.PatchFile(r.Context(), ui.actor(r), p.Owner, name, []byte(r.PostFormValue("patch")), formText(r, "reason"))
	return "Patched " + name.Basename + ".", err
}

// afterChange is where to go on.
func afterChange(c views.FileChange) string {
	if c.Back == "" {
		return views.PackageFilesURL(c.Package.Owner, c.Package.Name)
	}
	return c.BackURL
}

// drawFileChange asks before files are changed.
func (ui *Surface) drawFileChange(w http.ResponseWriter, r *http.Request, status int, p registry.PackageDetail, c views.FileChange) error {
	labels, err := ui.channelLabels(r, p)
	if err != nil {
		return err
	}
	for _, l := range labels {
		if !l.Locked {
			c.Labels = append(c.Labels, l.Name)
		}
	}
	layout := ui.layout(r, c.Title()+", "+p.Owner)
	layout.Path, layout.Failed = c.Path, status != http.StatusOK
	return ui.draw(w, r, status, views.FileChangePage(layout, c), nil)
}

// refuseFiles draws the page that a form stood on again, with what was typed and
// what is wrong with it.
func (ui *Surface) refuseFiles(w http.ResponseWriter, r *http.Request, p registry.PackageDetail, c views.FileChange, err error) error {
	c.Problems = fileProblems(c.Do, correctable(err))
	switch {
	case c.Back == views.ToFilePage && c.Do != views.DoRemove && len(c.Files) == 1:
		return ui.drawFileForms(w, r, p, c)
	case r.PostFormValue(views.Confirmed) != "" && len(c.Files) > 0:
		return ui.drawFileChange(w, r, http.StatusUnprocessableEntity, p, c)
	}
	return ui.drawFiles(w, r, http.StatusUnprocessableEntity, p, model.MessageOf(err))
}

// fileProblems puts problems beside the fields that they are about.
func fileProblems(do string, problems map[string]string) map[string]string {
	out := map[string]string{}
	for field, problem := range problems {
		switch {
		case field == "label" && do == views.DoMove:
			field = "to"
		case field == "" && do == views.DoPatch:
			field = "patch"
		case field == "":
			field = views.Refused
		}
		out[field] = problem
	}
	return out
}

// channelLabels are the labels of the package's channel, main first.
func (ui *Surface) channelLabels(r *http.Request, p registry.PackageDetail) ([]model.Label, error) {
	labels, err := ui.Registry.Labels(r.Context(), ui.actor(r), p.Owner)
	slices.SortStableFunc(labels, func(a, b model.Label) int { return compareLabels(a.Name, b.Name) })
	return labels, err
}
