package views

import (
	"slices"
	"testing"

	"vivarium/app/model"
)

func TestHomePage(t *testing.T) {
	layout := LayoutProps{Title: "Home", Path: "/", Now: testNow, Home: true}
	p := HomeProps{Layout: layout, Base: "https://pkgs.reef.example", SignUp: SignUpProps{MinPassword: 7}}
	checkGolden(t, "home/empty", HomePage(p))
	p.Packages, p.Files, p.Notebooks, p.Environments = 214, 3906, 1, 0
	p.Recent = []model.Package{testPackage, testHostile}
	p.SignIn = &SignInProps{}
	checkGolden(t, "home/many", HomePage(p))
}

func TestLandscapePage(t *testing.T) {
	p := LandscapeProps{Layout: testLayout("Dashboard"), Base: "https://pkgs.reef.example", Login: "brook", Personal: true}
	checkGolden(t, "landscape/empty", LandscapePage(p))
	p.Packages = Shelf{List: []model.Package{testPackage, testSecret, testHostile}, Total: 17}
	p.Notebooks = Shelf{List: []model.Package{testHostile}, Total: 1}
	p.Favorites = Shelf{List: []model.Package{testPackage, testHostile}, Total: 12}
	hostile := testFile
	hostile.Type, hostile.Uploader, hostile.Package, hostile.Version = model.Notebook, canary, canary, canary
	p.Activity = []model.File{testFile, hostile}
	p.News = NewsProps{List: []model.News{{GroupID: 4, Organization: "reef-lab", Group: "field-tools", Author: "tsato", CreatedAt: testNow}}}
	checkGolden(t, "landscape/many", LandscapePage(p))
	p.Login, p.Personal, p.Packages = "reef-lab", false, Shelf{}
	checkGolden(t, "landscape/organization", LandscapePage(p))
	checkGolden(t, "landscape/news_left", NewsPartial(NewsProps{List: p.News.List, Dismissed: true}))
	checkGolden(t, "landscape/news_many", NewsPanel(NewsProps{List: slices.Repeat(p.News.List, newsLength+2)}))
	checkGolden(t, "landscape/news_none", NewsPartial(NewsProps{Dismissed: true}))
	p.Notebooks = Shelf{}
	checkGolden(t, "landscape/organization_empty", LandscapePage(p))
}
