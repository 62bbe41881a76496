package static

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// Every symbol of the sprite is drawn in the same way, which is what the style sheet
// says of icons, and may stand in a page twice.
func TestIcons(t *testing.T) {
	t.Parallel()
	const symbols = 70
	if got := strings.Count(sprite, "<symbol "); got != symbols || len(icons()) != symbols {
		t.Fatalf("the sprite has %d symbols, %d were found, want %d", got, len(icons()), symbols)
	}
	const way = `viewBox="0 0 24 24" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">`
	if got := strings.Count(sprite, way); got != symbols {
		t.Errorf("%d symbols are drawn with %s, want all %d", got, way, symbols)
	}
	const rule = "fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round;"
	if !bytes.Contains(styles, []byte(rule)) {
		t.Errorf("the style sheet does not say %q of icons", rule)
	}
	for name, shapes := range icons() {
		if err := xml.Unmarshal([]byte("<svg>"+shapes+"</svg>"), new(struct{})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if shapes == "" || strings.Contains(shapes, "id=") || strings.Contains(shapes, "style") {
			t.Errorf("%s is %q", name, shapes)
		}
	}
	if Icon("nothing") != "" {
		t.Error("an icon that there is not is drawn")
	}
}

func TestFaviconIsTheLogo(t *testing.T) {
	t.Parallel()
	packed, ok := strings.CutPrefix(Favicon(), "data:image/svg+xml,")
	got, err := url.PathUnescape(packed)
	if want := strings.Join(regexp.MustCompile(`\n *`).Split(logo, -1), ""); !ok || err != nil || got != want {
		t.Errorf("got %s (%v), want %s in it", Favicon(), err, want)
	}
	if strings.ContainsAny(packed, "\"#<> \n") {
		t.Errorf("%s does not hold as an address", packed)
	}
}

// The one script is htmx as it was published, and ours behind it.
func TestScriptIsBoth(t *testing.T) {
	t.Parallel()
	w := get(t, URL("vivarium.js"), nil)
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(body, htmx) || !bytes.HasSuffix(body, ours) {
		t.Error("the script is not htmx and ours")
	}
	if mark := "'" + Icon("check") + "'"; !bytes.Contains(ours, []byte(mark)) {
		t.Errorf("our script does not draw the icon check as %s", mark)
	}
}
