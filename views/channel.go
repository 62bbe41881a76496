package views

import "vivarium/app/model"

// ChannelHead is what stands above every page of a channel.
type ChannelHead struct {
	Account model.Account
	// Heading of a part, such as Packages; empty on the channel's own page.
	Heading string
	Lead    string
	// Manages says that the viewer administers the channel.
	Manages bool
	// Path of the page, to mark its tab.
	Path string
}

// ChannelProps is a channel's own page.
type ChannelProps struct {
	ChannelHead
	Base string
	// NeedsToken says that programs are asked for a credential here.
	NeedsToken bool
	// Notices are what the channel tells its visitors.
	Notices []model.Notice
	Listing Listing
}

// Tabs are the parts of the channel.
func (h ChannelHead) Tabs() []NavItem {
	login := h.Account.Login
	items := []NavItem{
		{Name: "View All", URL: AccountURL(login)},
		{Name: "Packages", URL: PackagesURL(login)},
		{Name: "Notebooks", URL: NotebooksURL(login)},
		{Name: "Environments", URL: EnvironmentsURL(login)},
		{Name: "Labels", URL: LabelsURL(login)},
		{Name: "Collections", URL: CollectionsURL(login)},
	}
	if h.Manages && h.Account.IsOrganization() {
		items = append(items, NavItem{Name: "Members", URL: MembersURL(login)}, NavItem{Name: "Groups", URL: GroupsOfURL(login)})
	}
	if h.Manages {
		items = append(items, NavItem{Name: "Access tokens", URL: TokensURL(login)}, NavItem{Name: "Settings", URL: ChannelSettingsURL(login)})
	}
	for i := range items {
		items[i].Current = isCurrent(items[i].URL, h.Path)
	}
	return items
}

// TokenPlaceholder stands in a command where the reader puts an access token.
const TokenPlaceholder = "<TOKEN>"

// channelAddress is the address of a channel, or of a label of it, that a conda
// client is given; with room for a token when it needs one.
func channelAddress(base, login, label string, needsToken bool) string {
	return CondaLabelURL(tokenBase(base, needsToken), login, label)
}

// tokenBase is the server's address with room for a token when it needs one.
func tokenBase(base string, needsToken bool) string {
	if needsToken {
		return base + "/t/" + TokenPlaceholder
	}
	return base
}
