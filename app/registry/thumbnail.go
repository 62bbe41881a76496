package registry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image/png"

	"vivarium/app/model"
	"vivarium/app/store"
)

// What a thumbnail may be at most. anaconda-client makes them 340 by 210.
const (
	maxThumbnail     = 512 << 10 // bytes
	maxThumbnailSide = 1000      // pixels
)

// setThumbnail gives the package a small picture: a PNG, or nothing.
func setThumbnail(ctx context.Context, tx *store.Store, p *model.Package, image *[]byte) error {
	if image == nil {
		return nil
	}
	p.Thumbnail = ""
	if len(*image) > 0 {
		if err := checkThumbnail(*image); err != nil {
			return err
		}
		sum := sha256.Sum256(*image)
		p.Thumbnail = hex.EncodeToString(sum[:])
	}
	return tx.SetThumbnail(ctx, p.ID, p.Thumbnail, *image)
}

func checkThumbnail(image []byte) error {
	size, err := png.DecodeConfig(bytes.NewReader(image))
	switch {
	case len(image) > maxThumbnail:
		return model.FieldErrorf("thumbnail", "A thumbnail may have at most %d KiB.", maxThumbnail>>10)
	case err != nil:
		return model.FieldErrorf("thumbnail", "A thumbnail must be a PNG picture.")
	case size.Width > maxThumbnailSide || size.Height > maxThumbnailSide:
		return model.FieldErrorf("thumbnail", "A thumbnail may have at most %d pixels on a side.", maxThumbnailSide)
	}
	return nil
}

// Thumbnail returns the small picture of a package, a PNG, or NotFound.
func (r *Registry) Thumbnail(ctx context.Context, actor model.Actor, owner, name string) ([]byte, error) {
	d, err := r.findPackage(ctx, r.Store, actor, owner, name, model.Read)
	if err != nil {
		return nil, err
	}
	return r.Store.Thumbnail(ctx, d.ID)
}
