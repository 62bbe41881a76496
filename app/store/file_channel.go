package store

import (
	"context"
	"database/sql"
	"errors"

	"vivarium/app/model"
)

// ChannelView chooses what of a channel is looked at: what carries a label and is
// in sight. Yanked files are in no view.
type ChannelView struct {
	AccountID int64
	Label     string
	Sight     Sight
}

// CondaSubdirs lists the subdirs in which the view has conda files, sorted.
func (s *Store) CondaSubdirs(ctx context.Context, v ChannelView) ([]string, error) {
	var list []string
	// A step from each subdir to the next costs the same however many files there
	// are in one.
	for last := ""; ; last = list[len(list)-1] {
		var next string
		err := s.read.NewSelect().TableExpr("files AS file").ColumnExpr("file.subdir").
			Join("JOIN packages AS package ON package.id = file.package_id").
			Where("file.account_id = ? AND file.subdir > ? AND file.type = ? AND file.yanked_at IS NULL", v.AccountID, last, model.Conda).
			Where("?", carries(v.AccountID, v.Label)).Where("?", v.Sight.condition()).
			OrderExpr("file.subdir").Limit(1).Scan(ctx, &next)
		if errors.Is(err, sql.ErrNoRows) {
			return list, nil
		}
		if err != nil {
			return nil, classify(err, "list subdirs")
		}
		list = append(list, next)
	}
}

// SubdirFiles lists at most limit of the view's conda files in a subdir, by
// basename, beginning after the file of a name without the subdir.
func (s *Store) SubdirFiles(ctx context.Context, v ChannelView, subdir, after string, limit int) ([]model.File, error) {
	var list []model.File
	err := s.selectFiles(&list).
		Where("file.account_id = ? AND file.subdir = ? AND file.type = ? AND file.basename > ?", v.AccountID, subdir, model.Conda, subdir+"/"+after).
		Where("file.yanked_at IS NULL").Where("?", carries(v.AccountID, v.Label)).Where("?", v.Sight.condition()).
		OrderExpr("file.basename").Limit(int64(limit)).Scan(ctx)
	return list, classify(err, "list files of %s", subdir)
}

// NewestFiles lists at most limit of the view's files of any type, the newest
// first.
func (s *Store) NewestFiles(ctx context.Context, v ChannelView, limit int) ([]model.File, error) {
	var list []model.File
	err := s.selectFiles(&list).Where("file.account_id = ? AND file.yanked_at IS NULL", v.AccountID).
		Where("?", carries(v.AccountID, v.Label)).Where("?", v.Sight.condition()).
		OrderExpr("file.uploaded_at DESC, file.id DESC").Limit(int64(limit)).Scan(ctx)
	return list, classify(err, "list newest files")
}
