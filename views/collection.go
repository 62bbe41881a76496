package views

import (
	"net/url"
	"time"

	"vivarium/app/model"
)

// CollectionsProps is the page of a channel's collections.
type CollectionsProps struct {
	ChannelHead
	Collections []model.Collection
	New         CollectionForm
	Now         time.Time
}

// CollectionForm is what somebody says of a collection.
type CollectionForm struct {
	Name, Description string
	Access            model.Access
	// Problems are by field, or about all.
	Problems map[string]string
}

// CollectionProps is the page of one collection.
type CollectionProps struct {
	ChannelHead
	Collection model.Collection
	Packages   []model.Package // of this page
	Pager      Pager
	Here       string // the address of this page
	// Add is what was typed as the name of a package, Problems what is wrong with it.
	Add      string
	Problems map[string]string
	Settings CollectionForm
	// Deletes says that the page asks whether to delete it.
	Deletes bool
	// Done tells what was just done, in answers to htmx.
	Done string
	Now  time.Time
}

// The values of do, which tells the forms of a collection apart.
const (
	DoCollect          = "add"
	DoLeaveOut         = "remove"
	DoSaveCollection   = "save"
	DoDeleteCollection = "delete"
)

func (p CollectionProps) url() string {
	return CollectionURL(p.Account.Login, p.Collection.Name)
}

func (p CollectionProps) deleteURL() string {
	return withQuery(p.url(), url.Values{"delete": {"1"}})
}

// collectionHint says who sees a collection of that access.
func collectionHint(a model.Access, owner string) string {
	if a == model.Private {
		return "Those who see all packages of " + owner
	}
	return accessLooks[a].Who
}

// firstParagraph is what of a text stands in a list.
func firstParagraph(text string) string {
	if all := paragraphs(text); len(all) > 0 {
		return all[0]
	}
	return ""
}

// kept says what becomes of the packages of a collection that is deleted.
func (p CollectionProps) kept() string {
	if p.Pager.Total == 0 {
		return "It is empty."
	}
	return plural(p.Pager.Total, "package stays where it is.", "packages stay where they are.")
}
