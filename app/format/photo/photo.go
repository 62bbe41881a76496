// Package photo makes a small square of a picture that somebody sent, with nothing
// in it but pixels: no place, no camera, no comment. It reads PNG, JPEG and WebP,
// which are what cameras and browsers make; golang.org/x/image is used for WebP and
// for scaling, which the standard library cannot do.
package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"vivarium/app/model"
)

// What a picture may have at most, and what is made of it.
const (
	MaxBytes  = 5 << 20
	MaxPixels = 16 << 20
	maxScans  = 100 // of a progressive JPEG; cameras make about ten
	Side      = 512 // pixels of the square
	quality   = 85  // of a JPEG
)

// decoder reads one kind of picture.
type decoder struct {
	magic  string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var decoders = []decoder{
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
	{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
	{"RIFF", webp.DecodeConfig, webp.Decode},
}

// Square returns the middle of a picture, upright, Side pixels wide and high: as a
// PNG when it can be seen through, else as a JPEG. It fails with Invalid on what is
// no picture, and before decoding on one that is too large.
func Square(data []byte) ([]byte, error) {
	d, err := examine(data)
	if err != nil {
		return nil, err
	}
	img, err := d.decode(bytes.NewReader(data))
	if err != nil {
		return nil, unreadable()
	}
	return encode(turn(shrink(img), orientation(data)))
}

// examine finds the decoder for data and looks at the size before it is decoded.
func examine(data []byte) (d decoder, err error) {
	if len(data) > MaxBytes {
		return d, model.FieldErrorf("photo", "A photo may have at most %d MB.", MaxBytes>>20)
	}
	for _, d = range decoders {
		if !bytes.HasPrefix(data, []byte(d.magic)) {
			continue
		}
		c, err := d.config(bytes.NewReader(data))
		switch {
		case err != nil || c.Width <= 0 || c.Height <= 0:
			return d, unreadable()
		case c.Width > MaxPixels/c.Height:
			return d, model.FieldErrorf("photo", "A photo may have at most %d million pixels.", MaxPixels>>20)
		case bytes.Count(data, []byte{0xff, markerScan}) > maxScans && d.magic == decoders[1].magic:
			return d, unreadable()
		}
		return d, nil
	}
	return d, unreadable()
}

func unreadable() error {
	return model.FieldErrorf("photo", "This file cannot be read as a picture. Choose a PNG, JPEG or WebP file.")
}

// shrink scales the largest square in the middle of img.
func shrink(img image.Image) *image.NRGBA {
	b := img.Bounds()
	side := min(b.Dx(), b.Dy())
	corner := b.Min.Add(image.Pt((b.Dx()-side)/2, (b.Dy()-side)/2))
	out := image.NewNRGBA(image.Rect(0, 0, Side, Side))
	draw.CatmullRom.Scale(out, out.Bounds(), img, image.Rectangle{Min: corner, Max: corner.Add(image.Pt(side, side))}, draw.Src, nil)
	return out
}

func encode(img *image.NRGBA) ([]byte, error) {
	var out bytes.Buffer
	if !img.Opaque() {
		err := png.Encode(&out, img)
		return out.Bytes(), err
	}
	err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}
