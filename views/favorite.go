package views

// FavoritesProps is what the person starred: all of it, or one kind.
type FavoritesProps struct {
	Tabs []NavItem
	// Listing has no filters of its own: the tabs are.
	Listing Listing
	// Path is this part of the list, to come back to.
	Path string
}
