package views

// SearchProps is the page of search results.
type SearchProps struct {
	Query   string
	Listing Listing
}

// Heading of the page; without words to look for it lists everything.
func (p SearchProps) Heading() string {
	if p.Query == "" {
		return "All packages"
	}
	return "Results for “" + p.Query + "”"
}
