package views

// GuideURL is the page that leads to the others of the guide.
func GuideURL() string { return "/docs" }

// guidePages are the pages of the guide; here is the address of the one that is
// drawn.
func guidePages(here string) []NavItem {
	items := []NavItem{{Name: "Overview", URL: GuideURL()}, {Name: "Clients", URL: ClientsURL()}, {Name: "API reference", URL: APIReferenceURL()}}
	for i := range items {
		items[i].Current = items[i].URL == here
	}
	return items
}
