package views

import (
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
	checkGolden(t, "landscape/many", LandscapePage(p))
	p.Login, p.Personal, p.Packages = "reef-lab", false, Shelf{}
	checkGolden(t, "landscape/organization", LandscapePage(p))
	p.Notebooks = Shelf{}
	checkGolden(t, "landscape/organization_empty", LandscapePage(p))
}
