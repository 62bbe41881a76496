package views

// ProfileProps is the form of what an account tells about itself.
type ProfileProps struct {
	Layout LayoutProps
	Base   string
	// Active is the account the form is about; Personal says that it is the
	// person's own.
	Active   Account
	Personal bool
	Email    string
	// What stands in the form.
	Name, Description, Company, Location, URL string
	Errors                                    map[string]string
	Saved                                     bool
	Photo                                     PhotoForm
	// Self is what a person does with the account itself; nil for organizations.
	Self *SelfProps
}

var profileOrder = []Problem{{"photo", "Photo"}, {"name", "Full name"}, {"company", "Company"}, {"description", "Description"}, {"location", "Location"}, {"url", "URL"}}

func (p ProfileProps) problems() []Problem { return problemsOf(p.Errors, profileOrder) }

func (p ProfileProps) field(id, label, value, complete, kind string) Field {
	return Field{ID: id, Label: label, Value: value, Type: kind, Complete: complete, Optional: true, Error: p.Errors[id]}
}

// settingsName is the accessible name of the menu beside an account's settings.
func settingsName(personal bool, login string) string {
	if personal {
		return "Account settings"
	}
	return "Settings of " + login
}

// settingsNav is the menu beside an account's settings; path is the page it
// stands on. The password is the person's, so an organization has none.
func settingsNav(personal bool, login, path string) []NavItem {
	items, audit := []NavItem{{Name: "Profile", Icon: "user", URL: ProfileURL()}, {Name: "Security", Icon: "shield", URL: SecurityURL()}}, OwnAuditURL()
	if !personal {
		items, audit = []NavItem{{Name: "Profile", Icon: "org", URL: OrganizationSettingsURL(login)}}, AuditURL(login)
	}
	items = append(items, NavItem{Name: "Access tokens", Icon: "key", URL: TokensURL(login)}, NavItem{Name: "Channel", Icon: "settings", URL: ChannelSettingsURL(login)},
		NavItem{Name: "Notices", Icon: "bell", URL: NoticesURL(login)}, NavItem{Name: "Who can see what", Icon: "eye", URL: AskURL(login)},
		NavItem{Name: "Invitations", Icon: "user-plus", URL: InvitationsURL()}, NavItem{Name: "Audit log", Icon: "history", URL: audit})
	for i := range items {
		items[i].Current = isCurrent(items[i].URL, path)
	}
	return items
}
