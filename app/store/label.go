package store

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// fileLabel is one label on one file.
type fileLabel struct {
	bun.BaseModel `bun:"table:file_labels"`

	FileID  int64 `bun:"file_id,pk"`
	LabelID int64 `bun:"label_id,pk"`
}

// Label returns the account's label of that name.
func (s *Store) Label(ctx context.Context, accountID int64, name string) (model.Label, error) {
	var l model.Label
	err := s.read.NewSelect().Model(&l).Where("account_id = ? AND name = ?", accountID, name).Scan(ctx)
	return l, classify(err, "label %q", name)
}

// Labels lists the account's labels by name, with the files and packages in
// sight that carry them and which is the newest of those. A label without any
// is there for those alone who own the account: its name may be a secret too.
func (s *Store) Labels(ctx context.Context, accountID int64, sight Sight) ([]model.Label, error) {
	var list []model.Label
	err := s.read.NewSelect().Model(&list).ColumnExpr("?TableColumns").
		// Beside max, SQLite takes a column that is not grouped from the row of the maximum.
		ColumnExpr("count(file.id) AS files, count(DISTINCT package.id) AS packages, max(file.uploaded_at) AS newest").
		ColumnExpr("coalesce(package.name, '') AS newest_package, coalesce(release.version, '') AS newest_version").
		Join(`LEFT JOIN (file_labels AS fl JOIN files AS file ON file.id = fl.file_id JOIN releases AS release ON release.id = file.release_id
			JOIN packages AS package ON package.id = file.package_id AND ?) ON fl.label_id = label.id`, sight.condition()).
		Where("label.account_id = ?", accountID).
		Group("label.id").Having("count(package.id) > 0 OR ?", slices.Contains(sight.Owns, accountID)).
		Order("label.name").Scan(ctx)
	return list, classify(err, "list labels")
}

// EnsureLabel returns the account's label of that name and makes it if need be.
func (s *Store) EnsureLabel(ctx context.Context, accountID int64, name string, at time.Time) (l model.Label, err error) {
	err = s.InTx(ctx, func(tx *Store) error {
		if l, err = tx.Label(ctx, accountID, name); model.CodeOf(err) != model.NotFound {
			return err
		}
		l = model.Label{AccountID: accountID, Name: name, CreatedAt: at}
		_, err := tx.write.NewInsert().Model(&l).Returning("id").Exec(ctx)
		return classify(err, "label %q", name)
	})
	return l, err
}

// AddFileLabel puts a label on a file, which may carry it already.
func (s *Store) AddFileLabel(ctx context.Context, fileID, labelID int64) error {
	_, err := s.write.NewInsert().Model(&fileLabel{FileID: fileID, LabelID: labelID}).On("CONFLICT DO NOTHING").Exec(ctx)
	return classify(err, "label file %d", fileID)
}

// RemoveFileLabel takes a label off a file.
func (s *Store) RemoveFileLabel(ctx context.Context, fileID, labelID int64) error {
	res, err := s.write.NewDelete().Model(&fileLabel{FileID: fileID, LabelID: labelID}).WherePK().Exec(ctx)
	return changed(res, err, "label of file %d", fileID)
}

// LabelFiles lists the account's files in sight that carry a label, by basename.
func (s *Store) LabelFiles(ctx context.Context, accountID int64, label string, sight Sight) ([]model.File, error) {
	var list []model.File
	err := s.selectFiles(&list).
		Join("JOIN file_labels AS carried ON carried.file_id = file.id").
		Join("JOIN labels AS label ON label.id = carried.label_id AND label.account_id = ? AND label.name = ?", accountID, label).
		Where("?", sight.condition()).
		OrderExpr("file.basename, file.id").Scan(ctx)
	return list, classify(err, "list files of label %q", label)
}
