package views

import (
	"strings"
	"time"

	"vivarium/app/model"
)

// Listing is a filtered, sorted and paged list of packages with its filters: the
// part of a page that changes when one of them is clicked.
type Listing struct {
	// Name of the region, such as Packages.
	Name string
	// One and Many are the nouns that are counted.
	One, Many string
	Packages  []model.Package
	// ShowOwner writes the account before what is said about each package.
	ShowOwner bool
	Filters   []Filter
	// Chips are the filters in force; ClearURL is the list without them.
	Chips    []Chip
	ClearURL string
	Sort     Sort
	// FeedURL is an RSS feed of what is new in it; empty: none.
	FeedURL string
	// Find searches within the list; no Label: it has no search of its own.
	Find  Find
	Pager Pager
	// Empty stands in place of the list when nothing is there at all.
	Empty EmptyList
	// Bulk is for who may change all of the list's packages.
	Bulk Bulk
	Now  time.Time
}

// EmptyList is the placeholder of a list with the command or link that fills it.
type EmptyList struct {
	Empty
	Command []string
	Link    NavItem // no URL: none
}

// Filter is a group of choices beside a list.
type Filter struct {
	Name    string
	Choices []Choice
}

// Choice is one value of a filter, as a link.
type Choice struct {
	Name, URL string
	Current   bool
}

// Chip is a filter in force; its link takes it off.
type Chip struct{ Name, Value, URL string }

// Sort is the form that orders a list. Keep is what else stands in the query.
type Sort struct {
	Action  string
	Keep    []Hidden
	Options []Option
}

// Find is the form that looks for words in a list.
type Find struct {
	Label, Action, Words string
	Keep                 []Hidden
}

// Hidden is a form value that is sent along unseen.
type Hidden struct{ Name, Value string }

// Option is one entry of a select.
type Option struct {
	Value, Name string
	Selected    bool
}

// Pager says which part of a list is shown. An empty URL is an end of it.
type Pager struct {
	From, To, Total  int
	PrevURL, NextURL string
	// Turned says that the page was just turned: the focus goes to its top.
	Turned bool
}

// Text is the sentence that is read out after a change: 9 packages.
func (l Listing) Text() string { return plural(l.Pager.Total, l.One, l.Many) }

// FilterText names the filters in force, for a list that they emptied.
func (l Listing) FilterText() string {
	var parts []string
	if l.Find.Words != "" {
		parts = append(parts, "“"+l.Find.Words+"” in the name or summary")
	}
	for _, c := range l.Chips {
		parts = append(parts, strings.ToLower(c.Name)+" "+c.Value)
	}
	return strings.Join(parts, " and ")
}

func (l Listing) noun() string { return pick(l.Pager.Total, l.One, l.Many) }

// facts are the words under a package's summary.
func (l Listing) facts(p model.Package) []string {
	var words []string
	for _, w := range []string{l.place(p), p.License} {
		if w != "" {
			words = append(words, w)
		}
	}
	return words
}

// place says whose package it is, where that is not plain, and for what
// platforms.
func (l Listing) place(p model.Package) string {
	platforms := strings.Join(p.Platforms, ", ")
	switch {
	case !l.ShowOwner:
		return platforms
	case platforms == "":
		return p.Owner
	}
	return p.Owner + " · " + platforms
}

// emptyClass leaves room below what stands above the place.
func emptyClass(l Listing) string {
	if l.bare() {
		return "panel"
	}
	return "panel mt"
}

// bare reports whether there is nothing to filter.
func (l Listing) bare() bool { return l.Pager.Total == 0 && !l.narrowed() }

// narrowed reports whether a filter, or words of the list's own search, are in
// force.
func (l Listing) narrowed() bool { return len(l.Chips) > 0 || l.Find.Words != "" }
