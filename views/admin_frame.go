package views

// adminNav is the menu beside the pages for administrators of the site; path is
// the page it stands on.
func adminNav(path string) []NavItem {
	items := []NavItem{
		{Name: "Audit log", Icon: "history", URL: SiteAuditURL()},
	}
	for i := range items {
		items[i].Current = isCurrent(items[i].URL, path)
	}
	return items
}
