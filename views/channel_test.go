package views

import (
	"strings"
	"testing"
)

func testChannelHead() ChannelHead {
	return ChannelHead{Account: testLab, Path: "/reef-lab"}
}

func TestChannelPage(t *testing.T) {
	t.Parallel()
	open := ChannelProps{ChannelHead: testChannelHead(), Base: "https://pkgs.reef.example", Listing: testListing(testPackage)}
	closed := open
	closed.NeedsToken, closed.Manages, closed.Listing = true, true, testListing()
	visitor := testLayout("reef-lab")
	visitor.Viewer = nil
	checkPage(t, "channel/open_to_a_visitor", ChannelPage(visitor, open))
	checkPage(t, "channel/closed_and_empty_to_its_owner", ChannelPage(testLayout("reef-lab"), closed))
}

func TestChannelListPage(t *testing.T) {
	t.Parallel()
	h := testChannelHead()
	h.Heading, h.Lead, h.Path = "Notebooks", "Notebooks that this channel shares.", "/reef-lab/notebooks"
	checkPage(t, "channel/notebooks", ChannelListPage(testLayout("Notebooks of reef-lab"), h, testListing()))
}

func TestChannelAddress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		label string
		token bool
		want  string
	}{
		{"", false, "http://h/conda/labs"},
		{"main", false, "http://h/conda/labs"},
		{"dev", false, "http://h/conda/labs/label/dev"},
		{"main", true, "http://h/t/<TOKEN>/conda/labs"},
		{"rc/1", true, "http://h/t/<TOKEN>/conda/labs/label/rc/1"},
	}
	for _, test := range tests {
		if got := channelAddress("http://h", "labs", test.label, test.token); got != test.want {
			t.Errorf("label %q, token %t: got %q, want %q", test.label, test.token, got, test.want)
		}
	}
}

func TestChannelEscapesWhatItsOwnerWrites(t *testing.T) {
	t.Parallel()
	p := ChannelProps{ChannelHead: testChannelHead(), Listing: testListing()}
	p.Account.Name, p.Account.Description = canary, canary
	if got := drawn(t, ChannelPage(testLayout("x"), p)); strings.Contains(got, "<script>") {
		t.Errorf("a field got out of its place:\n%s", got)
	}
}
