package views

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// avatarColours are the grounds and petals of drawn pictures.
var avatarColours = [10][2]string{
	{"#bfe3cd", "#1b7448"}, {"#bfe2e0", "#1f6f6b"}, {"#c3dcee", "#2f6690"}, {"#d0d5f2", "#4b58a3"}, {"#ddcff0", "#6d4a9c"},
	{"#f0cfe0", "#93406f"}, {"#f3d3cb", "#9c4a3a"}, {"#f1dfb6", "#8a5a12"}, {"#dde8b9", "#5f7320"}, {"#d3dcd6", "#47584e"},
}

// avatarBox is the square that rosettes are drawn in.
const avatarBox = "0 0 64 64"

// AvatarSVG draws the picture of an account that has no photo: a rosette that
// follows from its login alone.
func AvatarSVG(login string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="` + avatarBox + `">` + rosette(login) + "</svg>\n"
}

// rosette returns the shapes of that picture.
func rosette(login string) string {
	h := sha256.Sum256([]byte(login))
	colours := avatarColours[h[0]%10]
	petals, width, length := 5+int(h[1]%4), float64(5+h[2]%5), float64(19+h[3]%8)
	turn, step := float64(h[4]), 360/float64(5+int(h[1]%4))
	var b strings.Builder
	fmt.Fprintf(&b, `<rect width="64" height="64" fill="%s"/>`, colours[0])
	outer := petal(width, 0.7*width, 0.45*(length-4), 0.9*(length-4), length)
	drawRing(&b, colours[1], ".82", outer, petals, turn, step)
	if h[5]%2 == 0 {
		fmt.Fprintf(&b, `<circle cx="32" cy="32" r="%g" fill="%s"/>`, 4.5+0.5*float64(h[6]%5), colours[0])
	} else {
		inner := float64(8 + h[6]%4)
		drawRing(&b, colours[0], ".85", petal(3, 2, (inner-1)/2, inner-1, inner), petals, turn+step/2, step)
	}
	return b.String()
}

// petal is the outline of one petal that points up from the centre.
func petal(wide, narrow, low, high, tip float64) string {
	return fmt.Sprintf("M32 32C%.4g %.4g %.4g %.4g 32 %.4gC%.4g %.4g %.4g %.4g 32 32Z",
		32-wide, 32-low, 32-narrow, 32-high, 32-tip, 32+narrow, 32-high, 32+wide, 32-low)
}

func drawRing(b *strings.Builder, colour, opacity, outline string, petals int, turn, step float64) {
	fmt.Fprintf(b, `<g fill="%s" fill-opacity="%s">`, colour, opacity)
	for i := range petals {
		fmt.Fprintf(b, `<path d="%s" transform="rotate(%.1f 32 32)"/>`, outline, turn+float64(i)*step)
	}
	b.WriteString("</g>")
}
