package photo_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/photo"
	"vivarium/app/model"
)

// paint draws a picture whose left half is red, whose upper right quarter is blue
// and whose rest is white.
func paint(width, height int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{255, 255, 255, 255}
			if x < width/2 {
				c = color.NRGBA{255, 0, 0, 255}
			} else if y < height/2 {
				c = color.NRGBA{0, 0, 255, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIF puts a segment behind the start of a JPEG that says how the camera was
// held, and where.
func withEXIF(jpeg []byte, orientation uint16, order binary.AppendByteOrder) []byte {
	mark := map[bool]string{true: "MM", false: "II"}[order.String() == "BigEndian"]
	tiff := order.AppendUint32(order.AppendUint16([]byte(mark), 42), 8)
	tiff = order.AppendUint16(tiff, 2)
	tiff = append(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x8825), 4), 1), 0, 0, 0, 0)
	tiff = order.AppendUint16(order.AppendUint16(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3), 1), orientation), 0)
	tiff = append(tiff, "\x00\x00\x00\x00Canary Island 28.1N 15.4W"...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(segment)+2))
	return slices.Concat(head, segment, jpeg[2:])
}

// fixSum makes the checksum of a PNG's header right.
func fixSum(png []byte) {
	binary.BigEndian.PutUint32(png[29:], crc32.ChecksumIEEE(png[12:29]))
}

// corners are the colours near the corners of a square: upper left, upper right,
// lower left, lower right.
func corners(t *testing.T, square []byte) string {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(square))
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got != image.Pt(photo.Side, photo.Side) {
		t.Errorf("the square is %v", got)
	}
	near, far := photo.Side/8, photo.Side-photo.Side/8
	var out strings.Builder
	for _, p := range []image.Point{{near, near}, {far, near}, {near, far}, {far, far}} {
		r, g, b, a := img.At(p.X, p.Y).RGBA()
		switch {
		case a == 0:
			out.WriteByte('-')
		case r > 0xe000 && g < 0x2000:
			out.WriteByte('r')
		case b > 0xe000 && g < 0x2000:
			out.WriteByte('b')
		case r > 0xe000 && g > 0xe000:
			out.WriteByte('w')
		default:
			out.WriteByte('?')
		}
	}
	return out.String()
}

func TestSquare(t *testing.T) {
	t.Parallel()
	webp, err := os.ReadFile("testdata/quarters.webp")
	if err != nil {
		t.Fatal(err)
	}
	clear := paint(200, 200)
	for x := range 100 {
		for y := range 200 {
			clear.Set(x, y, color.Transparent)
		}
	}
	tests := []struct {
		name    string
		data    []byte
		kind    string
		corners string
	}{
		{"png", asPNG(t, paint(1000, 1000)), "image/jpeg", "rbrw"},
		{"jpeg", asJPEG(t, paint(1000, 1000)), "image/jpeg", "rbrw"},
		{"webp", webp, "image/jpeg", "rbrw"},
		{"one that can be seen through", asPNG(t, clear), "image/png", "-b-w"},
		{"wide", asPNG(t, paint(1200, 300)), "image/jpeg", "rbrw"},
		{"high", asPNG(t, paint(30, 100)), "image/jpeg", "rbrw"},
		{"a single point", asPNG(t, image.NewGray(image.Rect(0, 0, 1, 1))), "image/jpeg", "????"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			square, err := photo.Square(tt.data)
			if err != nil {
				t.Fatal(err)
			}
			if got := (model.Photo{Image: square}).MediaType(); got != tt.kind {
				t.Errorf("got %s, want %s", got, tt.kind)
			}
			if got := corners(t, square); got != tt.corners {
				t.Errorf("corners: got %s, want %s", got, tt.corners)
			}
		})
	}
}

// TestSquareStandsUpright turns pictures as cameras say, and keeps nothing else of
// what they say.
func TestSquareStandsUpright(t *testing.T) {
	t.Parallel()
	plain := asJPEG(t, paint(400, 400))
	want := []string{"rbrw", "rbrw", "brwr", "wrbr", "rwrb", "rrbw", "rrwb", "wbrr", "bwrr", "rbrw"} // by orientation, as the specification draws them
	for orientation, corner := range want {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			square, err := photo.Square(withEXIF(plain, uint16(orientation), order))
			if err != nil {
				t.Fatal(err)
			}
			if got := corners(t, square); got != corner {
				t.Errorf("orientation %d, %s: got %s, want %s", orientation, order, got, corner)
			}
			if bytes.Contains(square, []byte("Exif")) || bytes.Contains(square, []byte("Canary")) {
				t.Errorf("orientation %d: what the camera said is kept", orientation)
			}
		}
	}
}

func TestSquareRefuses(t *testing.T) {
	t.Parallel()
	var animated bytes.Buffer
	if err := gif.Encode(&animated, paint(10, 10), nil); err != nil {
		t.Fatal(err)
	}
	good, sound := asPNG(t, paint(100, 100)), asJPEG(t, paint(100, 100))
	huge := slices.Clone(good)
	binary.BigEndian.PutUint32(huge[16:], 65535)
	binary.BigEndian.PutUint32(huge[20:], 65535)
	fixSum(huge)
	none := slices.Clone(good)
	binary.BigEndian.PutUint32(none[16:], 0)
	fixSum(none)
	scan := bytes.Index(sound, []byte{0xff, 0xda})
	tests := map[string][]byte{
		"nothing": nil, "text": []byte("a picture"), "gif": animated.Bytes(), "svg": []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"),
		"wave file": []byte("RIFF\x10\x00\x00\x00WAVEfmt "), "only the magic": good[:8], "cut png": good[:len(good)/2], "cut jpeg": sound[:len(sound)/2],
		"too many bytes": append(slices.Clone(good), make([]byte, photo.MaxBytes)...), "too many pixels": huge, "no pixels": none,
		"too many scans": slices.Concat(sound[:scan], bytes.Repeat([]byte{0xff, 0xda, 0, 2}, 200), sound[scan:]),
		"endless exif":   {0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 'E'},
	}
	for name, data := range tests {
		square, err := photo.Square(data)
		if err == nil {
			t.Errorf("%s: got %d bytes", name, len(square))
		} else if fields := model.FieldsOf(err); fields["photo"] == "" {
			t.Errorf("%s: got %v, want an error of the field", name, err)
		}
	}
}

// FuzzSquare asks that whatever is accepted becomes a square, and that nothing ends
// the program.
func FuzzSquare(f *testing.F) {
	webp, err := os.ReadFile("testdata/quarters.webp")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(webp)
	f.Add(asPNG(f, paint(20, 20)))
	f.Add(withEXIF(asJPEG(f, paint(20, 20)), 6, binary.LittleEndian))
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && c.Width*c.Height > 1<<20 {
			t.Skip("large pictures are right, and slow")
		}
		square, err := photo.Square(data)
		if err != nil {
			return
		}
		c, _, err := image.DecodeConfig(bytes.NewReader(square))
		if err != nil || c.Width != photo.Side || c.Height != photo.Side {
			t.Errorf("got %d × %d, %v", c.Width, c.Height, err)
		}
	})
}
