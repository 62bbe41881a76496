package web

import (
	"fmt"
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// changeLabels does what one of the forms on the page of labels asks.
func (ui *Surface) changeLabels(w http.ResponseWriter, r *http.Request) error {
	head, err := ui.labelsHead(r)
	if err != nil {
		return err
	}
	p := views.LabelsProps{Focus: formText(r, "label")}
	p.Done, err = ui.changeLabel(r, head.Account.Login, &p)
	if problems := correctable(err); problems != nil {
		p.Problems = labelProblems(problems, p.Copy != "")
		return ui.drawLabels(w, r, http.StatusUnprocessableEntity, head, p)
	}
	if err != nil {
		return err
	}
	if wantsPartial(r) {
		return ui.drawLabels(w, r, http.StatusOK, head, views.LabelsProps{Done: p.Done, Focus: p.Focus})
	}
	ui.flash(r, p.Done)
	return ui.redirect(w, r, views.LabelsURL(head.Account.Login))
}

// changeLabel does it and says what was done. It notes in p what comes back when
// it cannot be done.
func (ui *Surface) changeLabel(r *http.Request, channel string, p *views.LabelsProps) (string, error) {
	ctx, actor, label := r.Context(), ui.actor(r), formText(r, "label")
	switch r.PostFormValue("do") {
	case views.DoCreateLabel:
		p.Name, p.Focus = label, ""
		l, err := ui.Registry.CreateLabel(ctx, actor, channel, label)
		return "Created label " + l.Name + ".", err
	case views.DoCopyLabel:
		p.Copy, p.To = label, formText(r, "to")
		n, err := ui.Registry.CopyLabel(ctx, actor, channel, label, p.To)
		return fmt.Sprintf("Copied label %s to %s: %s.", label, model.FoldName(p.To), views.FileCount(n)), err
	case views.DoLockLabel, views.DoUnlockLabel:
		locked := r.PostFormValue("do") == views.DoLockLabel
		_, err := ui.Registry.LockLabel(ctx, actor, channel, label, locked)
		return map[bool]string{true: "Locked label ", false: "Unlocked label "}[locked] + label + ".", err
	case views.DoRemoveLabel:
		p.Focus = ""
		return "Removed label " + label + ".", ui.Registry.DeleteLabel(ctx, actor, channel, label)
	}
	return "", model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
}

// labelProblems puts problems beside the field that they are about: the name of a
// new label, or of the one to copy to.
func labelProblems(problems map[string]string, copying bool) map[string]string {
	out := map[string]string{}
	for field, problem := range problems {
		switch {
		case field == "label" && copying:
			field = "to"
		case field == "":
			field = views.Refused
		}
		out[field] = problem
	}
	return out
}
