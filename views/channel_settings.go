package views

import "vivarium/app/model"

// ChannelSettingsProps is the settings page of a channel.
type ChannelSettingsProps struct {
	Login    string
	Personal bool
	Door     ChannelDoorForm
	Files    ChannelFilesForm
}

// ChannelDoorForm says who gets into a channel.
type ChannelDoorForm struct {
	Login         string
	Closed        bool
	DefaultAccess model.Access // empty: the site's
	SiteAccess    model.Access
	Saved         bool
	Problem       string
}

// ChannelFilesForm says what may change in a channel.
type ChannelFilesForm struct {
	Login     string
	Immutable bool
	Saved     bool
}

// The values of do, which tells the forms of a channel's settings apart.
const (
	DoDoor  = "door"
	DoFiles = "files"
)

// newAccessChoice is one radio button of the access of new packages.
type newAccessChoice struct{ value, name, text string }

func (f ChannelDoorForm) choices() []newAccessChoice {
	list := []newAccessChoice{{"", "As the site says", "Now " + AccessWord(f.SiteAccess)}}
	for _, a := range accessChoices {
		list = append(list, newAccessChoice{string(a), AccessWord(a), accessHint(a, f.Login)})
	}
	return list
}

// note says what follows from the door.
func (f ChannelDoorForm) note() string {
	if f.Closed {
		return "The channel is closed: programs need a token, people sign in."
	}
	return "The channel is open: anyone gets what is public."
}
