package views

import (
	"net/url"
	"strconv"
	"time"

	"vivarium/app/model"
)

// LabelsProps is the page of a channel's labels.
type LabelsProps struct {
	ChannelHead
	Base       string
	NeedsToken bool
	Labels     []model.Label
	// Writes says that the viewer may make, copy and remove labels; Manages, that
	// they may lock them too.
	Writes bool
	// Copy and Remove name the label about which the page asks, or are empty.
	Copy, Remove string
	// Name and To are what was typed; Problems are by field, or about all.
	Name, To string
	Problems map[string]string
	// Done tells what was just done, in answers to htmx.
	Done string
	// Focus is the label to whose actions the focus goes.
	Focus string
	// Others are the viewer's other channels.
	Others []Account
	Now    time.Time
}

// The values of do, which tells the forms of the labels apart.
const (
	DoCreateLabel = "create"
	DoCopyLabel   = "copy"
	DoLockLabel   = "lock"
	DoUnlockLabel = "unlock"
	DoRemoveLabel = "remove"
)

// columns is how many cells a row of the table has.
func (p LabelsProps) columns() string {
	if p.Writes {
		return "6"
	}
	return "5"
}

// asking is the page of the labels with a question about one.
func (p LabelsProps) asking(what, label string) string {
	return withQuery(LabelsURL(p.Account.Login), url.Values{what: {label}})
}

// stays says what becomes of the files of a label that is removed.
func stays(l model.Label) string {
	if l.Files == 0 {
		return "No file carries it. Its address answers an empty channel from then on."
	}
	return plural(l.Files, "file loses it and stays", "files lose it and stay") + ", under other labels or by address alone. The channel of the label is empty from then on."
}

func labelAddressID(l model.Label) string { return "address-" + strconv.FormatInt(l.ID, 10) }

// LabelProps is the page of one label.
type LabelProps struct {
	ChannelHead
	Base       string
	NeedsToken bool
	Label      model.Label
	// Writes says that the viewer may copy and remove the label.
	Writes bool
	Files  []model.File
	Pager  Pager
	Now    time.Time
}
