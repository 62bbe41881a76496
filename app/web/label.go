package web

import (
	"net/http"
	"slices"

	"vivarium/app/model"
	"vivarium/views"
)

// showLabels draws the labels of a channel, or what carries one of them when the
// address names it.
func (ui *Surface) showLabels(w http.ResponseWriter, r *http.Request) error {
	head, err := ui.channelHead(r, "Labels", "A label is a channel of its own. Files on main are what people get who name no label.", views.LabelsURL)
	if err != nil {
		return err
	}
	if name := r.URL.Query().Get(queryLabel); name != "" {
		return ui.showLabel(w, r, head, name)
	}
	labels, err := ui.Registry.Labels(r.Context(), ui.actor(r), head.Account.Login)
	if err != nil {
		return err
	}
	slices.SortStableFunc(labels, func(a, b model.Label) int { return compareLabels(a.Name, b.Name) })
	layout := ui.layout(r, "Labels of "+head.Account.Login)
	props := views.LabelsProps{
		ChannelHead: head, Base: baseURL(r), NeedsToken: ui.channelClosed(head.Account),
		Labels: labels, Others: otherChannels(layout.Viewer, head.Account.Login), Now: layout.Now,
	}
	return ui.draw(w, r, http.StatusOK, views.LabelsPage(layout, props), nil)
}

// showLabel draws the files that carry a label.
func (ui *Surface) showLabel(w http.ResponseWriter, r *http.Request, head views.ChannelHead, name string) error {
	label, files, err := ui.Registry.LabelFiles(r.Context(), ui.actor(r), head.Account.Login, name)
	if err != nil {
		return err
	}
	q := readFiles(r, head.Path)
	props := views.LabelProps{
		ChannelHead: head, Base: baseURL(r), NeedsToken: ui.channelClosed(head.Account), Label: label,
		Files: files[min(q.offset(), len(files)):min(q.offset()+pageSize, len(files))],
		Pager: q.pager(len(files)), Now: ui.Registry.Clock.Now(),
	}
	props.Heading = label.Name
	return ui.draw(w, r, http.StatusOK, views.LabelPage(ui.layout(r, "Label "+label.Name+" of "+head.Account.Login), props), views.LabelFilesPanel(props))
}

// otherChannels are the accounts of the viewer but one.
func otherChannels(v *views.Viewer, login string) []views.Account {
	if v == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Accounts), func(a views.Account) bool { return a.Login == login })
}
