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
	head, err := ui.labelsHead(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	if name := query.Get(queryLabel); name != "" {
		return ui.showLabel(w, r, head, name)
	}
	return ui.drawLabels(w, r, http.StatusOK, head, views.LabelsProps{Copy: query.Get("copy"), Remove: query.Get("remove"), Focus: query.Get("kept")})
}

func (ui *Surface) labelsHead(r *http.Request) (views.ChannelHead, error) {
	return ui.channelHead(r, "Labels", "A label is a channel of its own. Files on main are what people get who name no label.", views.LabelsURL)
}

// drawLabels draws the labels as they are, with what p says of forms and
// questions.
func (ui *Surface) drawLabels(w http.ResponseWriter, r *http.Request, status int, head views.ChannelHead, p views.LabelsProps) error {
	labels, err := ui.Registry.Labels(r.Context(), ui.actor(r), head.Account.Login)
	if err != nil {
		return err
	}
	slices.SortStableFunc(labels, func(a, b model.Label) int { return compareLabels(a.Name, b.Name) })
	writes, err := ui.Registry.MayPublish(r.Context(), ui.actor(r), head.Account.Login)
	if err != nil {
		return err
	}
	layout := ui.layout(r, "Labels of "+head.Account.Login)
	layout.Failed = len(p.Problems) > 0
	p.ChannelHead, p.Base, p.NeedsToken = head, baseURL(r), ui.channelClosed(head.Account)
	p.Labels, p.Writes, p.Others, p.Now = labels, writes, otherChannels(layout.Viewer, head.Account.Login), layout.Now
	return ui.draw(w, r, status, views.LabelsPage(layout, p), views.LabelsPartial(p))
}

// showLabel draws the files that carry a label.
func (ui *Surface) showLabel(w http.ResponseWriter, r *http.Request, head views.ChannelHead, name string) error {
	label, files, err := ui.Registry.LabelFiles(r.Context(), ui.actor(r), head.Account.Login, name)
	if err != nil {
		return err
	}
	writes, err := ui.Registry.MayPublish(r.Context(), ui.actor(r), head.Account.Login)
	if err != nil {
		return err
	}
	q := readFiles(r, head.Path)
	props := views.LabelProps{
		ChannelHead: head, Base: baseURL(r), NeedsToken: ui.channelClosed(head.Account), Label: label, Writes: writes,
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
