package views

import (
	"testing"

	"vivarium/app/model"
)

func TestCollectionsPage(t *testing.T) {
	t.Parallel()
	p := CollectionsProps{ChannelHead: testChannelHead(), Now: testNow, Collections: []model.Collection{
		{Name: "kit", Access: model.Public, Description: "For <field> work.\n\nAnd more.", ModifiedAt: testNow.AddDate(0, 0, -3)},
		{Name: "own", Access: model.Private, ModifiedAt: testNow},
	}}
	p.Heading, p.Lead, p.Path = "Collections", "Packages of any channel under one name.", "/reef-lab/collections"
	none := p
	none.Collections, none.Manages = nil, true
	none.New = CollectionForm{Name: "a b", Access: model.Private, Problems: map[string]string{"name": "No blanks.", Refused: "Not now."}}
	checkPage(t, "collection/some", CollectionsPage(testLayout("Collections of reef-lab"), p))
	checkPage(t, "collection/none_and_a_form_that_came_back", CollectionsPage(testLayout("Collections of reef-lab"), none))
}

func TestCollectionPage(t *testing.T) {
	t.Parallel()
	p := CollectionProps{
		ChannelHead: testChannelHead(), Now: testNow, Packages: []model.Package{testPackage, testSecret},
		Collection: model.Collection{Name: "kit", Access: model.Authenticated, Description: "For <field> work."},
		Pager:      Pager{From: 1, To: 2, Total: 3, NextURL: "/reef-lab/collections/kit?page=2"}, Here: "/reef-lab/collections/kit",
	}
	checkPage(t, "collection/to_a_visitor", CollectionPage(testLayout("Collection kit of reef-lab"), p))
	p.Manages, p.Settings = true, CollectionForm{Description: "For <field> work.", Access: model.Authenticated}
	checkPage(t, "collection/to_its_owner", CollectionPage(testLayout("Collection kit of reef-lab"), p))
	p.Packages, p.Pager, p.Deletes, p.Add, p.Problems = nil, Pager{}, true, "x/<y>", map[string]string{"package": "There is no such package."}
	checkPage(t, "collection/empty_with_questions", CollectionPage(testLayout("Collection kit of reef-lab"), p))
	checkGolden(t, "collection/partial", CollectionPartial(p))
}
