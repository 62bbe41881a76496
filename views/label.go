package views

import (
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
	// Others are the viewer's other channels.
	Others []Account
	Now    time.Time
}

func labelAddressID(l model.Label) string { return "address-" + strconv.FormatInt(l.ID, 10) }

// LabelProps is the page of one label.
type LabelProps struct {
	ChannelHead
	Base       string
	NeedsToken bool
	Label      model.Label
	Files      []model.File
	Pager      Pager
	Now        time.Time
}
