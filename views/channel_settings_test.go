package views

import (
	"testing"

	"vivarium/app/model"
)

func TestChannelSettingsPage(t *testing.T) {
	t.Parallel()
	p := ChannelSettingsProps{
		Login: "reef-lab",
		Door:  ChannelDoorForm{Login: "reef-lab", SiteAccess: model.Public},
		Files: ChannelFilesForm{Login: "reef-lab", Immutable: true},
	}
	checkPage(t, "channel_settings/page", ChannelSettingsPage(testLayout("Channel settings of reef-lab"), p))
	p.Door.Closed, p.Door.DefaultAccess, p.Door.Saved = true, model.Private, true
	checkGolden(t, "channel_settings/door_saved", ChannelDoorPartial(p.Door))
	p.Door.Saved, p.Door.Problem = false, "Access is public, authenticated or private."
	checkGolden(t, "channel_settings/door_with_a_problem", ChannelDoorPartial(p.Door))
	p.Files.Saved, p.Files.Immutable = true, false
	checkGolden(t, "channel_settings/files_saved", ChannelFilesPartial(p.Files))
}

func TestPackagesToTick(t *testing.T) {
	t.Parallel()
	l := testListing(testPackage, testSecret, testHostile)
	l.Bulk = Bulk{Action: "/reef-lab/packages", Query: "type=conda"}
	checkGolden(t, "package_list/to_tick", ListingPanel(l))
	l.Bulk.Problem = "Choose between 1 and 1000 packages."
	checkGolden(t, "package_list/nothing_ticked", ListingPanel(l))
}
