package store

import (
	"context"

	"github.com/uptrace/bun"
)

// thumbnail is the small picture of a package.
type thumbnail struct {
	bun.BaseModel `bun:"table:thumbnails"`

	PackageID int64  `bun:"package_id,pk"`
	SHA256    string `bun:"sha256"`
	Image     []byte `bun:"image"`
}

// SetThumbnail gives a package a small picture, or takes it away when image is
// empty.
func (s *Store) SetThumbnail(ctx context.Context, packageID int64, sha256 string, image []byte) error {
	if len(image) == 0 {
		_, err := s.write.NewDelete().Model((*thumbnail)(nil)).Where("package_id = ?", packageID).Exec(ctx)
		return classify(err, "thumbnail of package %d", packageID)
	}
	_, err := s.write.NewInsert().Model(&thumbnail{PackageID: packageID, SHA256: sha256, Image: image}).
		On("CONFLICT (package_id) DO UPDATE").Set("sha256 = excluded.sha256, image = excluded.image").Exec(ctx)
	return classify(err, "thumbnail of package %d", packageID)
}

// Thumbnail returns a package's small picture, or NotFound.
func (s *Store) Thumbnail(ctx context.Context, packageID int64) (image []byte, err error) {
	var t thumbnail
	err = s.read.NewSelect().Model(&t).Where("package_id = ?", packageID).Scan(ctx)
	return t.Image, classify(err, "thumbnail of package %d", packageID)
}
