package static

import (
	_ "embed" // for the drawings below
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

var (
	//go:embed icons.svg
	sprite string
	//go:embed logo.svg
	logo string
)

var symbol = regexp.MustCompile(`<symbol id="([a-z-]+)"[^>]*>(.*)</symbol>`)

// icons are the shapes of every icon by its name.
var icons = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, m := range symbol.FindAllStringSubmatch(sprite, -1) {
		all[m[1]] = strings.ReplaceAll(m[2], " />", "/>")
	}
	return all
})

// Icon returns the shapes of the icon called name as SVG, for a square of 24 whose
// strokes the style sheet draws; empty when there is none.
func Icon(name string) string { return icons()[name] }

// IconNames lists the icons that there are.
func IconNames() []string { return slices.Sorted(maps.Keys(icons())) }

// Favicon returns the logo as an address that holds it, so that no browser asks for
// it.
func Favicon() string {
	return "data:image/svg+xml," + url.PathEscape(strings.NewReplacer("\n", "", "  ", "").Replace(logo))
}
