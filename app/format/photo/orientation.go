package photo

import (
	"bytes"
	"encoding/binary"
	"image"
)

// Markers of a JPEG.
const (
	markerStart = 0xd8
	markerScan  = 0xda
	markerEXIF  = 0xe1
)

// orientationTag says in EXIF how the camera was held.
const orientationTag = 0x0112

// orientation is how a picture must be turned to stand upright, 1 to 8 as EXIF
// counts; 1 is as it is.
func orientation(data []byte) int {
	if len(data) < 2 || data[0] != 0xff || data[1] != markerStart {
		return 1
	}
	for rest := data[2:]; len(rest) > 4 && rest[0] == 0xff && rest[1] != markerScan; {
		size := int(binary.BigEndian.Uint16(rest[2:]))
		if size < 2 || size+2 > len(rest) {
			break
		}
		if tiff, ok := bytes.CutPrefix(rest[4:size+2], []byte("Exif\x00\x00")); ok && rest[1] == markerEXIF {
			return tiffOrientation(tiff)
		}
		rest = rest[size+2:]
	}
	return 1
}

// tiffOrientation looks the tag up in the first folder of a TIFF header.
func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	folder := int64(order.Uint32(tiff[4:]))
	if folder+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[folder+2:]
	for range order.Uint16(tiff[folder:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == orientationTag {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
		}
		entries = entries[12:]
	}
	return 1
}

// turn returns a square as it stands upright.
func turn(in *image.NRGBA, how int) *image.NRGBA {
	if how == 1 {
		return in
	}
	last := in.Bounds().Dx() - 1
	out := image.NewNRGBA(in.Bounds())
	for y := range last + 1 {
		for x := range last + 1 {
			fromX, fromY := x, y
			if how > 4 { // the long side lies
				fromX, fromY = y, x
			}
			if how == 2 || how == 3 || how == 7 || how == 8 {
				fromX = last - fromX
			}
			if how == 3 || how == 4 || how == 6 || how == 7 {
				fromY = last - fromY
			}
			out.SetNRGBA(x, y, in.NRGBAAt(fromX, fromY))
		}
	}
	return out
}
